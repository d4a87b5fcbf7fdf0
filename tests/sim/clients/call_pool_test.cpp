#include "sim/clients/call_pool.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <vector>

using namespace stampede;
using namespace stampede::sim;

TEST_CASE("calls keep their place in memory and their number while the pool grows") {
    CallPool pool(1, 5);
    std::vector<Call*> calls;
    for (int i = 0; i < 10'000; ++i) calls.push_back(&pool.acquire(0));
    std::set<std::uint32_t> ids;
    for (const Call* call : calls) {
        CHECK(&pool.call(call->id()) == call);
        ids.insert(call->id());
    }
    CHECK(ids.size() == calls.size());
    CHECK(pool.capacity() >= calls.size());
}

TEST_CASE("a call has room for its frames before the next one begins") {
    constexpr std::size_t depth = 7;
    CallPool pool(1, depth);
    for (int i = 0; i < 100; ++i) (void)pool.acquire(0);
    for (std::uint32_t id = 0; id + 1 < 100; ++id) {
        const auto start = reinterpret_cast<std::uintptr_t>(&pool.call(id));
        const auto next = reinterpret_cast<std::uintptr_t>(&pool.call(id + 1));
        REQUIRE(next - start >= Call::storage(depth));
        REQUIRE(start % alignof(Call) == 0);
    }
}

TEST_CASE("a released place is used again, the last one first, and only by its own caller") {
    CallPool pool(2, 1);
    Call& first = pool.acquire(0);
    Call& second = pool.acquire(0);
    pool.info(first.id()).agent = 17;
    pool.release(first);
    pool.release(second);

    const Call& other = pool.acquire(1);
    CHECK(&other != &first);
    CHECK(&other != &second);
    CHECK(pool.info(other.id()).caller == 1);

    CHECK(&pool.acquire(0) == &second);
    CHECK(&pool.acquire(0) == &first);
    CHECK(pool.info(first.id()).caller == 0);
}

TEST_CASE("a place that is free still says whose it was") {
    CallPool pool(3, 0);
    Call& call = pool.acquire(2);
    pool.release(call);
    CHECK(pool.info(call.id()).caller == 2);
}

TEST_CASE("in the steady state the pool does not grow") {
    CallPool pool(1, 2);
    for (int round = 0; round < 10; ++round) {
        std::vector<Call*> calls;
        for (int i = 0; i < 4'096; ++i) calls.push_back(&pool.acquire(0));
        for (const Call* call : calls) pool.release(*call);
    }
    CHECK(pool.capacity() == 4'096);
}

TEST_CASE("nothing runs in a pool whose calls were not started") {
    CallPool pool(1, 2);
    (void)pool.acquire(0);
    int running = 0;
    pool.for_each_running([&](const Call&, const CallInfo&) { ++running; });
    CHECK(running == 0);
}
