/// What a run costs, in events and memory rather than seconds. Every allocation of this program is counted.

#include <malloc.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <new>

#include "policies/breaker/breaker.hpp"
#include "sim/simulation.hpp"
#include "tests/sim/support/build.hpp"
#include "tests/sim/support/outcomes.hpp"

namespace {

struct Heap {
    std::size_t allocations = 0;
    std::size_t bytes = 0;
    std::size_t peak = 0;
} heap;

void* counted(void* place) {
    if (place == nullptr) throw std::bad_alloc();
    ++heap.allocations;
    heap.bytes += malloc_usable_size(place);
    heap.peak = std::max(heap.peak, heap.bytes);
    return place;
}

}  // namespace

void* operator new(std::size_t size) { return counted(std::malloc(size)); }
// With a sanitizer's allocator this form does not fall back on the first.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    void* const place = std::malloc(size);
    return place == nullptr ? nullptr : counted(place);
}
void* operator new(std::size_t size, std::align_val_t alignment) {
    const auto line = static_cast<std::size_t>(alignment);
    return counted(std::aligned_alloc(line, (size + line - 1) / line * line));
}
void operator delete(void* place) noexcept {
    heap.bytes -= malloc_usable_size(place);
    std::free(place);
}
void operator delete(void* place, std::size_t) noexcept { operator delete(place); }
void operator delete(void* place, std::align_val_t) noexcept { operator delete(place); }
void operator delete(void* place, std::size_t, std::align_val_t) noexcept { operator delete(place); }

using namespace stampede;
using namespace stampede::test;

namespace {

struct Cost {
    std::ptrdiff_t allocations;  ///< while the run goes on, but for the tracer's
    std::size_t peak;            ///< bytes, what is made before the run with it
};

/// The tracer keeps a record of each request, and of each attempt, of the few agents that it follows.
std::ptrdiff_t followed(const sim::Simulation& simulation) {
    const sim::Trace trace = simulation.recorder().tracer().finish(simulation.end());
    return std::count_if(trace.spans.begin(), trace.spans.end(), [](const auto& span) {
        return span.kind == sim::SpanKind::request || span.kind == sim::SpanKind::attempt;
    });
}

/// In a process of its own: SimGrid allows one engine a process.
Cost cost_of(const scenarios::Scenario& scenario) {
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        heap = {};
        sim::Simulation simulation(scenario, 1);
        const std::size_t before = heap.allocations;
        simulation.run();
        const std::size_t after = heap.allocations;
        const auto others = static_cast<std::ptrdiff_t>(after - before) - followed(simulation);
        const Cost cost{others, heap.peak};
        std::_Exit(::write(ends[1], &cost, sizeof cost) == sizeof cost ? 0 : 1);
    }
    Cost cost{};
    int status = 0;
    const bool read = ::read(ends[0], &cost, sizeof cost) == sizeof cost;
    ::waitpid(child, &status, 0);
    ::close(ends[0]);
    ::close(ends[1]);
    REQUIRE((read && status == 0));
    return cost;
}

/// HERD-1 of 200 clients, with a shorter outage.
Build herd(scenarios::OutageMode mode, Duration lasting) {
    Build build;
    build.open(200, 1).serving(5, exponential_time(20ms)).lasting(lasting);
    build.service().queue.limit = 50;
    build.network().latency = 5ms;
    return build.layer(retries(10)).layer(timeout_after(1s)).fault(outage(10s, 10s, mode));
}

/// Clients of whom next to none makes a request.
Cost cost_of_idle(std::uint32_t clients, const StackSettings& stack) {
    Build build;
    build.open(clients, 1e-6).lasting(1s).stack() = stack;
    return cost_of(build.scenario());
}

double bytes_per_idle_client(const StackSettings& stack) {
    const std::size_t few = cost_of_idle(100'000, stack).peak;
    return static_cast<double>(cost_of_idle(200'000, stack).peak - few) / 100'000;
}

}  // namespace

TEST_CASE("an attempt of the benchmark model takes at most five events, its client's next timer among them") {
    for (const auto mode : {scenarios::OutageMode::refuse, scenarios::OutageMode::blackhole}) {
        const sim::Result result = run_once(herd(mode, 60s).scenario());
        const double events = static_cast<double>(result.events) / get(result, Metric::attempts_total);
        CHECK(events < 5 - 1);  // one more is its timeout, which leaves the agenda unseen where it was not needed
        CHECK(events > 2);      // sent, answered, and there is more
    }
}

TEST_CASE("once an outage has shown a run its worst, it allocates no more but for what is measured over time") {
    for (const auto mode : {scenarios::OutageMode::refuse, scenarios::OutageMode::blackhole}) {
        const Cost once = cost_of(herd(mode, 60s).scenario());
        const Cost twice = cost_of(herd(mode, 120s).scenario());
        CHECK(once.allocations > 0);  // the counter counts
        // 12,000 requests later: the series of the clients and of the service, the trace, and what else grows by
        // doubling.
        CHECK(twice.allocations <= once.allocations + 8);
    }
}

TEST_CASE("answers that are doubled and lost are told apart in memory that does not grow with the run") {
    const auto cost = [](Duration lasting) {
        Build build = herd(scenarios::OutageMode::refuse, lasting);
        build.network().jitter = 4ms;
        build.network().duplication = 1;
        build.network().loss = 0.3;
        return cost_of(build.scenario());
    };
    // 12,000 requests later; with two messages for one, rings and buckets of the agenda still grow by doubling.
    CHECK(cost(120s).allocations <= cost(60s).allocations + 100);
}

TEST_CASE("an idle client takes less than 200 bytes where its policies keep nothing for it") {
    CHECK(bytes_per_idle_client({retries(10), timeout_after(1s)}) < 200);
}

TEST_CASE("an idle client with a breaker of its own takes less than 200 bytes beyond the breaker") {
    CHECK(bytes_per_idle_client({BreakerSettings{}, timeout_after(1s)}) - sizeof(Breaker) < 200);
}
