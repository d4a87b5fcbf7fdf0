#pragma once
/// How long a message takes from one zone to another, and whether it arrives.

#include <optional>
#include <vector>

#include "policies/random/stream.hpp"
#include "scenarios/format/scenario.hpp"
#include "sim/platform/platform.hpp"

namespace stampede::sim {

class Network {
public:
    Network(const scenarios::NetworkSettings& settings, const Platform& platform);

    [[nodiscard]] std::uint16_t zones() const noexcept { return zones_; }
    /// All messages take the same time and arrive: nobody needs to ask for more.
    [[nodiscard]] bool is_plain() const noexcept { return plain_; }
    [[nodiscard]] Duration plain_delay() const noexcept { return ways_.front().latency; }
    /// The delay of a message; none where it is lost.
    [[nodiscard]] std::optional<Duration> crossing(std::uint16_t from, std::uint16_t to, Stream& stream) const {
        const Way& way = ways_[from * std::size_t{zones_} + to];
        if (way.plain) return way.latency;
        return uneven_crossing(way, stream);
    }
    /// Delays that come again and again: of ways without jitter.
    [[nodiscard]] std::vector<Duration> constant_delays() const;

private:
    struct Way {
        Duration latency;
        Duration jitter;
        double loss;
        bool plain;  ///< neither jitter nor loss
    };
    [[nodiscard]] static std::optional<Duration> uneven_crossing(const Way& way, Stream& stream);

    std::uint16_t zones_;
    bool plain_;
    std::vector<Way> ways_;  ///< by pair of zones, ordered by where they begin
};

}  // namespace stampede::sim
