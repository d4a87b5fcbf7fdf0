#pragma once
/// Faults of every kind, drawn.

#include <vector>

#include "policies/random/stream.hpp"
#include "tests/sim/support/build.hpp"

namespace stampede::test {

/// Draws faults of "api" that begin and end within a stretch of the run.
class RandomFaults {
public:
    RandomFaults(Stream& stream, Duration from, Duration to) : stream_(stream), from_(from), to_(to) {}

    [[nodiscard]] scenarios::Fault draw() {
        switch (stream_.bits() % 10) {
            case 0:
                return errors(at(), lasts(), stream_.uniform(), error_class());
            case 1: {
                auto fault = some<scenarios::LatencyFault>();
                fault.add = scenarios::ExponentialTime{100ms};
                fault.calls = stream_.uniform();
                fault.holds_worker = coin();
                return with_strength(fault);
            }
            case 2: {
                auto fault = some<scenarios::SlowdownFault>();
                fault.factor = 0.5 + 2.5 * stream_.uniform();
                return with_strength(fault);
            }
            case 3: {
                auto fault = some<scenarios::CapacityFault>();
                fault.lost = coin() ? 1 : stream_.uniform();
                return with_strength(fault);
            }
            case 4: {
                auto fault = some<scenarios::CrashFault>();
                fault.keeps_queue = coin();
                return fault;
            }
            case 5:
                return some<scenarios::PauseFault>();
            case 6: {
                auto fault = some<scenarios::FlappingFault>();
                fault.up = 200ms;
                fault.down = 300ms;
                fault.drawn = coin();
                fault.together = coin();
                fault.mode = mode();
                return fault;
            }
            case 7: {
                auto fault = some<scenarios::DeploymentFault>();
                fault.drain = coin() ? 0ms : 100ms;
                fault.restart = (to_ - fault.at) / 32;  // of at most 8 instances
                return fault;
            }
            case 8: {
                auto fault = some<scenarios::OutageFault>();
                fault.every = fault.lasts + 100ms;
                fault.times = 1U + static_cast<std::uint32_t>((to_ - fault.at - fault.lasts) / *fault.every);
                fault.mode = mode();
                return fault;
            }
            default: {
                auto fault = some<scenarios::OutageFault>();
                fault.mode = mode();
                return fault;
            }
        }
    }

private:
    [[nodiscard]] bool coin() { return stream_.uniform() < 0.5; }
    [[nodiscard]] Duration at() {
        return at_ = from_ + from_seconds(stream_.uniform() * to_seconds(to_ - from_) * 0.7);
    }
    [[nodiscard]] Duration lasts() { return 1ms + from_seconds(stream_.uniform() * to_seconds(to_ - at_ - 1ms)); }
    [[nodiscard]] scenarios::OutageMode mode() {
        constexpr auto modes = choices(scenarios::OutageMode{});
        return modes[stream_.bits() % modes.size()].value;
    }
    [[nodiscard]] scenarios::ErrorClass error_class() {
        return coin() ? scenarios::ErrorClass::transient : scenarios::ErrorClass::client_error;
    }
    template <class F>
    [[nodiscard]] F some() {
        const Duration begin = at();
        F fault = fault_of<F>(begin, lasts());
        if (coin()) fault.share = stream_.uniform();
        return fault;
    }
    template <class F>
    [[nodiscard]] F with_strength(F fault) {
        if (coin()) fault.ramp = fault.lasts / 3;
        if (coin()) fault.period = 400ms;
        return fault;
    }

    Stream& stream_;
    Duration from_;
    Duration to_;
    Duration at_{};
};

}  // namespace stampede::test
