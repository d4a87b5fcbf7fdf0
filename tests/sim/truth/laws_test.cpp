/// The simulator against more of queueing theory: losses, general service times, shared processors, other orders of
/// service, closed systems, queues in a row.
///
/// Each value is asked to lie in an interval of level 1 - 0.05/20 over the seeds: if the simulator is right, the chance
/// that any of about twenty misses is at most 5 % (Bonferroni), and as the seeds are fixed the test either holds for
/// ever or not at all.

#include <catch2/catch.hpp>
#include <cmath>
#include <iostream>
#include <sstream>

#include "tests/sim/support/build.hpp"
#include "tests/sim/support/outcomes.hpp"
#include "tests/sim/support/statistics.hpp"

using namespace stampede;
using namespace stampede::test;
using namespace stampede::scenarios;
using sim::Result;

namespace laws_test {
namespace {

constexpr double service_s = 0.010;
constexpr std::uint64_t seeds = 10;
constexpr double intervals = 20;

/// One source of Poisson arrivals at so many a second, no network, no policies.
Build queue(std::uint32_t workers, double per_s, const TimeDistribution& time, Duration measured) {
    Build build;
    build.serving(workers, time);
    build.service().queue.limit = 1'000'000;
    build.open(1, per_s);
    build.clients().policy.clear();
    build.run().bin = 1s;
    return build.lasting(measured + 50s, 50s);
}

/// At utilisation `rho` of one worker with a mean of 10 ms.
Build single(double rho, const TimeDistribution& time, Duration measured) {
    return queue(1, rho / service_s, time, measured);
}

template <class Read>
void compare(const std::string& what, const Build& build, double truth, Read&& read) {
    std::vector<double> measured;
    Build copy = build;
    for (const Result& result : run_seeds(copy.scenario(), seeds)) measured.push_back(read(result));
    const Estimate seen = estimate(measured);
    std::ostringstream line;
    line << what << ": theory " << truth << ", measured " << seen.mean << " ± " << seen.half_width(0.95) << " (95 %)";
    INFO(line.str());
    CHECK(seen.covers(truth, 1 - 0.05 / intervals));
    CHECK(seen.half_width(0.95) < 0.1 * truth);  // wider, it would say nothing
    std::cout << line.str() << '\n';
}

double wait(const Result& result) { return get(result, Metric::service_wait_mean); }
double utilisation(const Result& result) { return get(result, Metric::service_utilisation); }
double share_shed(const Result& result) {
    return get(result, Metric::service_shed) / get(result, Metric::service_called);
}

/// Of the times of all successful requests; buckets of the histogram are 0.4 % wide.
double latency_mean(const Result& result) {
    const auto& histogram = result.latencies.front();
    double n = 0;
    double sum = 0;
    for (std::size_t i = 0; i < histogram.counts.size(); ++i) {
        n += static_cast<double>(histogram.counts[i]);
        sum += static_cast<double>(histogram.counts[i]) * histogram.upper_s[i] * 0.998;
    }
    return sum / n;
}

/// Of the times of all successful requests, from the histogram, whose buckets are 0.4 % wide.
double latency_variance(const Result& result) {
    const auto& histogram = result.latencies.front();
    double n = 0;
    double sum = 0;
    double squares = 0;
    for (std::size_t i = 0; i < histogram.counts.size(); ++i) {
        const auto count = static_cast<double>(histogram.counts[i]);
        n += count;
        sum += count * histogram.upper_s[i];
        squares += count * histogram.upper_s[i] * histogram.upper_s[i];
    }
    return squares / n - sum / n * (sum / n);
}

/// Pollaczek and Khinchine: mean wait = rate · E[S²] / (2 (1 - rho)).
double mean_wait(double rho, double second_moment) { return rho / service_s * second_moment / (2 * (1 - rho)); }

/// Probabilities of n = 0 … most in the system of a birth-death process, from the ratios of neighbours.
template <class Ratio>
std::vector<double> stationary(int most, Ratio&& ratio) {
    std::vector<double> p{1};
    double sum = 1;
    for (int n = 1; n <= most; ++n) {
        p.push_back(p.back() * ratio(n));
        sum += p.back();
    }
    for (double& each : p) each /= sum;
    return p;
}

}  // namespace

TEST_CASE("M/M/c/K: the share turned away and the utilisation of two workers with three places to wait") {
    Build build = queue(2, 240, exponential_time(10ms), 500s);
    build.service().queue.limit = 3;
    const auto p = stationary(5, [](int n) { return 2.4 / std::min(n, 2); });
    compare("M/M/2/5, share turned away", build, p.back(), share_shed);
    compare("M/M/2/5, utilisation", build, 1.2 * (1 - p.back()), utilisation);
}

TEST_CASE("Erlang's loss formula does not ask how service times are distributed") {
    const auto p = stationary(10, [](int n) { return 8.0 / n; });
    Build exponential = queue(10, 800, exponential_time(10ms), 150s);
    exponential.service().queue.limit = 0;
    compare("M/M/10/10, share lost", exponential, p.back(), share_shed);
    Build constant = queue(10, 800, constant_time(10ms), 150s);
    constant.service().queue.limit = 0;
    compare("M/D/10/10, share lost", constant, p.back(), share_shed);
}

TEST_CASE("M/G/1 waits as Pollaczek and Khinchine say: constant, lognormal and Pareto service times") {
    constexpr double rho = 0.6;
    compare("M/D/1, mean wait", single(rho, constant_time(10ms), 500s), mean_wait(rho, service_s * service_s), wait);

    // sigma 0.5: the mean is median · exp(sigma²/2), E[S²] = mean² · exp(sigma²).
    const double sigma = 0.5;
    const double median = service_s * std::exp(-sigma * sigma / 2);
    const LognormalTime lognormal{from_seconds(median), from_seconds(median * std::exp(sigma * 2.3263478740408408))};
    compare("M/lognormal/1, mean wait", single(rho, lognormal, 800s),
            mean_wait(rho, service_s * service_s * std::exp(sigma * sigma)), wait);

    // alpha 4.5: mean = min · alpha / (alpha - 1), E[S²] = min² · alpha / (alpha - 2).
    const double alpha = 4.5;
    const double min = service_s * (alpha - 1) / alpha;
    const ParetoTime pareto{from_seconds(min), alpha};
    compare("M/Pareto/1, mean wait", single(rho, pareto, 800s), mean_wait(rho, min * min * alpha / (alpha - 2)), wait);
}

TEST_CASE("M/G/1 processor sharing: the mean number there does not depend on the distribution") {
    constexpr double rho = 0.7;
    const auto shared = [&](const TimeDistribution& time, ProcessorModel model = ProcessorModel::virtual_time) {
        Build build = single(rho, time, 600s);
        build.service().workers = 1'000;
        build.service().processor = ProcessorSettings{1, model};
        return build;
    };
    // By Little's law the mean sojourn is as insensitive: E[S] / (1 - rho) (L. Kleinrock, Queueing Systems II, 4.4).
    const auto present = [](const Result& result) { return 1'000 * utilisation(result); };
    const double truth = rho / (1 - rho);
    compare("M/D/1-PS, mean number", shared(constant_time(10ms)), truth, present);
    compare("M/M/1-PS, mean number", shared(exponential_time(10ms)), truth, present);
    compare("M/bimodal/1-PS, mean number", shared(BimodalTime{5ms, 55ms, 0.1}), truth, present);
    compare("M/D/1-PS by SimGrid, mean number", shared(constant_time(10ms), ProcessorModel::simgrid), truth, present);
    compare("M/bimodal/1-PS by SimGrid, mean number", shared(BimodalTime{5ms, 55ms, 0.1}, ProcessorModel::simgrid),
            truth, present);
}

TEST_CASE("flows on a shared link are processor sharing: a transfer takes its time alone over 1 - rho") {
    constexpr double rho = 0.6;
    Build build = queue(1'000, rho / service_s, constant_time(1us), 300s);
    build.network().request_size = {10'000};
    build.network().bandwidth = Bandwidth{1'000'000};  // 10 ms alone
    build.network().shared = true;
    compare("M/D/1-PS on a link, mean transfer", build, service_s / (1 - rho), latency_mean);
}

TEST_CASE("M/M/1 last come first served: the mean is that of first come first served, the variance is larger") {
    constexpr double rho = 0.5;
    const Build fifo = single(rho, exponential_time(10ms), 1000s);
    Build lifo = fifo;
    lifo.service().queue.discipline = LifoDiscipline{};
    compare("M/M/1 LIFO, mean wait", lifo, rho / (1 - rho) * service_s, wait);
    // E[W²] of last come first served is that of first come first served over 1 - rho, and W and S are independent.
    const double mean = rho / (1 - rho) * service_s;
    const double second = 2 * rho * std::pow(service_s / (1 - rho), 2);
    const double service_variance = service_s * service_s;
    compare("M/M/1 FIFO, variance of sojourn", fifo, second - mean * mean + service_variance, latency_variance);
    compare("M/M/1 LIFO, variance of sojourn", lifo, second / (1 - rho) - mean * mean + service_variance,
            latency_variance);
}

TEST_CASE("machine repair: a closed system of eight machines and one repairman") {
    Build build = queue(1, 1, exponential_time(10ms), 600s);
    build.clients().count = 8;
    build.clients().load = ClosedLoad{1, ExponentialTime{100ms}};
    const auto p = stationary(8, [](int n) { return (9 - n) * 0.1; });
    compare("M/M/1//8, utilisation", build, 1 - p.front(), utilisation);
}

TEST_CASE("Burke: what leaves an M/M/1 queue is Poisson, so the next queue waits as if it were the first") {
    constexpr double rho = 0.7;
    Build build = single(rho, exponential_time(10ms), 1200s);
    OutgoingCall call;
    call.to = "second";
    build.service().calls = {call};
    build.service().holds_worker = false;
    build.scenario().services.push_back({"second", build.service()});
    build.scenario().services.back().value.calls.clear();
    const auto second = [](const Result& result) { return get(result, Metric::service_wait_mean, "services.second"); };
    compare("M/M/1 behind M/M/1, mean wait", build, rho / (1 - rho) * service_s, second);
}

}  // namespace laws_test
