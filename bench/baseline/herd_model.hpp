#pragma once
/// HERD-1, the benchmark's model, with nothing in between: plain records, one switch, no policies, no layers.
/// What a simulator that does the same with real policies is measured against.
///
/// N independent clients each send one request a second (Poisson) to a service of ceil(N/40) workers, exponential
/// service of 20 ms and a bounded queue. From 30 s to 60 s it is down. An attempt times out after 1 s; a request makes
/// at most ten attempts with full jitter between them. Work whose client has given up is done all the same.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "policies/random/stream.hpp"

namespace stampede::bench {

/// How the outage shows: every call is answered at once with an error, or none is answered at all.
enum class Mode : std::uint8_t { error, blackhole };

enum class Kind : std::uint32_t { arrival, send, reach_server, complete, reply_ok, reply_error, timeout };

struct Event {
    double time;  ///< simulated seconds
    Kind kind;
    std::uint32_t request;
    std::uint32_t attempt;
};

struct Later {
    bool operator()(const Event& a, const Event& b) const { return a.time > b.time; }
};

struct Counts {
    std::uint64_t requests = 0, attempts = 0, ok = 0, failed = 0, refused = 0, rejected = 0, timeouts = 0, late = 0;
    std::size_t queue_peak = 0;
    std::array<std::uint64_t, 121> attempts_in_second{};
    std::vector<std::uint64_t> latency_ms = std::vector<std::uint64_t>(120'001);

    [[nodiscard]] std::uint64_t peak_attempts_per_s() const {
        return *std::max_element(attempts_in_second.begin(), attempts_in_second.end());
    }
    /// The millisecond in which that share of the successful requests had their answer.
    [[nodiscard]] std::size_t latency_quantile_ms(double share) const {
        std::uint64_t seen = 0;
        for (std::size_t ms = 0; ms < latency_ms.size(); ++ms) {
            seen += latency_ms[ms];
            if (static_cast<double>(seen) >= static_cast<double>(ok) * share) return ms;
        }
        return latency_ms.size() - 1;
    }
};

/// `Queue` gives events back in the order of their times: `push` takes any time, `push_network` and `push_timeout` only
/// times that are a constant after now; `pop(event, horizon)` answers false where nothing is due up to the horizon. A
/// queue that calls back instead has `run(horizon, handle)`.
template <class Queue>
class Herd {
public:
    Herd(std::uint32_t clients, std::uint64_t seed, Mode mode)
        : workers_((clients + 39) / 40), queue_limit_(std::size_t{10} * workers_), mode_(mode), random_(mix(seed)) {
        requests_.reserve(std::size_t{16} * clients);
        for (std::uint32_t client = 0; client < clients; ++client)
            agenda_.push({exponential(1), Kind::arrival, client, 0});
    }

    const Counts& run() {
        if constexpr (requires(Event event) { agenda_.pop(event, horizon); })
            for (Event event{}; agenda_.pop(event, horizon);) handle(event);
        else
            agenda_.run(horizon, [this](const Event& event) { handle(event); });
        return counts_;
    }

private:
    static constexpr double horizon = 120, outage_begin = 30, outage_end = 60;
    static constexpr double network = 0.005, patience = 1, mean_service = 0.02;
    static constexpr double base_delay = 0.1, longest_delay = 10;
    static constexpr std::uint32_t max_attempts = 10;

    enum class State : std::uint32_t { waiting, in_flight, over };
    /// `references` counts the events that still name this place; it is used again when there are none and it is over.
    struct Request {
        double begun;
        std::uint32_t attempt;
        State state;
        std::uint32_t references;
    };

    double exponential(double mean) { return -mean * std::log(random_.uniform()); }

    void handle(const Event& event) {
        const double now = event.time;
        switch (event.kind) {
            case Kind::arrival:
                return arrive(now, event.request);
            case Kind::send:
                send(now, event.request);
                return release(event.request);
            case Kind::reach_server:
                return reach_server(now, event);
            case Kind::complete:
                return complete(now, event);
            case Kind::reply_ok:
            case Kind::reply_error:
                return reply(now, event);
            case Kind::timeout:
                return timeout(now, event);
        }
    }

