#include "scenarios/format/scenario.hpp"

#include <catch2/catch.hpp>

#include "policies/random/distributions.hpp"
#include "tests/scenarios/format/support.hpp"

using namespace stampede;
using namespace stampede::scenarios;
using namespace std::chrono_literals;

TEST_CASE("means of distributions") {
    CHECK(mean_of(ConstantTime{20ms}) == Approx(0.02));
    CHECK(mean_of(ExponentialTime{3s}) == Approx(3));
    CHECK(mean_of(UniformTime{1s, 2s}) == Approx(1.5));
}

TEST_CASE("the mean of a lognormal is that of its draws") {
    const LognormalTime time{20ms, 120ms};
    const double sigma = std::log(6) / normal_quantile(0.99);
    Stream stream{1};
    double sum = 0;
    constexpr int draws = 200'000;
    for (int i = 0; i < draws; ++i) sum += lognormal(stream, std::log(0.02), sigma);
    CHECK(mean_of(time) == Approx(sum / draws).epsilon(0.01));
}

TEST_CASE("expected requests add up open and closed populations") {
    const Reading reading = read(example);
    REQUIRE(reading.scenario);
    CHECK(expected_requests(*reading.scenario) == Approx(100 * 0.5 * 60 + 2 * 60 / 1.0));
}
