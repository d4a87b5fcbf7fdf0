#include "sim/services/queue.hpp"

#include <catch2/catch.hpp>

using namespace stampede;
using namespace stampede::sim;
using namespace std::chrono_literals;

namespace queue_test {
namespace {

constexpr Instant start{};

Queue queue(const scenarios::Discipline& discipline) {
    scenarios::QueueSettings settings;
    settings.discipline = discipline;
    return Queue{settings};
}

/// The order in which calls 1 to `count`, pushed one a millisecond, come out at `now`.
std::vector<std::uint32_t> order(Queue queue, std::uint32_t count, Instant now = start + 1s) {
    for (std::uint32_t call = 1; call <= count; ++call) queue.push({call, 7, start + call * 1ms}, 0);
    std::vector<std::uint32_t> calls;
    std::vector<Visit> turned_away;
    while (const auto visit = queue.pop(now, turned_away)) calls.push_back(visit->call);
    CHECK(queue.empty());
    return calls;
}

}  // namespace

TEST_CASE("disciplines: first come, last come, and last come only while the queue is long") {
    using Calls = std::vector<std::uint32_t>;
    CHECK(order(queue(scenarios::FifoDiscipline{}), 4) == Calls{1, 2, 3, 4});
    CHECK(order(queue(scenarios::LifoDiscipline{}), 4) == Calls{4, 3, 2, 1});
    CHECK(order(queue(scenarios::AdaptiveLifoDiscipline{2}), 4) == Calls{4, 3, 1, 2});
}

TEST_CASE("priority: the most important first, equals as they came, and the least important make room") {
    Queue by_priority = queue(scenarios::PriorityDiscipline{3});
    by_priority.push({1, 0, start}, 9);  // beyond the classes: the least important
    by_priority.push({2, 0, start}, 0);
    by_priority.push({3, 0, start}, 1);
    by_priority.push({4, 0, start}, 2);
    by_priority.push({5, 0, start}, 0);

    CHECK_FALSE(by_priority.give_way(2));
    const auto out = by_priority.give_way(1);
    REQUIRE(out);
    CHECK(out->call == 4);
    std::vector<Visit> turned_away;
    std::vector<std::uint32_t> calls;
    while (const auto visit = by_priority.pop(start, turned_away)) calls.push_back(visit->call);
    CHECK(calls == std::vector<std::uint32_t>{2, 5, 3, 1});
}

TEST_CASE("a call expires only while it waits, and only as the oldest") {
    Queue fifo = queue(scenarios::FifoDiscipline{});
    fifo.push({1, 4, start}, 0);
    fifo.push({2, 4, start}, 0);
    CHECK_FALSE(fifo.expire(1, 3));
    CHECK(fifo.expire(1, 4));
    CHECK_FALSE(fifo.expire(1, 4));
    CHECK(fifo.size() == 1);
    CHECK(fifo.pop_oldest().call == 2);
}

TEST_CASE("codel leaves a queue alone that is short at times, and thins one out that stays long, ever faster") {
    Codel codel(5ms, 100ms);
    // Above the target for less than an interval, then once below it.
    for (int i = 0; i < 99; ++i) CHECK_FALSE(codel.drops(start + i * 1ms, 20ms, false));
    CHECK_FALSE(codel.drops(start + 99ms, 1ms, false));
    // Above the target for good: nothing for an interval, then drops at intervals that shrink with the square root.
    std::vector<int> drops;
    for (int i = 100; i < 600; ++i)
        if (codel.drops(start + i * 1ms, 20ms, false)) drops.push_back(i);
    REQUIRE(drops.size() >= 5);
    CHECK(drops[0] == 200);
    CHECK(drops[1] == 300);
    CHECK(drops[2] == 371);  // 100 / sqrt(2) later
    CHECK(drops[3] == 429);  // 100 / sqrt(3) later
}

TEST_CASE("codel never drops the last call in the queue") {
    Codel codel(5ms, 100ms);
    for (int i = 0; i < 1'000; ++i) CHECK_FALSE(codel.drops(start + i * 1ms, 1s, true));
}

}  // namespace queue_test
