#pragma once
/// One resilience policy around a call. A layer decides, it never waits: it is told what happened and answers what to
/// do.
///
/// The life of a call in one layer:
///
///     enter ──proceed──▶ (the layers below, the attempt) ──▶ leave ──pass──▶ the layer above
///       │ └──wait──▶ (parked until woken) ──▶ as proceed        └──again──▶ (after a delay) the layers below
///       └──refuse──▶ the layer above
///     timer   the time that the layer asked for has come while the call is still inside it: give back what the call
///             holds; neither `leave` nor `cancel` follows. What is below has been cancelled already.
///     cancel  a layer further out has cut the call: give back what it holds; no `leave` follows
///
/// A layer has one timer a call: the delay of `again` takes the place of a timer that `enter` asked for.

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

/// All that a layer may look at besides its own state.
struct Context {
    Instant now;
    CallRef call;
    Stream& random;
    Observer& observer;
    Waker& waker;
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
    enum class Kind : std::uint8_t { proceed, refuse, wait };
    Kind kind;
    Outcome outcome;  ///< of a refusal
    Duration timer;   ///< calls `timer` after so long; `no_timer` for never

    [[nodiscard]] static constexpr Entry proceed(Duration timer = no_timer) { return {Kind::proceed, {}, timer}; }
    [[nodiscard]] static constexpr Entry refuse(Outcome outcome) { return {Kind::refuse, outcome, no_timer}; }
    /// Park the call until `Waker::wake`, or until `timer` decides.
    [[nodiscard]] static constexpr Entry wait(Duration timer = no_timer) { return {Kind::wait, {}, timer}; }
};

/// The answer to `leave`.
struct Exit {
    enum class Kind : std::uint8_t { pass, again };
    Kind kind;
    Outcome outcome;  ///< passed to the layer above
    Duration delay;   ///< before the layers below are entered again

    [[nodiscard]] static constexpr Exit pass(Outcome outcome) { return {Kind::pass, outcome, {}}; }
    [[nodiscard]] static constexpr Exit again(Duration delay) { return {Kind::again, {}, delay}; }
};

class Layer {
public:
    Layer() = default;
    Layer(const Layer&) = delete;
    Layer& operator=(const Layer&) = delete;
    virtual ~Layer() = default;

    virtual Entry enter(Context&, Frame&) = 0;
    virtual Exit leave(Context&, Frame&, Outcome) = 0;
    /// The outcome is passed on to the layer above. Called only where `enter` asked for a timer.
    virtual Outcome timer(Context&, Frame&) { return Outcome::timeout; }
    virtual void cancel(Context&, Frame&) {}
};

}  // namespace stampede
