/// Counts every allocation of this program; for that it is a program of its own.

#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <new>

#include "policies/drivers/blocking.hpp"
#include "policies/live/stack.hpp"

namespace {

std::size_t allocations = 0;

}  // namespace

void* operator new(std::size_t size) {
    ++allocations;
    if (void* place = std::malloc(size)) return place;
    throw std::bad_alloc();
}
// With a sanitizer's allocator this form does not fall back on the first.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    ++allocations;
    return std::malloc(size);
}
void operator delete(void* place) noexcept { std::free(place); }
void operator delete(void* place, std::size_t) noexcept { std::free(place); }

using namespace stampede;
using namespace std::chrono_literals;

TEST_CASE("a call that succeeds, or is tried again, allocates nothing once the driver is warm") {
    const Stack stack{{FallbackSettings{}, TimeoutSettings{10s},
                       RetrySettings{.max_attempts = 3, .backoff = ConstantBackoff{1us}, .jitter = FullJitter{}},
                       BreakerSettings{}, BulkheadSettings{}}};
    BlockingExecutor executor;
    const auto call = [&] {
        return executor
            .run(stack.pipeline(),
                 [](const Attempt& attempt) { return attempt.number == 3 ? Outcome::success : Outcome::overload; })
            .attempts;
    };
    const std::size_t cold = allocations;
    std::uint32_t attempts = call();
    CHECK(allocations > cold);  // the counter counts

    const std::size_t warm = allocations;
    for (int i = 0; i < 100; ++i) attempts += call();
    const std::size_t after = allocations;
    CHECK(after == warm);
    CHECK(attempts == 303);
}
