#pragma once
/// One call on its way through a pipeline: a state machine that turns events into actions.
///
///     events   start, attempt_settled, timer, resume           (told by the driver)
///     actions  send, abandon, arm, finish                      (asked of the driver)
///
/// Nothing is allocated: a call's frames lie directly behind it in storage that its owner provides.

#include <cstddef>
#include <cstdint>

#include "policies/core/layer.hpp"
#include "policies/core/pipeline.hpp"

namespace stampede {

class Call;

/// Whoever does the waiting. The actions are asked for from inside an event; a driver records or schedules them
/// and must not tell the same call another event before that event has returned.
class Driver : public Waker {
public:
    /// Start an attempt. Its outcome is told by `attempt_settled` with the token that the call has now.
    virtual void send(Call& call) = 0;
    /// The attempt in flight is of no interest any more; its outcome, if told, is ignored.
    virtual void abandon(Call& call) = 0;
    /// Tell `timer(layer, token)` after the given time. There is no cancelling: a timer that no longer matters is
    /// ignored.
    virtual void arm(Call& call, std::uint8_t layer, std::uint32_t token, Duration after) = 0;
    /// The call has come out of its outermost layer. It may be started again, but not from inside this.
    virtual void finish(Call& call, Outcome outcome) = 0;

protected:
    ~Driver() = default;
};

/// What a driver hands to a call with every event.
struct Surroundings {
    Driver& driver;
    Observer& observer;
    Stream& random;
    Instant now;
};

/// Must lie in storage of `Call::storage(depth)` bytes, aligned as a Call. A call that has finished can be started
/// again.
class Call {
public:
    /// `id` is what the driver will find this call by.
    explicit Call(std::uint32_t id) noexcept : id_(id) {}
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

    [[nodiscard]] static constexpr std::size_t storage(std::size_t depth) noexcept {
        return sizeof(Call) + depth * sizeof(Frame);
    }

    /// Takes the call down through the pipeline, which must outlive the call. Throws std::logic_error where the call
    /// has not finished.
    void start(const Surroundings&, const Pipeline&);
    /// The attempt that was sent under `token` has ended so. Answers false, and does nothing, where nobody waits for it
    /// any more.
    bool attempt_settled(const Surroundings&, std::uint32_t token, Outcome);
    /// Whether the timer armed for `layer` under `token` still matters.
    [[nodiscard]] bool awaits_timer(std::uint8_t layer, std::uint32_t token) const noexcept;
    /// The time armed for `layer` under `token` has come. Does nothing where it no longer matters.
    void timer(const Surroundings&, std::uint8_t layer, std::uint32_t token);
    /// A parked call was woken. Does nothing where it is not parked under `token` any more.
    void resume(const Surroundings&, std::uint32_t token);

    [[nodiscard]] std::uint32_t id() const noexcept { return id_; }
    /// Changes whenever what the call waits for changes, so that what is on its way to it can be told from what is
    /// stale. Never 0. Comes round after 2^32 changes, which nothing stays on its way for.
    [[nodiscard]] std::uint32_t token() const noexcept { return token_; }
    /// Attempts started so far.
    [[nodiscard]] std::uint32_t attempts() const noexcept { return attempts_; }
    [[nodiscard]] bool in_flight(std::uint32_t token) const noexcept {
        return state_ == State::in_flight && token_ == token;
    }
    [[nodiscard]] bool finished() const noexcept { return state_ == State::finished; }

private:
    enum class State : std::uint8_t { finished, moving, in_flight, parked, backing_off };

    [[nodiscard]] Frame* frames() noexcept;
    [[nodiscard]] const Frame* frames() const noexcept;
    void renew_token() noexcept;
    [[nodiscard]] Context context(const Surroundings&) noexcept;
    void arm(const Surroundings&, std::uint8_t layer, Duration after);
    void descend(const Surroundings&);
    void ascend(const Surroundings&, Outcome);
    void cut(const Surroundings&, std::uint8_t layer);

    const Pipeline* pipeline_ = nullptr;
    std::uint32_t id_;
    std::uint32_t token_ = 0;
    std::uint32_t attempts_ = 0;
    State state_ = State::finished;
    std::uint8_t depth_ = 0;  ///< layers entered; while parked or backing off, the waiting layer is the last of them
};

}  // namespace stampede
