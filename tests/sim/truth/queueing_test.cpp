/// The simulator against queueing theory: Poisson arrivals, exponential service, c workers (M/M/c).
///
/// Eighteen closed-form values are compared with 12 seeds each. Each is asked to lie in an interval of level
/// 1 - 0.05/18:
/// if the simulator is right, the chance that any of the eighteen misses is then at most 5 % (Bonferroni), and as the
/// seeds are fixed the test either holds for ever or not at all. How many lie in their plain 95 % intervals is printed.

#include <catch2/catch.hpp>
#include <iostream>
#include <sstream>

#include "tests/sim/support/build.hpp"
#include "tests/sim/support/outcomes.hpp"
#include "tests/sim/support/statistics.hpp"

using namespace stampede;
using namespace stampede::test;

namespace {

constexpr double service_s = 0.010;
constexpr std::uint64_t seeds = 12;
constexpr double intervals = 18;

/// Erlang's C: the share of calls that wait, by the recursion of Erlang's B
/// (L. Kleinrock, Queueing Systems I, 1975, section 3.5).
double share_waiting(int workers, double load) {
    double blocked = 1;
    for (int k = 1; k <= workers; ++k) blocked = load * blocked / (k + load * blocked);
    return blocked / (1 - load / workers * (1 - blocked));
}

double mean_wait_s(int workers, double load) { return share_waiting(workers, load) * service_s / (workers - load); }

/// One source of the whole rate, no network, no policies. The queue starts empty: the warm-up is long beside the time
/// in which it forgets that: for one worker service_s / (1 - sqrt(utilisation))², 16 s at utilisation 0.95, and for
/// more workers less.
Build queue(int workers, double utilisation, Duration measured) {
    Build build;
    build.serving(static_cast<std::uint32_t>(workers), exponential_time(10ms));
    build.service().queue.limit = 1'000'000;
    build.open(1, utilisation * workers / service_s);
    build.clients().policy.clear();
    build.run().bin = 1s;
    return build.lasting(measured + 200s, 200s);
}

struct Tally {
    int asked = 0;
    int in_plain_interval = 0;
};

void compare(const std::string& what, const std::vector<double>& measured, double truth, Tally& tally) {
    const Estimate seen = estimate(measured);
    std::ostringstream line;
    line << what << ": theory " << truth << ", measured " << seen.mean << " ± " << seen.half_width(0.95) << " (95 %)";
    INFO(line.str());
    CHECK(seen.covers(truth, 1 - 0.05 / intervals));
    // An interval so wide that it says nothing would cover anything.
    CHECK(seen.half_width(0.95) < 0.1 * truth);
    ++tally.asked;
    tally.in_plain_interval += seen.covers(truth, 0.95) ? 1 : 0;
    std::cout << line.str() << '\n';
}

void compare_with_theory(int workers, double utilisation, Duration measured, Tally& tally) {
    const double load = utilisation * workers;
    const auto results = run_seeds(queue(workers, utilisation, measured).scenario(), seeds);
    std::ostringstream name;
    name << "M/M/" << workers << " at " << utilisation;
    compare(name.str() + ", mean wait (s)", values(results, Metric::service_wait_mean), mean_wait_s(workers, load),
            tally);
    compare(name.str() + ", share waiting", values(results, Metric::service_waited), share_waiting(workers, load),
            tally);
}

}  // namespace

TEST_CASE("Erlang's C has its published values") {
    // 2 workers at load 1: 1/3; one worker: the utilisation.
    CHECK(share_waiting(2, 1) == Approx(1.0 / 3));
    CHECK(share_waiting(1, 0.7) == Approx(0.7));
    CHECK(mean_wait_s(1, 0.8) == Approx(0.8 / 0.2 * service_s));
}

TEST_CASE("M/M/1, M/M/4 and M/M/16 wait as Erlang's formula says, at utilisation 0.5, 0.8 and 0.95") {
    Tally tally;
    for (const int workers : {1, 4, 16}) {
        // About as many calls for each: a longer run where there are fewer a second.
        const Duration base = 3'200s / workers;
        compare_with_theory(workers, 0.5, base, tally);
        compare_with_theory(workers, 0.8, base, tally);
        compare_with_theory(workers, 0.95, base * 4, tally);
    }
    std::cout << tally.in_plain_interval << " of " << tally.asked << " in their plain 95 % intervals\n";
}
