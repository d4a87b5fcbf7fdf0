#include "reports/html/scale.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>

using namespace stampede;
using namespace stampede::reports::html;

namespace {

std::vector<std::string> labels(const Scale& scale) {
    std::vector<std::string> all;
    for (const Tick& tick : scale.ticks()) all.push_back(tick.label);
    return all;
}

}  // namespace

TEST_CASE("an axis ends at round numbers around all values") {
    CHECK(labels(Scale::linear(0, 249'000, Unit::per_second)) ==
          std::vector<std::string>{"0", "100k/s", "200k/s", "300k/s"});
    CHECK(labels(Scale::linear(0, 1, Unit::share)) == std::vector<std::string>{"0 %", "50 %", "100 %"});
    CHECK(rc::check("nothing lies beyond the ends", [] {
        const double low = *rc::gen::inRange(0, 1'000'000) / 1000.0;
        const double high = low + *rc::gen::inRange(1, 1'000'000) / 1000.0;
        for (const Scale& scale : {Scale::linear(0, high, Unit::count), Scale::around(low, high, Unit::count)}) {
            RC_ASSERT(scale.low() <= low);
            RC_ASSERT(scale.high() >= high * (1 - 1e-9));
            RC_ASSERT(scale.ticks().size() >= 2);
            RC_ASSERT(scale.ticks().size() <= 9);
        }
    }));
}

TEST_CASE("values that differ little get an axis of their own, not below zero") {
    const Scale scale = Scale::around(14.1, 14.4, Unit::ratio);
    CHECK(scale.low() > 13.5);
    CHECK(scale.high() < 15);
    CHECK(Scale::around(0.01, 1, Unit::seconds).low() == 0);
    CHECK(Scale::around(5, 5, Unit::count).ticks().size() >= 2);
}

TEST_CASE("time is told in seconds, minutes or hours") {
    CHECK(labels(Scale::time(180)) == std::vector<std::string>{"0", "60 s", "120 s", "180 s"});
    CHECK(labels(Scale::time(1200)) == std::vector<std::string>{"0", "5 min", "10 min", "15 min", "20 min"});
    CHECK(Scale::time(86400).ticks().back().label == "20 h");
    CHECK(Scale::time(0).high() > 0);
}

TEST_CASE("each nine of a percentile takes as much room") {
    const Scale scale = Scale::percentiles(1000);
    CHECK(labels(scale) == std::vector<std::string>{"0 %", "90 %", "99 %", "99.9 %"});
    CHECK(scale.place(1) == Approx(0));
    CHECK(scale.place(10) == Approx(1.0 / 3));
    CHECK(scale.place(1000) == Approx(1));
}

TEST_CASE("decades of a logarithmic axis take as much room") {
    const Scale scale = Scale::logarithmic(0.02, 3, Unit::seconds);
    CHECK(labels(scale) == std::vector<std::string>{"10 ms", "100 ms", "1 s", "10 s"});
    CHECK(scale.place(0.1) == Approx(1.0 / 3));
    CHECK(scale.place(0) == 0);
}

TEST_CASE("names stand in the middle of their rows") {
    const Scale scale = Scale::names({"a", "b"});
    CHECK(scale.ticks()[0].place == Approx(0.25));
    CHECK(scale.ticks()[1].place == Approx(0.75));
}
