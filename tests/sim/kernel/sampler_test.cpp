#include "sim/kernel/sampler.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

using namespace stampede;
using namespace stampede::sim;
using namespace stampede::scenarios;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t draws = 200'000;

std::vector<double> sample(const TimeDistribution& distribution) {
    const Sampler sampler(distribution);
    Stream stream{42};
    std::vector<double> seconds;
    for (std::size_t i = 0; i < draws; ++i) seconds.push_back(to_seconds(sampler.draw(stream)));
    std::sort(seconds.begin(), seconds.end());
    return seconds;
}

double mean(const std::vector<double>& sorted) {
    double sum = 0;
    for (const double x : sorted) sum += x;
    return sum / static_cast<double>(sorted.size());
}

double quantile(const std::vector<double>& sorted, double p) {
    return sorted[static_cast<std::size_t>(p * static_cast<double>(sorted.size()))];
}

/// Half-width of what a quantile of a sample strays by in all but one of 10,000 samples: 3.9 standard errors,
/// sqrt(p (1 - p) / n) / density.
double quantile_error(double p, double density) {
    return 3.9 * std::sqrt(p * (1 - p) / static_cast<double>(draws)) / density;
}

/// The same of a mean.
double mean_error(double deviation) { return 3.9 * deviation / std::sqrt(static_cast<double>(draws)); }

}  // namespace

TEST_CASE("a constant time is that time to the nanosecond, and draws nothing") {
    Stream stream{1};
    for (const Duration value : {0ns, 1ns, 999'999'999ns, 86'400s + 1ns}) {
        const Sampler sampler(ConstantTime{value});
        CHECK(sampler.draw(stream) == value);
        CHECK(mean_of(ConstantTime{value}) == Approx(to_seconds(value)));
    }
    CHECK(stream == Stream{1});
}

TEST_CASE("every other time takes exactly one draw") {
    for (const TimeDistribution& distribution :
         {TimeDistribution{ExponentialTime{1s}}, TimeDistribution{UniformTime{1s, 2s}},
          TimeDistribution{LognormalTime{1s, 2s}}}) {
        Stream stream{7};
        Stream expected{7};
        (void)Sampler(distribution).draw(stream);
        (void)expected.bits();
        CHECK(stream == expected);
    }
}

TEST_CASE("exponential times have their mean, median and 99th percentile") {
    const auto times = sample(ExponentialTime{20ms});
    CHECK(mean_of(ExponentialTime{20ms}) == Approx(0.020));
    CHECK(mean(times) == Approx(0.020).margin(mean_error(0.020)));
    // The density at the p-quantile is (1 - p) / mean.
    CHECK(quantile(times, 0.5) == Approx(0.020 * std::log(2.0)).margin(quantile_error(0.5, 0.5 / 0.020)));
    CHECK(quantile(times, 0.99) == Approx(0.020 * std::log(100.0)).margin(quantile_error(0.99, 0.01 / 0.020)));
}

TEST_CASE("uniform times lie between their ends, with the mean in the middle") {
    const auto times = sample(UniformTime{10ms, 50ms});
    CHECK(times.front() >= 0.010);
    CHECK(times.back() <= 0.050);
    CHECK(mean_of(UniformTime{10ms, 50ms}) == Approx(0.030));
    CHECK(mean(times) == Approx(0.030).margin(mean_error(0.040 / std::sqrt(12.0))));
    CHECK(quantile(times, 0.25) == Approx(0.020).margin(quantile_error(0.25, 1 / 0.040)));
}

TEST_CASE("lognormal times have the median and the 99th percentile that they were given") {
    const LognormalTime time{20ms, 120ms};
    const auto times = sample(time);
    // The density at the p-quantile x is phi(z) / (sigma x).
    const double sigma = std::log(6.0) / 2.3263478740408408;
    const double phi_0 = 0.3989422804014327;
    const double phi_99 = 0.026652142203457715;
    CHECK(quantile(times, 0.5) == Approx(0.020).margin(quantile_error(0.5, phi_0 / (sigma * 0.020))));
    CHECK(quantile(times, 0.99) == Approx(0.120).margin(quantile_error(0.99, phi_99 / (sigma * 0.120))));

    const double expected = 0.020 * std::exp(sigma * sigma / 2);
    CHECK(mean_of(time) == Approx(expected).epsilon(1e-12));
    CHECK(mean(times) == Approx(expected).margin(mean_error(expected * std::sqrt(std::expm1(sigma * sigma)))));
}
