#pragma once
/// Counts made up by hand, and the metrics that come of them: 100 ms bins, one population, one service.

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <vector>

#include "sim/measure/metrics/sheet.hpp"
#include "tests/sim/support/outcomes.hpp"

namespace stampede::test {

/// Seconds from the start of a run.
[[nodiscard]] inline Instant at(double seconds) { return Instant{} + from_seconds(seconds); }

/// A run of 20 s with a fault from 6 s to 9 s, unless told otherwise. All that is counted starts from zero.
class HandMade {
public:
    HandMade() { settings_.duration = std::chrono::seconds{20}; }

    HandMade& faults(std::vector<sim::FaultWindow> faults) {
        faults_ = std::move(faults);
        return *this;
    }
    HandMade& lasting(Duration duration, Duration warmup = {}) {
        settings_.duration = duration;
        settings_.warmup = warmup;
        return *this;
    }

    [[nodiscard]] std::size_t bins() const { return static_cast<std::size_t>(settings_.duration / settings_.bin); }
    [[nodiscard]] sim::ClientTally& clients() { return clients_; }
    [[nodiscard]] sim::ServiceTally& service() { return service_; }
    [[nodiscard]] sim::BreakerHistory& breakers() { return breakers_; }

    /// Sets what `member` of the clients' bins from `from` to `to` seconds holds.
    HandMade& in_client_bins(std::uint32_t sim::ClientBin::*member, double from, double to, std::uint32_t value) {
        clients_.bins.resize(bins());
        for (std::size_t i = bin(from); i < bin(to); ++i) clients_.bins[i].*member = value;
        return *this;
    }
    HandMade& arrivals(double from, double to, std::uint32_t count, std::uint32_t attempt = 1) {
        service_.bins.resize(bins());
        for (std::size_t i = bin(from); i < bin(to); ++i)
            service_.bins[i].arrivals[sim::attempt_index(attempt)] = count;
        return *this;
    }
    HandMade& queued(double from, double to, std::uint32_t length) {
        service_.bins.resize(bins());
        for (std::size_t i = bin(from); i < bin(to); ++i) service_.bins[i].queued = length;
        return *this;
    }
    HandMade& change(double seconds, std::uint32_t breaker, BreakerState from, BreakerState to,
                     std::uint32_t failures = 0) {
        breakers_.records.push_back({at(seconds), {breaker, from, to, BreakerReason::failure_rate, failures}});
        return *this;
    }

    /// What a family of metrics makes of it.
    template <class View>
    [[nodiscard]] sim::Result result(void (*add)(const View&, sim::Sheet&)) {
        clients_.bins.resize(bins());
        service_.bins.resize(bins());
        const sim::Windows windows = sim::windows_of(settings_, faults_, bins());
        sim::Result result;
        sim::Sheet sheet(result, "");
        if constexpr (std::is_same_v<View, sim::ClientView>)
            add({clients_, service_, breakers_, windows, settings_}, sheet);
        else
            add({service_, windows, settings_}, sheet);
        return result;
    }

private:
    [[nodiscard]] std::size_t bin(double seconds) const {
        return static_cast<std::size_t>(from_seconds(seconds) / settings_.bin);
    }

    scenarios::RunSettings settings_;
    std::vector<sim::FaultWindow> faults_{{"outage", "services.api", at(6), at(9)}};
    sim::ClientTally clients_;
    sim::ServiceTally service_;
    sim::BreakerHistory breakers_;
};

}  // namespace stampede::test
