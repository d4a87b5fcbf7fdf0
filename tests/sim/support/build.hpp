#pragma once
/// Scenarios as tests write them: one service, one population, and what the test is about.

#include <chrono>
#include <string>
#include <utility>

#include "scenarios/format/scenario.hpp"

namespace stampede::test {

using namespace std::chrono_literals;

/// One service "api" of one worker and 10 ms, one client "web" of 1/s, a network without delay, 10 s, no faults.
/// Everything is then changed in place: `build.service().workers = 4`.
class Build {
public:
    Build() {
        scenario_.name = "test";
        scenario_.run.duration = 10s;
        scenario_.network.latency = Duration::zero();
        scenario_.services.push_back({"api", {}});
        scenario_.policies.push_back({"stack", {}});
        scenarios::ClientSettings clients;
        clients.load = scenarios::OpenLoad{Rate{1}};
        clients.calls = "api";
        clients.policy = "stack";
        scenario_.clients.push_back({"web", clients});
    }

    [[nodiscard]] scenarios::ServiceSettings& service() { return scenario_.services.front().value; }
    [[nodiscard]] scenarios::ClientSettings& clients() { return scenario_.clients.front().value; }
    [[nodiscard]] StackSettings& stack() { return scenario_.policies.front().value; }
    [[nodiscard]] scenarios::RunSettings& run() { return scenario_.run; }
    [[nodiscard]] scenarios::NetworkSettings& network() { return scenario_.network; }
    [[nodiscard]] scenarios::Scenario& scenario() { return scenario_; }

    Build& lasting(Duration duration, Duration warmup = {}) {
        scenario_.run.duration = duration;
        scenario_.run.warmup = warmup;
        return *this;
    }
    Build& serving(std::uint32_t workers, scenarios::TimeDistribution time) {
        service().workers = workers;
        service().service_time = time;
        return *this;
    }
    Build& open(std::uint32_t count, double per_second, scenarios::Arrivals arrivals = scenarios::Arrivals::poisson) {
        clients().count = count;
        clients().load = scenarios::OpenLoad{Rate{per_second}, arrivals};
        return *this;
    }
    Build& layer(LayerSettings settings) {
        stack().push_back(std::move(settings));
        return *this;
    }
    Build& fault(scenarios::Fault fault) {
        scenario_.faults.push_back(std::move(fault));
        return *this;
    }

private:
    scenarios::Scenario scenario_;
};

[[nodiscard]] inline scenarios::ExponentialTime exponential_time(Duration mean) { return {mean}; }
[[nodiscard]] inline scenarios::ConstantTime constant_time(Duration value) { return {value}; }

[[nodiscard]] inline TimeoutSettings timeout_after(Duration after) {
    TimeoutSettings settings;
    settings.after = after;
    return settings;
}

/// Exponential backoff of 100 ms, doubling, at most 10 s.
[[nodiscard]] inline RetrySettings retries(std::uint32_t max_attempts, Jitter jitter = FullJitter{}) {
    RetrySettings settings;
    settings.max_attempts = max_attempts;
    settings.backoff = ExponentialBackoff{100ms, 2, 10s};
    settings.jitter = jitter;
    return settings;
}

/// A fault of that kind on "api" from `at` on; what else there is to say is said of the result.
template <class F>
[[nodiscard]] F fault_of(Duration at, Duration lasts) {
    F fault;
    fault.at = at;
    fault.lasts = lasts;
    fault.on = "api";
    return fault;
}

[[nodiscard]] inline scenarios::OutageFault outage(Duration at, Duration lasts,
                                                   scenarios::OutageMode mode = scenarios::OutageMode::refuse) {
    auto fault = fault_of<scenarios::OutageFault>(at, lasts);
    fault.mode = mode;
    return fault;
}

[[nodiscard]] inline scenarios::SlowdownFault slowdown(Duration at, Duration lasts, double factor) {
    auto fault = fault_of<scenarios::SlowdownFault>(at, lasts);
    fault.factor = factor;
    return fault;
}

[[nodiscard]] inline scenarios::ErrorFault errors(Duration at, Duration lasts, double rate,
                                                  scenarios::ErrorClass kind = scenarios::ErrorClass::transient) {
    auto fault = fault_of<scenarios::ErrorFault>(at, lasts);
    fault.rate = rate;
    fault.error_class = kind;
    return fault;
}

}  // namespace stampede::test
