#pragma once
/// A clock for event loops that moves only when it is told to, and a loop that is run by it.

#include <algorithm>
#include <asio/io_context.hpp>
#include <asio/wait_traits.hpp>
#include <atomic>
#include <chrono>
#include <optional>

#include "policies/core/time.hpp"

namespace stampede::test {

/// One for the whole process: Asio asks its clocks by static functions.
struct ManualClock {
    using duration = std::chrono::nanoseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<ManualClock>;
    static constexpr bool is_steady = true;

    static time_point now() noexcept { return time_point{duration{elapsed.load()}}; }
    static inline std::atomic<std::int64_t> elapsed = 0;
};

}  // namespace stampede::test

/// The loop asks this how long it may sleep until the first timer is due. It never sleeps, and the answer is noted.
template <>
struct asio::wait_traits<stampede::test::ManualClock> {
    static inline std::optional<stampede::Duration> asked;

    static stampede::Duration to_wait_duration(const stampede::Duration& until_due) {
        asked = std::min(until_due, asked.value_or(until_due));
        return {};
    }
    static stampede::Duration to_wait_duration(const stampede::test::ManualClock::time_point& due) {
        return to_wait_duration(due - stampede::test::ManualClock::now());
    }
};

namespace stampede::test {

/// Does all that comes due within the span, each at its very time, in one thread.
inline void run_for(asio::io_context& io, Duration span) {
    using Traits = asio::wait_traits<ManualClock>;
    const std::int64_t end = ManualClock::elapsed + span.count();
    for (;;) {
        io.restart();
        do {
            Traits::asked.reset();
        } while (io.poll() > 0);
        if (!Traits::asked || ManualClock::elapsed + Traits::asked->count() > end) break;
        ManualClock::elapsed += Traits::asked->count();
    }
    ManualClock::elapsed = end;
}

}  // namespace stampede::test
