#pragma once
/// How long a message takes from one zone to another, and whether it arrives: once, twice or not at all.

#include <array>
#include <vector>

#include "policies/random/stream.hpp"
#include "scenarios/format/scenario.hpp"
#include "sim/network/rules.hpp"
#include "sim/platform/platform.hpp"
#include "sim/services/afflictions.hpp"

namespace stampede::sim {

/// What becomes of a message: so many copies of it arrive, each after its delay. A message that flows shares the
/// bandwidth of the platform's links: the delay comes on top of what its flow takes.
struct Passage {
    std::uint8_t copies = 1;
    bool flows = false;
    std::array<Duration, 2> delays{};
};

/// Whether the network delivers messages twice at any time, by itself or by a fault.
[[nodiscard]] bool may_double(const scenarios::Scenario& scenario);

class Network {
public:
    /// The platform must outlive it.
    Network(const scenarios::Scenario& scenario, const Platform& platform);

    [[nodiscard]] std::uint16_t zones() const noexcept { return zones_; }
    /// All messages take the same time and arrive: nobody needs to ask for more.
    [[nodiscard]] bool is_plain() const noexcept { return plain_; }
    [[nodiscard]] Duration plain_delay() const noexcept { return ways_.front().latency; }
    /// Whether it matters who sends or gets a message, beside their zones.
    [[nodiscard]] bool asks_who() const noexcept { return !rules_.empty(); }
    [[nodiscard]] double request_bytes(std::size_t service) const noexcept { return bytes_[service].request; }
    [[nodiscard]] double response_bytes(std::size_t service) const noexcept { return bytes_[service].response; }

    [[nodiscard]] Passage cross(const Endpoint& from, const Endpoint& to, double bytes, Instant now, Stream& stream) {
        Way& way = ways_[from.zone * std::size_t{zones_} + to.zone];
        if (way.plain && rules_.empty()) return {1, false, {way.latency}};
        return cross_uneven(way, from, to, bytes, now, stream);
    }
    /// Delays that come again and again: of ways on which all messages are alike.
    [[nodiscard]] std::vector<Duration> constant_delays() const;

    /// What faults do, by the number of the episode.
    void set_rule(std::uint32_t number, const NetworkRule& rule) {
        rules_.set(number, rule);
        plain_ = false;
    }
    void remove_rule(std::uint32_t number) {
        rules_.remove(number);
        plain_ = plain_without_rules_ && rules_.empty();
    }

private:
    struct Way {
        Duration latency{};  ///< of a way that flows, beside its flow
        Duration jitter{};
        double loss = 0;
        double duplication = 0;
        double seconds_per_byte = 0;
        bool in_order = false;
        bool shared = false;
        bool plain = false;  ///< nothing but latency
        Instant latest{};    ///< arrival of the latest message
    };
    struct Bytes {
        double request;
        double response;
    };
    [[nodiscard]] Passage cross_uneven(Way& way, const Endpoint& from, const Endpoint& to, double bytes, Instant now,
                                       Stream& stream);
    [[nodiscard]] static Duration delay_on(Way& way, double bytes, Duration added, Instant now, Stream& stream);

    const Platform& platform_;
    std::uint16_t zones_;
    bool plain_ = false;
    bool plain_without_rules_ = false;
    std::vector<Way> ways_;     ///< by pair of zones, ordered by where they begin
    std::vector<Bytes> bytes_;  ///< by service
    Afflictions<NetworkRule> rules_;
};

}  // namespace stampede::sim
