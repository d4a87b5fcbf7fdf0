#include "reports/html/thin.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>

using namespace stampede::reports::html;

TEST_CASE("columns are never more than were asked for, and a bin each where there is room") {
    CHECK(bins_a_column(100, 100) == 1);
    CHECK(bins_a_column(101, 100) == 2);
    CHECK(bins_a_column(0, 100) == 1);
    CHECK(rc::check("as many columns as fit", [](std::uint16_t bins) {
        const std::size_t columns = *rc::gen::inRange(1, 500);
        const std::size_t per_column = bins_a_column(bins, columns);
        RC_ASSERT((bins + per_column - 1) / per_column <= columns);
    }));
}

TEST_CASE("thinning keeps the smallest and the largest value of every column, in their order") {
    CHECK(extremes({1, 5, 2, 3, 0, 9}, 3) == std::vector<double>{1, 5, 0, 9});
    CHECK(extremes({5, 1, 2}, 3) == std::vector<double>{5, 1});
    CHECK(extremes({5, 1, 2}, 1) == std::vector<double>{5, 1, 2});
    CHECK(rc::check("no extreme of the whole is lost", [](const std::vector<double>& values) {
        RC_PRE(!values.empty());
        const std::vector<double> points = extremes(values, *rc::gen::inRange<std::size_t>(1, 20));
        RC_ASSERT(*std::max_element(points.begin(), points.end()) == *std::max_element(values.begin(), values.end()));
        RC_ASSERT(*std::min_element(points.begin(), points.end()) == *std::min_element(values.begin(), values.end()));
    }));
}

TEST_CASE("every line has a point for every time, its band a value for every column") {
    CHECK(rc::check("equal lengths", [] {
        const auto values = *rc::gen::container<std::vector<double>>(*rc::gen::inRange(1, 200), rc::gen::just(1.0));
        const std::size_t per_column = *rc::gen::inRange<std::size_t>(1, 20);
        const std::size_t columns = column_times(values.size(), per_column, 0.1).size();
        RC_ASSERT(extremes(values, per_column).size() == point_times(values.size(), per_column, 0.1).size());
        RC_ASSERT(lowest(values, per_column).size() == columns);
        RC_ASSERT(highest(values, per_column).size() == columns);
    }));
}

TEST_CASE("a band reaches from the lowest to the highest of its column") {
    CHECK(lowest({3, 1, 2, 7}, 2) == std::vector<double>{1, 2});
    CHECK(highest({3, 1, 2, 7}, 2) == std::vector<double>{3, 7});
}

TEST_CASE("points stand in the middle of what they are about") {
    CHECK(point_times(2, 1, 1) == std::vector<double>{0.5, 1.5});
    CHECK(point_times(4, 4, 1) == std::vector<double>{1, 3});
}
