/// The hold model of event queues: so many events are pending; the first is taken, and another put in a random delay
/// later, again and again. `bench_hold HOLDS` prints nanoseconds a hold as JSON: the simulator's agenda beside a binary
/// and a 4-ary heap of the same events.
///
/// All delays have the mean of a second, and are drawn beforehand. (Jones, "An empirical comparison of priority-queue
/// and event-set implementations", CACM 29(4), 1986.)

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <queue>
#include <string_view>
#include <vector>

#include "policies/random/stream.hpp"
#include "sim/kernel/agenda.hpp"
#include "sim/kernel/event_heap.hpp"

namespace {

using namespace stampede;
using sim::Event;

struct Later {
    bool operator()(const Event& a, const Event& b) const noexcept { return sim::before(b, a); }
};

/// std::priority_queue by the names of our own heap.
class BinaryHeap {
public:
    [[nodiscard]] const Event& top() const noexcept { return events_.top(); }
    void push(const Event& event) { events_.push(event); }
    void pop() { events_.pop(); }

private:
    std::priority_queue<Event, std::vector<Event>, Later> events_;
};

/// A heap with the agenda's clock.
template <class Heap>
class HeapAgenda {
public:
    void after(Duration delay, Event event) {
        event.at = now_ + delay;
        event.order = order_++;
        heap_.push(event);
    }
    [[nodiscard]] bool next(Instant, Event& event) {
        event = heap_.top();
        now_ = event.at;
        heap_.pop();
        return true;
    }

private:
    Heap heap_;
    Instant now_{};
    std::uint32_t order_ = 0;
};

struct AgendaWithLane : sim::Agenda {
    AgendaWithLane() { add_lane(Duration{1'000'000'000}); }
};

using Delays = std::array<Duration, 1U << 16U>;

struct Distribution {
    const char* name;
    double (*seconds)(Stream&);
};

double exponential(Stream& random) { return -std::log(random.uniform()); }
double uniform(Stream& random) { return 2 * random.uniform(); }
double constant(Stream&) { return 1; }
/// Nine of ten within 10 ms, the tenth about ten seconds later: messages and timeouts.
double bimodal(Stream& random) {
    return random.uniform() < 0.9 ? 0.01 * random.uniform() : 9.91 + 0.09 * random.uniform();
}
/// Of shape 1.5, up to 1000 s; its mean is three times its least.
double pareto(Stream& random) { return std::min(1000.0, std::pow(random.uniform(), -1 / 1.5) / 3); }

constexpr std::array distributions{Distribution{"exponential", exponential}, Distribution{"uniform", uniform},
                                   Distribution{"constant", constant}, Distribution{"bimodal", bimodal},
                                   Distribution{"Pareto", pareto}};

/// Nanoseconds a hold, after as many holds as bring the queue into its steady state.
template <class Queue>
double hold(std::size_t pending, std::size_t holds, const Delays& delays) {
    Queue queue;
    std::size_t draw = 0;
    const auto delay = [&] { return delays[draw++ % delays.size()]; };
    for (std::size_t i = 0; i < pending; ++i) queue.after(delay(), {});
    Event event;
    const auto turn = [&](std::size_t times) {
        for (std::size_t i = 0; i < times && queue.next(Instant::max(), event); ++i) queue.after(delay(), event);
    };
    turn(2 * pending);
    const auto begin = std::chrono::steady_clock::now();
    turn(holds);
    return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - begin).count() /
           static_cast<double>(holds);
}

/// Every queue in turn, three times over: the least of each is what the machine's other work disturbed least.
std::array<double, 3> measure(const Distribution& distribution, std::size_t pending, std::size_t holds) {
    Stream random(mix(1));
    static Delays delays;
    for (Duration& delay : delays) delay = from_seconds(distribution.seconds(random));
    std::array<double, 3> best{1e9, 1e9, 1e9};
    for (int round = 0; round < 3; ++round) {
        best[0] = std::min(best[0], hold<AgendaWithLane>(pending, holds, delays));
        best[1] = std::min(best[1], hold<HeapAgenda<sim::EventHeap>>(pending, holds, delays));
        best[2] = std::min(best[2], hold<HeapAgenda<BinaryHeap>>(pending, holds, delays));
    }
    return best;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string_view text = argc == 2 ? argv[1] : "";
    std::size_t holds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), holds);
    if (error != std::errc{} || end != text.data() + text.size() || holds == 0) {
        std::fprintf(stderr, "usage: %s HOLDS   (of each queue, size and distribution; at least 1)\n", argv[0]);
        return 2;
    }
    const char* separator = "[";
    for (const Distribution& distribution : distributions)
        for (const std::size_t pending : {1'000UL, 10'000UL, 100'000UL, 1'000'000UL}) {
            const auto [agenda, quaternary, binary] = measure(distribution, pending, holds);
            std::printf(
                "%s{\"delays\": \"%s\", \"pending\": %zu, \"agenda_ns\": %.1f, \"heap4_ns\": %.1f, "
                "\"heap2_ns\": %.1f}",
                separator, distribution.name, pending, agenda, quaternary, binary);
            separator = ",\n";
        }
    std::printf("]\n");
    return 0;
}
