#pragma once
/// Sends the calls of a trace through a stack of policies, on a clock of its own, and tells what was decided.

#include <cstdint>
#include <memory>
#include <optional>
#include <queue>
#include <string_view>
#include <vector>

#include "policies/core/call.hpp"
#include "policies/stack.hpp"
#include "replay/trace.hpp"

namespace stampede::replay {

/// What became of one call: `admit` an attempt was let through, `reject` the call was turned away, `wait` it waits,
/// `settle` an attempt ended or was given up.
enum class Event : std::uint8_t { admit, reject, wait, settle };
[[nodiscard]] std::string_view to_string(Event event) noexcept;

/// Told in the order in which it happens, but that of one event the moves of breakers come first.
class Listener {
public:
    /// `state` is that of the outermost breaker after the event, nothing where there is none.
    virtual void happened(Instant, std::string_view id, Event, std::optional<BreakerState> state) = 0;
    virtual void moved(Instant, const BreakerTransition&) = 0;

protected:
    ~Listener() = default;
};

/// At one instant, attempts that are due end first, in the order in which they were let through; then what layers asked
/// to be told; then comes the next call of the trace, and whoever an event wakes goes on right after it. The trace ends
/// with its last event: what would happen later by the clock alone is not told.
class Player final : public Driver, private Observer {
public:
    /// For one trace. Throws std::invalid_argument for layers that branch: a trace does not say how a hedge would end.
    Player(const StackSettings& stack, const Trace& trace, std::uint64_t seed, Listener& listener);
    ~Player();

    void play();

    void send(Call& call) override;
    void abandon(Call&) override {}
    void arm(Call& call, std::uint8_t layer, std::uint32_t token, Duration after) override;
    void finish(Call& call, Outcome) override;
    void wake(CallRef call) override { woken_.push_back(call); }

private:
    enum class Kind : std::uint8_t { settle, timer };
    struct Due {
        Instant at;
        Kind kind;
        std::uint64_t order;
        std::uint32_t call;
        std::uint32_t token;
        std::uint8_t layer;
        /// The queue serves the greatest first.
        friend bool operator<(const Due& a, const Due& b) noexcept {
            if (a.at != b.at) return a.at > b.at;
            return a.kind != b.kind ? a.kind > b.kind : a.order > b.order;
        }
    };
    /// A call under way, or the room for one.
    struct Place {
        std::unique_ptr<std::byte[]> storage;
        Call* call;
        std::size_t line;  ///< in the trace
        bool backs_off;
    };

    [[nodiscard]] Surroundings surroundings() noexcept { return {*this, *this, random_, now_}; }
    [[nodiscard]] std::uint32_t free_place();
    void run_until(Instant end);
    void come(std::size_t line);
    void tell(const Due& due);
    void resume_woken();
    void say(CallRef call, Event event);
    void make_due_moves(Instant now);

    void attempt_abandoned(CallRef call, Instant, std::uint32_t, std::uint8_t) override { say(call, Event::settle); }
    void refused(CallRef call, Instant, Outcome) override { say(call, Event::reject); }
    void retry_scheduled(CallRef call, Instant, const RetryScheduled&) override { places_[call.id].backs_off = true; }
    void breaker_changed(Instant at, const BreakerTransition& move) override { listener_.moved(at, move); }

    const Trace& trace_;
    Listener& listener_;
    Stream random_;
    std::vector<std::unique_ptr<Layer>> layers_;
    std::vector<Breaker*> breakers_;
    Pipeline pipeline_;
    std::vector<Place> places_;  ///< by call id
    std::vector<std::uint32_t> free_;
    std::priority_queue<Due> agenda_;
    std::vector<CallRef> woken_;
    std::uint64_t order_ = 0;
    Instant now_{};
};

}  // namespace stampede::replay
