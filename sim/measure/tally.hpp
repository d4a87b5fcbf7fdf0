#pragma once
/// What is counted while a run goes on; the metrics are worked out from it afterwards.

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "policies/core/observer.hpp"
#include "policies/core/time.hpp"
#include "sim/measure/histogram.hpp"

namespace stampede::sim {

/// Attempts and retries are listed one by one up to this number; the last place holds it and all beyond.
inline constexpr std::size_t listed_attempts = 16;

/// Classes of requests are listed one by one up to this number; the last place holds all beyond.
inline constexpr std::size_t listed_priorities = 8;

template <class T>
using ByAttempt = std::array<T, listed_attempts>;

/// Place of attempt (or retry) number `n`, counted from 1.
[[nodiscard]] constexpr std::size_t attempt_index(std::uint32_t n) noexcept {
    return std::min<std::size_t>(n, listed_attempts) - 1;
}

/// Places of the delay histogram: up to 1 ms, 2 ms, 4 ms, … 2^26 ms (19 hours).
inline constexpr std::size_t delay_places = 27;

using Delays = std::array<std::uint64_t, delay_places>;

template <class T>
void add_to(std::vector<T>& sum, const std::vector<T>& more) {
    sum.resize(std::max(sum.size(), more.size()));
    for (std::size_t i = 0; i < more.size(); ++i) sum[i] += more[i];
}

template <class T, std::size_t n>
void add_to(std::array<T, n>& sum, const std::array<T, n>& more) {
    for (std::size_t i = 0; i < n; ++i) sum[i] += more[i];
}

/// A bin of a population.
struct ClientBin {
    std::uint32_t requests = 0;
    std::uint32_t attempts = 0;
    std::uint32_t succeeded = 0;
    std::uint32_t breakers_open = 0;  ///< at the end of the bin
    std::uint32_t breakers_half_open = 0;

    ClientBin& operator+=(const ClientBin& other) noexcept;
};

/// Counts of a population; of requests begun after the warm-up, where nothing else is said.
struct ClientTally {
    std::array<std::uint64_t, outcome_count> ended{};  ///< requests, by outcome
    std::array<std::uint64_t, listed_priorities> ended_by_priority{};
    std::array<std::uint64_t, listed_priorities> succeeded_by_priority{};
    std::uint64_t requests = 0;
    std::uint64_t running = 0;
    std::uint64_t cancelled = 0;  ///< given up by the service that made them, or for one of the next two reasons
    std::uint64_t lost = 0;       ///< of clients that went away
    std::uint64_t given_up = 0;   ///< by whoever waited behind the client
    std::uint64_t reloads = 0;    ///< requests that are no first ones of their visits
    std::uint64_t visits_ended = 0;
    std::uint64_t visits_succeeded = 0;

    std::array<std::uint64_t, outcome_count> settled{};  ///< attempts, by outcome
    std::uint64_t attempts = 0;
    std::uint64_t attempts_timed_out = 0;
    std::uint64_t attempts_abandoned = 0;
    std::uint64_t attempts_in_flight = 0;
    std::uint64_t late = 0;
    std::uint64_t answered_again = 0;

    Histogram latency;
    std::array<std::uint64_t, listed_attempts + 1> ended_after{};  ///< requests, by number of attempts, 0 first
    ByAttempt<std::uint64_t> tried{};
    ByAttempt<std::uint64_t> answered{};

    std::uint64_t retries = 0;
    std::uint64_t retries_at_cap = 0;
    ByAttempt<std::uint64_t> retries_by_number{};
    ByAttempt<double> delay_by_number{};  ///< seconds, summed
    ByAttempt<Delays> delays{};           ///< of each retry

    std::array<std::uint64_t, outcome_count> refused{};  ///< by layers, by the refusal's outcome
    std::uint64_t fallback_cached = 0;
    std::uint64_t fallback_default = 0;
    std::uint64_t budget_denied = 0;  ///< retries and hedges
    std::uint64_t hedges = 0;
    std::uint64_t hedges_won = 0;

    std::vector<ClientBin> bins;  ///< all requests, those of the warm-up too

    void merge(const ClientTally& other);
};

/// Counts of the pools of connections of a population, or of a call between services; after the warm-up.
struct ConnectionTally {
    std::uint64_t places = 0;  ///< connections that there may be at once
    std::uint64_t asked = 0;   ///< attempts that needed one
    std::uint64_t opened = 0;
    std::uint64_t asked_again = 0;  ///< an instance for one, because it had not answered
    std::uint64_t broken = 0;       ///< by attempts that were given up, or whose answer was a reset or a refusal
    double wait_s = 0;              ///< for one
    double in_use_s = 0;            ///< connections used, from when they were asked for, over time

    void merge(const ConnectionTally& other) noexcept;
};

/// A bin of a service.
struct ServiceBin {
    ByAttempt<std::uint32_t> arrivals{};  ///< attempts sent to it, those lost on the way too, by attempt number
    std::uint32_t queued = 0;             ///< at the end of the bin
    double busy_worker_s = 0;

    [[nodiscard]] std::uint64_t total() const noexcept {
        std::uint64_t sum = 0;
        for (const std::uint32_t count : arrivals) sum += count;
        return sum;
    }
    ServiceBin& operator+=(const ServiceBin& other) noexcept;
};

/// Counts of a service, after the warm-up.
struct ServiceTally {
    std::uint64_t called = 0;  ///< attempts sent to it
    std::uint64_t started = 0;
    std::uint64_t waited = 0;
    double wait_s = 0;
    std::uint64_t shed = 0;
    std::uint64_t crashes = 0;
    double worker_s = 0;  ///< workers that there were, over time
    double served_s = 0;
    double wasted_s = 0;
    double busy_worker_s = 0;
    double queued_s = 0;
    std::uint64_t queue_peak = 0;
    std::uint64_t peak_per_second = 0;  ///< arrivals in the fullest whole second
    double capacity_per_s = 0;
    double workers = 0;  ///< mean

    std::vector<ServiceBin> bins;  ///< the warm-up's too

    void merge(const ServiceTally& other);
};

/// One change of one breaker.
struct BreakerRecord {
    Instant at;
    BreakerTransition transition;
};

}  // namespace stampede::sim
