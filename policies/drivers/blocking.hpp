#pragma once
/// Runs ordinary blocking functions through a pipeline, in real threads and real time.
///
///     BlockingExecutor executor;
///     std::string page = executor.call(pipeline, [&](const Attempt& attempt) { return fetch(url, attempt.time_left);
///     });
///
/// The policies decide, this driver only waits: it sleeps through back-offs, blocks while a bulkhead makes the call
/// wait, and calls the function in the caller's own thread. Any number of threads may use one executor at once. Its one
/// lock is held around decisions only, never around the function. Calls that change nothing in any layer, such as
/// successes through a closed breaker with no failure in its count, do not take it at all while there is no observer.
///
/// A running function cannot be interrupted. A timeout is noticed when the function returns: what it returned is
/// dropped then, and the outcome is Outcome::timeout. `Attempt::time_left` lets a function keep the time itself.
///
/// One thread cannot make two attempts at once: a pipeline with a hedge is refused with std::invalid_argument, before
/// anything is called. The Asio driver runs it.

#include <cstdint>
#include <exception>
#include <mutex>
#include <optional>
#include <vector>

#include "policies/core/call.hpp"
#include "policies/drivers/attempt_result.hpp"
#include "policies/drivers/call_result.hpp"
#include "policies/drivers/clock.hpp"
#include "policies/live/stack.hpp"

namespace stampede {

/// What the function is told.
struct Attempt {
    std::uint32_t number;               ///< 1 for the first try
    std::optional<Duration> time_left;  ///< until the first of the timeouts around it; empty without one
};

/// All may be left out.
struct BlockingOptions {
    /// Of the draws. For tests: by default it comes from std::random_device, since processes that have the same seed
    /// draw the same delays and come back together.
    std::optional<std::uint64_t> seed{};
    Observer* observer = nullptr;    ///< called under the lock; must outlive the executor
    BlockingClock* clock = nullptr;  ///< real_clock() if left out; must outlive the executor
};

/// Pipelines that share a layer must be run by the same executor: its lock guards the layers. It must outlive its
/// calls.
class BlockingExecutor {
public:
    explicit BlockingExecutor(const BlockingOptions& options = {});
    BlockingExecutor(const BlockingExecutor&) = delete;
    BlockingExecutor& operator=(const BlockingExecutor&) = delete;

    /// Calls `attempt(const Attempt&) -> Outcome` as often as the policies say. An exception counts as a transient
    /// failure; it is thrown on where it is what the call ends with.
    template <class F>
    CallResult run(const Pipeline& pipeline, F&& attempt) {
        const auto classify = [](Outcome outcome) { return outcome; };
        AttemptResult<Outcome> last;
        const CallResult result = drive(pipeline, attempt, last, classify);
        if (result.from_attempt && last.error()) std::rethrow_exception(last.error());
        return result;
    }

    /// Calls `work(const Attempt&)` as often as the policies say, and returns what its last attempt returned.
    ///
    /// `classify` may be callable with a `const T&` (T what `work` returns), with a `const std::exception_ptr&`, or
    /// with both, and answers an Outcome; what it does not take is classified as DefaultClassifier says. Where the
    /// outcome is the last attempt's own, its value is returned and its exception thrown as they were, also if they
    /// were classified as failures. Where a fallback layer answers, `fallback()` is returned. All else throws
    /// CallFailed.
    template <class F, class Classifier = DefaultClassifier, class Fallback = NoFallback>
    std::invoke_result_t<F&, const Attempt&> call(const Pipeline& pipeline, F&& work, Classifier&& classify = {},
                                                  Fallback&& fallback = {}) {
        AttemptResult<std::invoke_result_t<F&, const Attempt&>> last;
        const CallResult result = drive(pipeline, work, last, classify);
        if (result.from_attempt) return last.take();
        if constexpr (std::is_invocable_v<Fallback&>) {
            if (result.outcome == Outcome::fallback) return fallback();
        }
        throw CallFailed(result, last.error());
    }

    /// As above, through the stack as it is now: a swap leaves calls under way where they began.
    template <class F>
    CallResult run(const LiveStack& stack, F&& attempt) {
        const auto current = stack.current();
        return run(current->pipeline(), std::forward<F>(attempt));
    }
    template <class F, class Classifier = DefaultClassifier, class Fallback = NoFallback>
    std::invoke_result_t<F&, const Attempt&> call(const LiveStack& stack, F&& work, Classifier&& classify = {},
                                                  Fallback&& fallback = {}) {
        const auto current = stack.current();
        return call(current->pipeline(), std::forward<F>(work), std::forward<Classifier>(classify),
                    std::forward<Fallback>(fallback));
    }

    /// Changes the settings of a stack that this executor runs; LiveStack says what is kept. From any thread, also from
    /// inside a call. Throws std::invalid_argument, and changes nothing, where the settings are wrong or have a hedge
    /// in them.
    void swap(LiveStack& stack, const StackSettings& settings);

private:
    class Passage;
    class Doorkeeper;

    /// A function of the user's behind a plain pointer, so that the driving is compiled once.
    struct Work {
        void* object;
        Outcome (*invoke)(void* object, const Attempt&) noexcept;
    };

    template <class F, class T, class Classifier>
    CallResult drive(const Pipeline& pipeline, F& work, AttemptResult<T>& last, Classifier& classify) {
        auto attempt = [&](const Attempt& a) noexcept { return last.settle([&] { return work(a); }, classify); };
        CallResult result;
        drive(pipeline,
              Work{&attempt, [](void* object,
                                const Attempt& a) noexcept { return (*static_cast<decltype(attempt)*>(object))(a); }},
              result);
        return result;
    }
    /// Not returned: GCC would write the result in parts and load it as a whole, which costs 5 ns.
    void drive(const Pipeline& pipeline, Work work, CallResult& result);
    void wake(CallRef call);

    std::mutex mutex_;  ///< guards all that follows, and the layers
    const bool observed_;
    Observer silent_;
    Observer& observer_;
    BlockingClock& clock_;
    Stream random_;
    Instant latest_{};                ///< told to the layers
    std::vector<Passage*> passages_;  ///< by call id
    std::vector<std::uint32_t> free_ids_;
};

}  // namespace stampede
