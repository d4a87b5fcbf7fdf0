#pragma once
/// One resilience policy around a call. A layer decides, it never waits: it is told what happened and answers what to
/// do.
///
/// The life of a call in one layer:
///
///     enter ──proceed──▶ (the layers below, the attempt) ──▶ leave ──pass──▶ the layer above
///       │ └──wait──▶ (parked until woken: `resume`, or until `timer` answers `proceed`)
///       │                                                         └──again──▶ (after a delay) the layers below
///       └──refuse──▶ the layer above
///     resume  a call that was woken asks once more: it may go on (what it does unless the layer says otherwise), be
///             refused, or wait again
///     direct  what `leave` answers to have an attempt started at once, past the layers below; `leave` is called again
///             with its outcome
///     timer   the time that the layer asked for has come while the call is still inside it. A verdict of `cut` takes
///             back all that is below: the layer has given back what the call holds before it answers so; neither
///             `leave` nor `cancel` follows.
///     cancel  a layer further out, or the caller, has cut the call: give back what it holds; no `leave` follows
///
/// A layer has one timer a call: the latest that it asked for, in whatever answer, takes the place of the earlier one.
///
/// A layer that branches stays where it is while branches of the call go through the layers below, each on its own:
///
///     enter ──branch──▶ the first branch          timer ──beside──▶ one more branch
///                                                       └─nothing─▶ as before
///     leave   is called with the outcome of each branch that ends; `hold` waits for those under way, `beside` starts
///             one more, `pass` takes back those under way and goes on up with the outcome

#include <cstdint>

#include "policies/core/observer.hpp"
#include "policies/core/outcome.hpp"
#include "policies/core/time.hpp"
#include "policies/random/stream.hpp"

namespace stampede {

/// Lets a layer send a parked call on its way.
class Waker {
public:
    /// Notes that the call may go on and returns; the call is resumed later, never from inside this.
    virtual void wake(CallRef call) = 0;

protected:
    ~Waker() = default;
};

/// What a service says on when to come back (Retry-After, gRPC's pushback): milliseconds, up to 49 days.
using Pushback = std::chrono::duration<std::uint32_t, std::milli>;

/// It said nothing.
inline constexpr Pushback no_pushback = Pushback::max();

/// It said not to come back (gRPC: a negative or unreadable pushback).
inline constexpr Pushback never_again = no_pushback - Pushback{1};

/// Any of the hosts that the service has.
inline constexpr std::uint16_t any_host = 0xffff;

class Budget;

/// What is known of a call beyond its outcome. The driver sets it before the call starts; layers further out may change
/// it for those further in, and every branch has facts of its own, which begin as those of the call it hangs from.
struct CallFacts {
    Instant begun{};                    ///< when the call came to its outermost layer; set by the call itself
    Instant deadline = Instant::max();  ///< nobody needs an answer after this time; told to what is called
    std::uint32_t attempts = 0;         ///< as Call::attempts; counted by the call itself
    std::uint16_t host = any_host;      ///< which of the service's hosts the next attempt goes to
    std::uint8_t priority : 7 = 0;      ///< class of the call: 0 is the most important
    /// What becomes of an attempt that is given up: it is cancelled where it runs, or its work goes on and its late
    /// answer is ignored. Set by the layer that gives it up; drivers that can only do one of the two do that.
    bool cancels : 1 = false;
    /// Which service the next attempt goes to: 0 the usual one, n the n-th stand-in.
    std::uint8_t alternative : 7 = 0;
    /// The call is made for one that is itself a retry: its caller brought a mark, as gRPC's
    /// grpc-previous-rpc-attempts or Envoy's x-envoy-attempt-count above 1.
    bool for_retry : 1 = false;
};

/// All that a layer may look at besides its own state.
struct Context {
    Instant now;
    CallRef call;  ///< as the observer knows it, whatever branch of it this is
    CallRef self;  ///< as the waker knows it: this very branch
    Stream& random;
    Observer& observer;
    Waker& waker;
    CallFacts& facts;
    Budget* budget = nullptr;            ///< bounds what this layer does besides the first try; null for nothing
    Pushback retry_after = no_pushback;  ///< in `leave`: what the answer said, if an attempt has just been answered
    std::uint32_t branch = 0;  ///< in `leave` of a layer that has branched: which of its branches has ended, from 1
};

/// What a layer remembers of one call: two words, zero when the call enters. What they mean is the layer's own
/// business.
struct Frame {
    std::int64_t wide = 0;
    std::uint32_t narrow = 0;
    std::uint32_t timer = 0;  ///< the timer that is set for this layer, 0 for none; kept by the call, not by the layer
};

/// Asks for no timer.
inline constexpr Duration no_timer = Duration::max();

/// The answer to `enter`.
struct Entry {
    enum class Kind : std::uint8_t { proceed, refuse, wait, branch };
    Kind kind;
    Outcome outcome;  ///< of a refusal
    Duration timer;   ///< calls `timer` after so long; `no_timer` for never

