#pragma once
/// The time and the sleep of the blocking driver.

#include <condition_variable>
#include <mutex>
#include <optional>

#include "policies/core/time.hpp"

namespace stampede {

/// Where a blocking driver gets its time and its sleep; a test gives it one of its own.
class BlockingClock {
public:
    virtual ~BlockingClock() = default;

    /// Never goes backwards. Called from any thread.
    virtual Instant now() = 0;

    /// Gives the lock back, sleeps until `woken` is notified or `until` has come (for ever where it is empty), and
    /// takes the lock again. May return early.
    virtual void wait(std::unique_lock<std::mutex>& lock, std::condition_variable& woken,
                      std::optional<Instant> until) = 0;
};

/// std::chrono::steady_clock, counted from the first use of this function in the process.
[[nodiscard]] BlockingClock& real_clock();

}  // namespace stampede
