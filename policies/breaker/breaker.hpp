#pragma once
/// Circuit breaker: the layer.

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>

#include "policies/breaker/settings.hpp"
#include "policies/breaker/windows/window.hpp"
#include "policies/core/layer.hpp"

namespace stampede {

/// closed     every call goes through; outcomes are counted, and where a limit is met the breaker opens.
/// open       every call is refused with Outcome::breaker_open until the open time is over; the first call after that
///            makes it half-open, or the time itself does where half_open.timed.
/// half_open  trial calls go through, the others are refused, wait or go through too. Successes close it, failures open
///            it. A trial that is cut or whose outcome is ignored gives its permit back, unless told otherwise. A trial
///            that never ends keeps its permit: put a timeout below the breaker, or give half_open.max_wait.
///
/// Each stay in a state is an era, and so is each interval of a tumbling window. What becomes of a call that was let
/// through in an earlier era says `stale`.
///
/// A breaker has no timer of its own. Moves that are due at a time (half_open.timed, half_open.max_wait, judged_every)
/// are made good by the next event, before it is looked at, and reported with the time at which they were due: nobody
/// who calls can tell the difference, and an observer who goes by the reported times cannot either, except that it
/// hears of them late. Where completions come at the very time of such a move they come first, calls come after it.
///
/// Frame: `narrow` the era and the state in which the call was let through, `wide` the time; while it waits the ticket.
///
/// The settings must outlive the breaker. About 150 bytes; windows, waiting rooms and controllers are allocated when
/// they are first needed.
class Breaker final : public Layer {
public:
    /// `number` is what the observer will know it by.
    Breaker(const BreakerSettings& settings, std::uint32_t number);
    ~Breaker() override;

    Entry enter(Context&, Frame&) override;
    Entry resume(Context&, Frame&) override;
    Exit leave(Context&, Frame&, Outcome) override;
    Verdict timer(Context&, Frame&) override;
    void cancel(Context&, Frame&) override;
    [[nodiscard]] bool enter_unchanged(Frame&, Duration&) const noexcept override;
    [[nodiscard]] bool leave_unchanged(const Frame&, Outcome) const noexcept override;

    /// Goes on under other settings, which take the place of those that had to outlive it. State, consecutive failures
    /// and the time since it opened stay; an open time that changes holds from there, without jitter; a window that
    /// counts keeps the newest outcomes that fit, any other window that changes starts with nothing. Where the number
    /// of trial calls changes while half-open, trials start anew and those under way are stale.
    void change(const BreakerSettings& to);

    /// Makes good what is due at `now` or earlier, as the next call would. For whoever wants the state at a time.
    void catch_up(Instant now, Stream& random, Observer& observer, Waker& waker);

    /// As of the last event.
    [[nodiscard]] BreakerState state() const noexcept { return state_; }

private:
    struct Extras;
    struct Result {
        bool ignored;
        bool failure;
        bool slow;
    };
    struct Surrounds {
        Instant now;
        Stream& random;
        Observer& observer;
        Waker& waker;
    };
    enum class Keep : std::uint8_t { nothing, window };
    static Surrounds surrounds(Context& context) noexcept;

    // What goes through (breaker.cpp).
    void adopt(const BreakerSettings& settings);
    void note_calm() noexcept;
    [[nodiscard]] std::uint32_t tag(BreakerState state) const noexcept;
    Entry let_through(Context&, Frame&) noexcept;
    Entry refuse(Frame&) const noexcept;
    Entry decide(Context&, Frame&);
    Entry decide_closed(Context&, Frame&);
    Entry try_out(Context&, Frame&);
    Entry wait(Context&, Frame&);

    // What comes back (results.cpp).
    void settle(Context&, Frame&, const Result&);
    void count(Context&, BreakerState as, bool is_current, const Result&);
    void count_trial(Context&, bool is_current, const Result&);
    void add(Instant now, const Result&);
    void judge(Context&, bool failure);
    void take_back(Context&, bool was_trial, bool is_current);
    void trial_ended(Context&, std::uint32_t era);
    [[nodiscard]] std::optional<BreakerReason> reason_to_open(Instant now);
    [[nodiscard]] bool reaches(double rate, const std::optional<double>& limit) const noexcept;

    // Moves (moves.cpp).
    void catch_up(const Surrounds&, bool up_to_now);
    void make_due_moves(const Surrounds&, bool up_to_now);
    void judge_by_the_clock(const Surrounds&, bool up_to_now);
    void move(const Surrounds&, BreakerState to, BreakerReason, std::uint32_t failures, Keep = Keep::nothing);
    [[nodiscard]] Instant end_of_stay(const Surrounds&, BreakerReason);
    [[nodiscard]] Duration open_time(Stream& random);
    void begin_era() noexcept;
    void wake_all(Waker& waker);

    const BreakerSettings* settings_;
    Instant until_{};       ///< end of the open time, of the longest half-open time, of the ramp
    Duration last_open_{};  ///< the open time drawn last
    std::unique_ptr<Extras> extras_;
    Window window_;
    std::uint32_t number_;
    std::uint32_t era_ = 1;
    std::uint32_t threshold_ = 0;  ///< consecutive failures that open; 0 for none
    std::uint32_t minimum_ = 0;
    std::uint32_t consecutive_ = 0;  ///< failures in a row
    std::uint32_t openings_ = 0;     ///< in a row, without having closed
    std::int32_t trials_ = 0;        ///< permits taken, while half-open; fewer than none where more were given back
    WindowCounts trial_counts_;
    BreakerState state_ = BreakerState::closed;
    bool simple_ = true;                   ///< closed, it has nothing to do but count
    std::atomic<std::uint32_t> calm_ = 0;  ///< what a frame says of a call let through now, while a success would
                                           ///< change nothing
};

}  // namespace stampede