    void arrive(double now, std::uint32_t client) {
        agenda_.push({now + exponential(1), Kind::arrival, client, 0});
        ++counts_.requests;
        const std::uint32_t request = take_place();
        requests_[request] = {now, 1, State::waiting, 0};
        send(now, request);
    }

    void send(double now, std::uint32_t request) {
        Request& r = requests_[request];
        r.state = State::in_flight;
        r.references += 2;
        ++counts_.attempts;
        ++counts_.attempts_in_second[static_cast<std::size_t>(now)];
        agenda_.push_network({now + network, Kind::reach_server, request, r.attempt});
        agenda_.push_timeout({now + patience, Kind::timeout, request, r.attempt});
    }

    void reach_server(double now, const Event& event) {
        if (now >= outage_begin && now < outage_end) {
            ++counts_.refused;
            if (mode_ == Mode::blackhole) return release(event.request);
            answer(now, Kind::reply_error, event);
        } else if (busy_ < workers_) {
            ++busy_;
            serve(now, event);
        } else if (queue_.size() < queue_limit_) {
            queue_.push_back(event);
            counts_.queue_peak = std::max(counts_.queue_peak, queue_.size());
        } else {
            ++counts_.rejected;
            answer(now, Kind::reply_error, event);
        }
    }

    void serve(double now, const Event& event) {
        agenda_.push({now + exponential(mean_service), Kind::complete, event.request, event.attempt});
    }

    void answer(double now, Kind kind, const Event& event) {
        agenda_.push_network({now + network, kind, event.request, event.attempt});
    }

    void complete(double now, const Event& event) {
        answer(now, Kind::reply_ok, event);
        if (queue_.empty()) {
            --busy_;
        } else {
            serve(now, queue_.front());
            queue_.pop_front();
        }
    }

    void reply(double now, const Event& event) {
        Request& r = requests_[event.request];
        if (!waits_for(r, event)) {
            ++counts_.late;
        } else if (event.kind == Kind::reply_ok) {
            r.state = State::over;
            ++counts_.ok;
            const auto ms = static_cast<std::size_t>((now - r.begun) * 1000);
            ++counts_.latency_ms[std::min(ms, counts_.latency_ms.size() - 1)];
        } else {
            fail(now, event.request);
        }
        release(event.request);
    }

    void timeout(double now, const Event& event) {
        if (waits_for(requests_[event.request], event)) {
            ++counts_.timeouts;
            fail(now, event.request);
        }
        release(event.request);
    }

    /// Full jitter: U(0, min(longest, base · 2^(attempt - 1))).
    void fail(double now, std::uint32_t request) {
        Request& r = requests_[request];
        if (r.attempt == max_attempts) {
            r.state = State::over;
            ++counts_.failed;
            return;
        }
        const double nominal = std::min(longest_delay, base_delay * static_cast<double>(1U << (r.attempt - 1)));
        ++r.attempt;
        r.state = State::waiting;
        ++r.references;
        agenda_.push({now + nominal * random_.uniform(), Kind::send, request, 0});
    }

    static bool waits_for(const Request& r, const Event& event) {
        return r.state == State::in_flight && r.attempt == event.attempt;
    }

    std::uint32_t take_place() {
        if (free_.empty()) {
            requests_.push_back({});
            return static_cast<std::uint32_t>(requests_.size() - 1);
        }
        const std::uint32_t place = free_.back();
        free_.pop_back();
        return place;
    }

    void release(std::uint32_t request) {
        Request& r = requests_[request];
        if (--r.references == 0 && r.state == State::over) free_.push_back(request);
    }

    std::uint32_t workers_;
    std::size_t queue_limit_;
    Mode mode_;
    Stream random_;
    Queue agenda_;
    std::uint32_t busy_ = 0;
    std::deque<Event> queue_;
    std::vector<Request> requests_;
    std::vector<std::uint32_t> free_;
    Counts counts_;
};

}  // namespace stampede::bench
