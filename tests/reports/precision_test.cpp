#include "reports/precision.hpp"

#include <catch2/catch.hpp>
#include <limits>

using namespace stampede;
using namespace stampede::reports;

namespace {

constexpr double never = std::numeric_limits<double>::infinity();

Precision with(double target, std::vector<double> widths, std::uint64_t most = 1000) {
    Precision precision{target, most, {}};
    for (double width : widths) precision.widths.push_back({"base", Metric::latency_p99, width});
    return precision;
}

}  // namespace

TEST_CASE("the relative half-width is Student's half-width over the mean") {
    // t(2, 97.5 %) = 4.302653, s = 1, n = 3, mean 10
    CHECK(relative_half_width(std::vector{9.0, 10.0, 11.0}) == Approx(4.302653 / std::sqrt(3.0) / 10).epsilon(1e-6));
    CHECK(relative_half_width(std::vector{-9.0, -10.0, -11.0}) == Approx(4.302653 / std::sqrt(3.0) / 10).epsilon(1e-6));
    CHECK(relative_half_width(std::vector<double>(4, 0.0)) == 0);
    CHECK(relative_half_width(std::vector<double>(4, never)) == 0);
    for (const std::vector<double>& sample : {std::vector{1.0, never}, std::vector{-1.0, 1.0}, std::vector{1.0}, {}})
        CHECK(std::isnan(relative_half_width(sample)));
}

TEST_CASE("a goal is reached where every interval is narrow enough") {
    CHECK(with(0.02, {0.01, 0.02}).is_reached());
    CHECK_FALSE(with(0.02, {0.01, 0.021}).is_reached());
    CHECK_FALSE(with(0.02, {0.01, no_value}).is_reached());
    CHECK(with(0.02, {}).is_reached());
}

TEST_CASE("the next look is where the widest interval should be narrow enough") {
    CHECK(next_seed_count(with(0.02, {0.01, 0.025}), 20) == 32);  // 20 · 1.25² = 31.25
    CHECK(next_seed_count(with(0.02, {0.0201}), 20) == 25);
    CHECK(next_seed_count(with(0.02, {0.5}), 20) == 40);
    CHECK(next_seed_count(with(0.02, {0.5, no_value}), 20) == 40);
    CHECK(next_seed_count(with(0.02, {0.5}, 30), 20) == 30);
}

TEST_CASE("the sentence says what was reached, or what the cap has left open") {
    CHECK(precision_sentence(with(0.02, {0.01}), 10) ==
          "10 seeds were enough: the means that were asked for are known to ±2 % or better");
    CHECK(precision_sentence(with(0.02, {0.01, 0.0312}, 40), 40) ==
          "40 seeds did not reach ±2 % (at most 40 were allowed): latency.p99 of base is known to ±3.12 %");
    CHECK(precision_sentence(with(0.02, {0.5, no_value}, 40), 40)
              .ends_with("has no such interval (some seeds say "
                         "never, or it is 0)"));
    CHECK(precision_sentence(with(0.02, {}), 10).starts_with("10 seeds; none"));
}
