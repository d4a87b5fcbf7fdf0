/// Nothing gets lost and nothing is counted twice, whatever the scenario.

#include <array>
#include <catch2/catch.hpp>
#include <sstream>

#include "tests/sim/support/build.hpp"
#include "tests/sim/support/outcomes.hpp"
#include "tests/sim/support/random_scenarios.hpp"

using namespace stampede;
using namespace stampede::test;
using sim::Result;

namespace {

double sum(const Result& result, std::initializer_list<Metric> metrics) {
    double total = 0;
    for (const Metric metric : metrics) total += get(result, metric);
    return total;
}

/// Of all clients, of each caller, of each endpoint.
std::vector<std::string> subjects(const Result& result) {
    std::vector<std::string> subjects;
    for (const auto& value : result.values)
        if (value.metric == Metric::attempts_total) subjects.push_back(value.subject);
    return subjects;
}

void check_conservation(const Result& result) {
    CHECK(get(result, Metric::requests_total) ==
          sum(result, {Metric::requests_succeeded, Metric::requests_failed, Metric::requests_fallback,
                       Metric::requests_refused, Metric::requests_running}) +
              find(result, Metric::requests_lost).value_or(0) + find(result, Metric::requests_given_up).value_or(0));
    for (const std::string& subject : subjects(result)) {
        INFO("of '" << subject << "'");
        const auto of_it = [&](Metric metric) { return find(result, metric, subject).value_or(0); };
        double parts = of_it(Metric::connections_rejected);
        for (const Metric metric : {Metric::attempts_ok, Metric::attempts_refused_outage,
                                    Metric::attempts_rejected_full, Metric::attempts_errors, Metric::attempts_timed_out,
                                    Metric::attempts_abandoned, Metric::attempts_in_flight})
            parts += of_it(metric);
        CHECK(of_it(Metric::attempts_total) == parts);
    }
}

/// Calls of clients go to one of the endpoints each; what they send elsewhere goes to the stand-in.
void check_endpoints(const Result& result) {
    const std::string one = "services.api/one";
    const std::string other = "services.api/other";
    if (!find(result, Metric::requests_total, one)) return;
    const auto both = [&](Metric metric) { return get(result, metric, one) + get(result, metric, other); };
    CHECK(both(Metric::requests_total) == get(result, Metric::requests_total));
    CHECK(both(Metric::requests_running) == get(result, Metric::requests_running));
    if (find(result, Metric::service_called, "services.spare"))
        CHECK(both(Metric::attempts_total) <= get(result, Metric::attempts_total));
    else
        CHECK(both(Metric::attempts_total) == get(result, Metric::attempts_total));
}

/// Given as a share of something else than what it is a part of.
bool may_exceed_one(Metric metric) {
    return metric == Metric::service_offered_load || metric == Metric::service_arriving_load ||
           metric == Metric::recovery_goodput_at_end || metric == Metric::recovery_lowest_goodput;
}

/// Shares are shares, and a service cannot do more than its workers can.
void check_ranges(const Result& result) {
    for (const auto& value : result.values) {
        INFO(info(value.metric).name << " of '" << value.subject << "' = " << value.value);
        // Goodput that is caught up after a fault counts against what was lost: more may come back than was missing.
        if (value.metric != Metric::recovery_lost_goodput) CHECK(value.value >= 0);
        if (info(value.metric).unit == Unit::share && !may_exceed_one(value.metric)) CHECK(value.value <= 1 + 1e-9);
    }
}

}  // namespace

TEST_CASE("every run conserves requests and attempts, and its shares are shares") {
    constexpr std::uint64_t count = 300;
    std::vector<scenarios::Scenario> scenarios;
    for (std::uint64_t i = 0; i < count; ++i) scenarios.push_back(RandomScenario(i).draw());
    const auto results = run_each(scenarios, {1});
    constexpr std::array occur{Metric::connections_opened, Metric::connections_rejected, Metric::connections_broken,
                               Metric::attempts_answered_again, Metric::requests_fallback};
    std::array<std::size_t, occur.size()> seen{};
    std::size_t at_endpoints = 0;
    double retried = 0;
    double refused = 0;
    for (std::size_t i = 0; i < results.size(); ++i) {
        INFO("scenario drawn from " << i);
        check_conservation(results[i]);
        check_endpoints(results[i]);
        check_ranges(results[i]);
        for (std::size_t k = 0; k < occur.size(); ++k)
            seen[k] += find(results[i], occur[k], "").value_or(0) > 0 ? 1U : 0U;
        at_endpoints += find(results[i], Metric::attempts_total, "services.api/one") ? 1U : 0U;
        retried += get_indexed(results[i], Metric::retry_attempts_histogram).size() > 2 ? 1 : 0;
        refused += find(results[i], Metric::breaker_rejected).value_or(0) > 0 ? 1 : 0;
    }
    // The scenarios are worth drawing: in a good part of them there were retries, and breakers that refused.
    CHECK(retried > count / 10);
    CHECK(refused > count / 10);
    for (const std::size_t runs : seen) CHECK(runs > count / 20);
    CHECK(at_endpoints > count / 5);
}

TEST_CASE("an open system without policies sends every request once, and loses none") {
    Build build;
    build.open(100, 2).serving(3, exponential_time(10ms)).lasting(30s);
    build.service().queue.limit = 20;
    build.fault(outage(10s, 5s));
    const Result result = run_once(build.scenario());
    check_conservation(result);
    CHECK(get(result, Metric::requests_total) == get(result, Metric::attempts_total));
    CHECK(get(result, Metric::requests_succeeded) == get(result, Metric::attempts_ok));
    CHECK(get(result, Metric::requests_failed) ==
          get(result, Metric::attempts_refused_outage) + get(result, Metric::attempts_rejected_full));
    CHECK(get(result, Metric::service_shed) >= get(result, Metric::attempts_rejected_full));
    const auto arrivals = series(result, "arrivals");
    double sent = 0;
    for (const double bin : arrivals) sent += bin;
    CHECK(sent == get(result, Metric::attempts_total));
}