    [[nodiscard]] static constexpr Entry proceed(Duration timer = no_timer) { return {Kind::proceed, {}, timer}; }
    [[nodiscard]] static constexpr Entry refuse(Outcome outcome) { return {Kind::refuse, outcome, no_timer}; }
    /// Park the call until `Waker::wake`, or until `timer` decides.
    [[nodiscard]] static constexpr Entry wait(Duration timer = no_timer) { return {Kind::wait, {}, timer}; }
    /// Only of a layer that `branches`.
    [[nodiscard]] static constexpr Entry branch(Duration timer = no_timer) { return {Kind::branch, {}, timer}; }
};

/// The answer to `leave`.
struct Exit {
    enum class Kind : std::uint8_t { pass, again, reconsider, direct, hold, beside };
    Kind kind;
    Outcome outcome;  ///< passed to the layer above
    Duration delay;   ///< before the layers below are entered again; of `beside`, until `timer`

    [[nodiscard]] static constexpr Exit pass(Outcome outcome) { return {Kind::pass, outcome, {}}; }
    [[nodiscard]] static constexpr Exit again(Duration delay) { return {Kind::again, {}, delay}; }
    /// As `again`, but `timer` is called when the delay is over: `nothing` goes on, `cut` ends it after all.
    [[nodiscard]] static constexpr Exit reconsider(Duration delay) { return {Kind::reconsider, {}, delay}; }
    /// Start an attempt at once, past the layers below; its outcome comes to `leave` of this layer again.
    [[nodiscard]] static constexpr Exit direct() { return {Kind::direct, {}, {}}; }
    /// Only where a branch is under way.
    [[nodiscard]] static constexpr Exit hold() { return {Kind::hold, {}, no_timer}; }
    /// Only of a layer that has branched.
    [[nodiscard]] static constexpr Exit beside(Duration timer = no_timer) { return {Kind::beside, {}, timer}; }
};

/// The answer to `timer`.
struct Verdict {
    enum class Kind : std::uint8_t { nothing, cut, beside, proceed };
    Kind kind;
    Outcome outcome;  ///< of a cut, passed to the layer above
    Duration timer;   ///< of `beside`: calls `timer` again after so long; `no_timer` for never

    [[nodiscard]] static constexpr Verdict nothing() { return {Kind::nothing, {}, no_timer}; }
    [[nodiscard]] static constexpr Verdict cut(Outcome outcome) { return {Kind::cut, outcome, no_timer}; }
    /// Only where the layer has parked the call: it goes on to the layers below.
    [[nodiscard]] static constexpr Verdict proceed() { return {Kind::proceed, {}, no_timer}; }
    /// Only of a layer that has branched.
    [[nodiscard]] static constexpr Verdict beside(Duration timer = no_timer) { return {Kind::beside, {}, timer}; }
};

/// One policy, which decides about calls as told above. A driver tells it one thing at a time.
class Layer {
public:
    Layer() = default;
    Layer(const Layer&) = delete;
    Layer& operator=(const Layer&) = delete;
    virtual ~Layer() = default;

    virtual Entry enter(Context&, Frame&) = 0;
    virtual Exit leave(Context&, Frame&, Outcome) = 0;
    /// The call waited here and was woken. The timer that it waited with is gone.
    virtual Entry resume(Context&, Frame&) { return Entry::proceed(); }
    /// Called only where an answer asked for a timer.
    virtual Verdict timer(Context&, Frame&) { return Verdict::nothing(); }
    virtual void cancel(Context&, Frame&) {}

    /// A driver of many threads may ask these two instead of `enter` and `leave`, without its lock, also while another
    /// thread is inside any other function of this layer. They answer only where the layer would let the call in or the
    /// outcome out and be exactly as before, whatever the time is. Nothing else is told of it then.
    ///
    /// Lets the call in, with `timer` (`no_timer` before) as in Entry, or answers false: `enter` must be asked.
    [[nodiscard]] virtual bool enter_unchanged(Frame&, Duration& /*timer*/) const noexcept { return false; }
    /// Passes the outcome on as it is, or answers false: `leave` must be asked.
    [[nodiscard]] virtual bool leave_unchanged(const Frame&, Outcome) const noexcept { return false; }

    /// Whether it may answer `branch`. Drivers that cannot run two attempts of one call at once refuse such a layer.
    [[nodiscard]] virtual bool branches() const noexcept { return false; }
    /// What bounds the layers further in, up to the next one that has such a budget; null where this one has none.
    [[nodiscard]] virtual Budget* budget_below() noexcept { return nullptr; }
};

}  // namespace stampede
