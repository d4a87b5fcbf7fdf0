/// Nothing gets lost and nothing is counted twice, whatever the scenario.

#include <catch2/catch.hpp>
#include <sstream>

#include "policies/random/distributions.hpp"
#include "tests/sim/support/build.hpp"
#include "tests/sim/support/outcomes.hpp"
#include "tests/sim/support/random_faults.hpp"

using namespace stampede;
using namespace stampede::test;
using scenarios::Arrivals;
using sim::Result;

namespace {

/// Draws scenarios, small ones, in which everything that there is occurs now and then.
class Draw {
public:
    explicit Draw(std::uint64_t number) : stream_(Stream::of(number, 0, 0)) {}

    scenarios::Scenario scenario() {
        Build build;
        build.lasting(ms(5'000, 20'000), chance(0.5) ? ms(0, 4'000) : 0ms);
        build.serving(below(20) + 1, time());
        build.service().queue.limit = below(200);
        if (chance(0.3)) build.service().errors = {stream_.uniform() / 2, error_class(), {}};
        build.network().latency = chance(0.2) ? 0ms : ms(1, 50);
        if (chance(0.3)) build.network().jitter = build.network().latency / 2;
        if (chance(0.3)) build.network().loss = stream_.uniform() / 5;
        clients(build);
        layers(build);
        stresses(build);
        RandomFaults faults(stream_, 0s, build.run().duration);
        for (std::uint32_t i = below(5); i > 0; --i) build.fault(faults.draw());
        if (chance(0.2)) build.fault(reconnect(ms(0, 15'000), ms(1, 8'000)));
        if (chance(0.1)) build.fault(surge(ms(0, 15'000), ms(1, 8'000)));
        return build.scenario();
    }

private:
    bool chance(double p) { return stream_.uniform() < p; }
    std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(stream_.bits() % n); }
    Duration ms(std::uint32_t low, std::uint32_t high) { return std::chrono::milliseconds{low + below(high - low)}; }
    scenarios::ErrorClass error_class() {
        return chance(0.5) ? scenarios::ErrorClass::transient : scenarios::ErrorClass::client_error;
    }

    scenarios::TimeDistribution time() {
        switch (below(4)) {
            case 0:
                return scenarios::ConstantTime{ms(1, 100)};
            case 1:
                return scenarios::UniformTime{ms(0, 20), ms(20, 200)};
            case 2:
                return scenarios::LognormalTime{ms(1, 50), ms(50, 400)};
            default:
                return scenarios::ExponentialTime{ms(1, 100)};
        }
    }

    void stresses(Build& build) {
        auto& service = build.service();
        service.instances = below(4) + 1;
        service.cancellable = chance(0.2);
        if (chance(0.2)) service.processor = scenarios::ProcessorSettings{1.0 * (below(8) + 1)};
        if (chance(0.2)) service.cache = scenarios::CacheSettings{stream_.uniform(), 1ms, 500ms, chance(0.5)};
        if (chance(0.2)) service.warm_up = scenarios::WarmUpSettings{1s, 3, chance(0.5)};
        if (chance(0.2)) service.crash = scenarios::CrashSettings{below(50) + 1, 300ms};
        if (chance(0.2)) service.pauses = scenarios::PauseSettings{2s, scenarios::ConstantTime{100ms}};
    }

    void clients(Build& build) {
        if (chance(0.3)) {
            build.clients().count = below(40) + 2;
            build.clients().load = scenarios::ClosedLoad{below(3) + 1, time()};
        } else {
            constexpr Arrivals kinds[] = {Arrivals::poisson, Arrivals::regular, Arrivals::aligned};
            build.open(below(100) + 2, 0.2 + 3 * stream_.uniform(), kinds[below(3)]);
        }
        build.clients().groups = below(2) + 1;
        if (chance(0.2)) bursts(build);
        if (chance(0.2)) build.clients().patience.emplace(time(), stream_.uniform(), time(), below(3), chance(0.5));
    }

    void bursts(Build& build) {
        auto* open = std::get_if<scenarios::OpenLoad>(&build.clients().load);
        if (!open) return;
        if (chance(0.5))
            open->shape.emplace_back(scenarios::SineShape{ms(500, 5'000), stream_.uniform(), ms(0, 1'000)});
        if (chance(0.5)) open->batch = scenarios::GeometricSize{1 + 3 * stream_.uniform()};
        if (chance(0.5))
            open->modulation = scenarios::ModulationSettings{
                {{stream_.uniform(), ms(100, 2'000)}, {3 * stream_.uniform(), ms(100, 2'000)}},
                chance(0.5) ? scenarios::ModulationScope::all : scenarios::ModulationScope::client};
    }

    template <class F>
    F of_clients(Duration at, Duration lasts) {
        F fault = fault_of<F>(at, lasts);
        fault.on = "clients.web";
        fault.share = stream_.uniform();
        return fault;
    }

    scenarios::Fault reconnect(Duration at, Duration lasts) {
        auto fault = of_clients<scenarios::ReconnectFault>(at, lasts);
        if (chance(0.5)) fault.spread = ms(1, 3'000);
        fault.forget = chance(0.5);
        return fault;
    }

    /// Of a closed load it strikes nobody.
    scenarios::Fault surge(Duration at, Duration lasts) {
        auto fault = of_clients<scenarios::SurgeFault>(at, lasts);
        fault.factor = 3 * stream_.uniform();
        return fault;
    }

    Scope scope() {
        constexpr Scope scopes[] = {Scope::client, Scope::group, Scope::all};
        return scopes[below(3)];
    }

    /// Up to six layers in any order: sensible stacks, and others.
    void layers(Build& build) {
        for (std::uint32_t i = below(7); i > 0; --i) build.layer(layer());
    }

    LayerSettings layer() {
        switch (below(7)) {
            case 0: {
                FallbackSettings fallback;
                if (chance(0.5)) fallback.value = FallbackValue::cached;
                fallback.hit_rate = stream_.uniform();
                return fallback;
            }
            case 1: {
                BreakerSettings breaker;
                breaker.scope = scope();
                breaker.failure_threshold = below(10) + 1;
                breaker.open_for = ms(10, 3'000);
                breaker.half_open.calls = below(4) + 1;
                return breaker;
            }
            case 2: {
                BulkheadSettings bulkhead;
                bulkhead.scope = scope();
                bulkhead.max_concurrent = below(5) + 1;
                bulkhead.max_waiting = below(5);
                if (chance(0.5)) bulkhead.max_wait = ms(1, 1'000);
                return bulkhead;
            }
            case 3:
                return retries(below(5) + 1, jitter());
            case 4:
                return HedgeSettings{.after = ms(1, 1'000), .max_hedges = below(3) + 1};
            default:
                return timeout_after(ms(20, 3'000));
        }
    }

    Jitter jitter() {
        switch (below(5)) {
            case 0:
                return NoJitter{};
            case 1:
                return ProportionalJitter{};
            case 2:
                return EqualJitter{};
            case 3:
                return DecorrelatedJitter{};
            default:
                return FullJitter{};
        }
    }

    Stream stream_;
};

double sum(const Result& result, std::initializer_list<Metric> metrics) {
    double total = 0;
    for (const Metric metric : metrics) total += get(result, metric);
    return total;
}

void check_conservation(const Result& result) {
    CHECK(get(result, Metric::requests_total) ==
          sum(result, {Metric::requests_succeeded, Metric::requests_failed, Metric::requests_fallback,
                       Metric::requests_refused, Metric::requests_running}) +
              find(result, Metric::requests_lost).value_or(0) + find(result, Metric::requests_given_up).value_or(0));
    CHECK(get(result, Metric::attempts_total) ==
          sum(result, {Metric::attempts_ok, Metric::attempts_refused_outage, Metric::attempts_rejected_full,
                       Metric::attempts_errors, Metric::attempts_timed_out, Metric::attempts_abandoned,
                       Metric::attempts_in_flight}));
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
    for (std::uint64_t i = 0; i < count; ++i) scenarios.push_back(Draw(i).scenario());
    const auto results = run_each(scenarios, {1});
    double retried = 0;
    double refused = 0;
    for (std::size_t i = 0; i < results.size(); ++i) {
        INFO("scenario drawn from " << i);
        check_conservation(results[i]);
        check_ranges(results[i]);
        retried += get_indexed(results[i], Metric::retry_attempts_histogram).size() > 2 ? 1 : 0;
        refused += find(results[i], Metric::breaker_rejected).value_or(0) > 0 ? 1 : 0;
    }
    // The scenarios are worth drawing: in a good part of them there were retries, and breakers that refused.
    CHECK(retried > count / 10);
    CHECK(refused > count / 10);
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
