#pragma once
/// Scenarios of every kind, drawn.

#include <variant>

#include "policies/random/distributions.hpp"
#include "tests/sim/support/build.hpp"
#include "tests/sim/support/random_faults.hpp"

namespace stampede::test {

/// Draws scenarios, small ones, in which everything that there is occurs now and then.
class RandomScenario {
public:
    explicit RandomScenario(std::uint64_t number) : stream_(Stream::of(number, 0, 0)) {}

    [[nodiscard]] scenarios::Scenario draw() {
        Build build;
        build.lasting(ms(5'000, 20'000), chance(0.5) ? ms(0, 4'000) : 0ms);
        build.serving(below(20) + 1, time());
        build.service().queue.limit = below(200);
        if (chance(0.3)) build.service().errors = {stream_.uniform() / 2, error_class(), {}};
        build.network().latency = chance(0.2) ? 0ms : ms(1, 50);
        if (chance(0.3)) build.network().jitter = build.network().latency / 2;
        if (chance(0.3)) build.network().loss = stream_.uniform() / 5;
        clients(build);
        reaches(build);
        layers(build);
        stresses(build);
        RandomFaults faults(stream_, 0s, build.run().duration);
        for (std::uint32_t i = below(5); i > 0; --i) build.fault(faults.draw());
        if (chance(0.2)) build.fault(reconnect(ms(0, 15'000), ms(1, 8'000)));
        if (chance(0.1)) build.fault(surge(ms(0, 15'000), ms(1, 8'000)));
        if (!build.service().endpoints.empty()) build.fault(of_endpoint(ms(0, 4'000), ms(1, 900)));
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
        if (chance(0.2))
            service.processor = scenarios::ProcessorSettings{
                1.0 * (below(8) + 1),
                chance(0.5) ? scenarios::ProcessorModel::simgrid : scenarios::ProcessorModel::virtual_time};
        if (chance(0.2)) service.queue.discipline = scenarios::PriorityDiscipline{2, chance(0.5)};
        if (chance(0.2)) service.queue.when_full = scenarios::WhenFull::drop;
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
            constexpr scenarios::Arrivals kinds[] = {scenarios::Arrivals::poisson, scenarios::Arrivals::regular,
                                                     scenarios::Arrivals::aligned};
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

    /// What lies between clients and work: connections, doubles, endpoints, a stand-in, a service behind the service.
    void reaches(Build& build) {
        if (chance(0.2)) build.network().duplication = stream_.uniform();
        if (chance(0.3)) build.clients().connections = connections();
        if (chance(0.3)) build.service().endpoints = {{"one", {}}, {"other", {2.0, time(), {}}}};
        auto& services = build.scenario().services;
        has_stand_in_ = chance(0.3);
        if (has_stand_in_) {
            services.push_back({"spare", services.front().value});
            services.back().value.endpoints.clear();
            build.clients().alternatives = {"spare"};
        }
        if (chance(0.3)) {
            services.push_back({"db", {}});
            services.back().value.service_time = time();
            scenarios::OutgoingCall call;
            call.to = "db";
            call.probability = stream_.uniform();
            call.propagate_retry = chance(0.5);
            if (chance(0.5)) call.connections = connections();
            build.service().calls.push_back(call);
        }
        if (build.clients().connections && chance(0.5))
            build.service().backlog = scenarios::BacklogSettings{
                below(20), ms(0, 20),
                chance(0.5) ? scenarios::BacklogOverflow::drop : scenarios::BacklogOverflow::refuse};
    }

    scenarios::ConnectionSettings connections() {
        scenarios::ConnectionSettings connections;
        connections.scope = scope();
        connections.max = below(6) + 1;
        if (chance(0.5)) connections.max_waiting = below(20);
        if (chance(0.7)) connections.max_wait = ms(0, 2'000);
        if (chance(0.5)) connections.setup = time();
        if (chance(0.4)) connections.idle_timeout = ms(0, 1'000);
        return connections;
    }

    scenarios::Fault of_endpoint(Duration at, Duration lasts) {
        constexpr auto modes = choices(scenarios::OutageMode{});
        auto fault = outage(at, lasts, modes[below(3)].value);
        fault.on = "api/one";
        return fault;
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
                if (has_stand_in_ && chance(0.5)) fallback.value = FallbackValue::service;
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
    bool has_stand_in_ = false;
};

}  // namespace stampede::test
