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
          TimeDistribution{LognormalTime{1s, 2s}}, TimeDistribution{GammaTime{1s, 0.3}},
          TimeDistribution{ParetoTime{1s, 2}}, TimeDistribution{WeibullTime{1s, 2}},
          TimeDistribution{BimodalTime{1s, 2s, 0.5}}, TimeDistribution{EmpiricalTime{{1s, 2s}}},
          TimeDistribution{MixtureTime{{{1, GammaTime{1s, 3}}, {1, ConstantTime{1s}}}}}}) {
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

TEST_CASE("gamma times have their mean and deviation, also for less than one stage") {
    for (const double shape : {0.5, 1.0, 4.0}) {
        const auto sorted = sample(GammaTime{1s, shape});
        const double deviation = 1 / std::sqrt(shape);
        CHECK(mean(sorted) == Approx(1).margin(mean_error(deviation)));
        double squares = 0;
        for (const double x : sorted) squares += (x - 1) * (x - 1);
        CHECK(std::sqrt(squares / static_cast<double>(draws)) == Approx(deviation).epsilon(0.03));
    }
    // One stage is exponential: the median is ln 2.
    CHECK(quantile(sample(GammaTime{1s, 1}), 0.5) == Approx(std::log(2.0)).margin(quantile_error(0.5, 0.5)));
}

TEST_CASE("Pareto and Weibull times have their quantiles") {
    const auto pareto = sample(ParetoTime{1s, 2.5});
    CHECK(pareto.front() >= 1);
    const double median = std::pow(0.5, -1 / 2.5);
    CHECK(quantile(pareto, 0.5) == Approx(median).margin(quantile_error(0.5, 2.5 * 0.5 / median)));
    CHECK(mean_of(ParetoTime{1s, 2.5}) == Approx(2.5 / 1.5));

    const auto weibull = sample(WeibullTime{1s, 2});
    CHECK(quantile(weibull, 0.5) == Approx(std::sqrt(std::log(2.0))).margin(quantile_error(0.5, 0.8326)));
    CHECK(mean_of(WeibullTime{1s, 2}) == Approx(std::sqrt(std::acos(-1.0)) / 2));
    CHECK(mean(weibull) == Approx(mean_of(WeibullTime{1s, 2})).margin(mean_error(0.463)));
}

TEST_CASE("bimodal, empirical and mixed times come in their shares") {
    const auto share_at_most = [](const std::vector<double>& sorted, double x) {
        return static_cast<double>(std::upper_bound(sorted.begin(), sorted.end(), x) - sorted.begin()) /
               static_cast<double>(sorted.size());
    };
    const auto error = [](double p) { return quantile_error(p, 1); };
    const BimodalTime bimodal{10ms, 1s, 0.2};
    CHECK(share_at_most(sample(bimodal), 0.5) == Approx(0.8).margin(error(0.2)));
    CHECK(mean_of(bimodal) == Approx(0.208));

    const EmpiricalTime empirical{{10ms, 20ms, 20ms, 1s}};
    const auto measured = sample(empirical);
    CHECK(share_at_most(measured, 0.015) == Approx(0.25).margin(error(0.25)));
    CHECK(share_at_most(measured, 0.5) == Approx(0.75).margin(error(0.25)));
    CHECK(mean_of(empirical) == Approx(0.2625));

    const auto counted = sample(EmpiricalTime{{}, {{10ms, 1}, {5s, 0}, {20ms, 2}, {1s, 1}}});
    CHECK(share_at_most(counted, 0.015) == Approx(0.25).margin(error(0.25)));
    CHECK(share_at_most(counted, 0.5) == Approx(0.75).margin(error(0.25)));
    CHECK(counted.back() == 1);

    const MixtureTime mixture{{{3, ConstantTime{10ms}}, {1, ExponentialTime{1s}}}};
    const auto mixed = sample(mixture);
    CHECK(share_at_most(mixed, 0.01) == Approx(0.75 + 0.25 * (1 - std::exp(-0.01))).margin(error(0.25)));
    CHECK(mean_of(mixture) == Approx(0.2575));
}
