/// Common random numbers, and the same seed giving the same run.

#include <algorithm>
#include <catch2/catch.hpp>

#include "sim/replications/archive.hpp"
#include "tests/sim/support/build.hpp"
#include "tests/sim/support/outcomes.hpp"

using namespace stampede;
using namespace stampede::test;
using sim::Result;

namespace {

constexpr std::size_t fault_bin = 100;  ///< 10 s in bins of 100 ms

/// 200 clients and a service at 80 %, swallowed calls from 10 s to 15 s, some network weather.
Build crowd() {
    Build build;
    build.open(200, 1).serving(4, exponential_time(16ms)).lasting(30s);
    build.service().errors.rate = 0.01;
    build.network().latency = 5ms;
    build.network().jitter = 2ms;
    build.network().loss = 0.001;
    return build.fault(outage(10s, 5s, scenarios::OutageMode::blackhole));
}

const std::vector<Jitter> jitters{NoJitter{}, ProportionalJitter{}, FullJitter{}, EqualJitter{}, DecorrelatedJitter{}};

/// The crowd with each jitter in turn.
std::vector<Result> with_each_jitter(std::uint32_t max_attempts) {
    std::vector<scenarios::Scenario> scenarios;
    for (const Jitter& jitter : jitters)
        scenarios.push_back(crowd().layer(retries(max_attempts, jitter)).layer(timeout_after(1s)).scenario());
    return run_each(scenarios, {7});
}

/// The bytes of a result without what differs from machine to machine.
std::string bytes(Result result) {
    result.wall_s = 0;
    result.peak_rss_mib = 0;
    return sim::encode(result);
}

std::vector<double> up_to_the_fault(std::vector<double> bins) {
    bins.resize(fault_bin);
    return bins;
}

}  // namespace

TEST_CASE("without retries the jitter changes nothing at all, to the last event") {
    const auto results = with_each_jitter(1);
    for (const Result& result : results) {
        CHECK(result.fingerprint == results.front().fingerprint);
        CHECK(bytes(result) == bytes(results.front()));
    }
}

TEST_CASE("whatever the jitter, the same requests begin at the same times, before, during and after a fault") {
    const auto results = with_each_jitter(5);
    for (const Result& result : results) {
        CHECK(series(result, "requests") == series(results.front(), "requests"));
        CHECK(get(result, Metric::requests_total) == get(results.front(), Metric::requests_total));
        CHECK(series(result, "arrivals_by_attempt.1") == series(results.front(), "arrivals_by_attempt.1"));
    }
    // The jitter did change the retries, so that was not for want of them.
    CHECK(series(results[0], "arrivals_by_attempt.2") != series(results[2], "arrivals_by_attempt.2"));
}

TEST_CASE("in an open system first attempts are the same up to the fault, also with other policies around them") {
    auto breaker = BreakerSettings{};
    breaker.failure_threshold = 3;
    const std::vector<scenarios::Scenario> scenarios{
        crowd().scenario(), crowd().layer(retries(3)).layer(timeout_after(1s)).scenario(),
        crowd().layer(retries(9)).layer(breaker).layer(timeout_after(700ms)).scenario()};
    const auto results = run_each(scenarios, {3});
    const auto first = up_to_the_fault(series(results.front(), "arrivals_by_attempt.1"));
    for (const Result& result : results) CHECK(up_to_the_fault(series(result, "arrivals_by_attempt.1")) == first);
}

TEST_CASE("one seed gives one run, to the last byte: another seed gives another") {
    const auto scenario = crowd().layer(retries(5)).layer(timeout_after(1s)).scenario();
    const auto results = run_each({scenario}, {11, 11, 12});
    CHECK(bytes(results[0]) == bytes(results[1]));
    CHECK(results[0].fingerprint != results[2].fingerprint);
    CHECK(series(results[0], "arrivals") != series(results[2], "arrivals"));
}

TEST_CASE("many seeds give as many different runs, with different first arrivals") {
    const auto results = run_seeds(crowd().lasting(2s).scenario(), 40);
    std::vector<std::uint64_t> fingerprints;
    for (const Result& result : results) fingerprints.push_back(result.fingerprint);
    std::sort(fingerprints.begin(), fingerprints.end());
    CHECK(std::adjacent_find(fingerprints.begin(), fingerprints.end()) == fingerprints.end());
}
