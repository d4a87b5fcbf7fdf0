#pragma once
/// One call on its way through a pipeline: a state machine that turns events into actions.
///
///     events   start, attempt_settled, timer, resume, cancel   (told by the driver)
///     actions  send, abandon, arm, finish                      (asked of the driver)
///
/// Nothing is allocated: a call's frames lie directly behind it in storage that its owner provides.
///
/// Below a layer that branches (see Layer) a call is a tree. A branch is a Call of its own, under an id of its own,
/// that begins one layer further in than the call it hangs from; what happens to its attempt and to its timers is told
/// to it, and its outcome goes to that layer. The call it hangs from waits there meanwhile. Calls without such a layer
/// pay one comparison an attempt for this.

#include <cstddef>
#include <cstdint>
#include <new>

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
    /// The call has come out of its outermost layer. It may be started again, but not from inside this. Not asked for
    /// branches.
    virtual void finish(Call& call, Outcome outcome) = 0;

    /// Only where a pipeline `branches`; a driver that leaves these three out must refuse such a pipeline. They throw
    /// std::logic_error.
    /// Storage for a branch of `parent`, as deep as the parent's: a Call that has finished.
    virtual Call& acquire_branch(Call& parent);
    /// The branch has ended and may be acquired anew.
    virtual void release_branch(Call& branch);
    /// The call or branch of that id, which is under way.
    virtual Call& find(std::uint32_t id);

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
    void start(const Surroundings&, const Pipeline&, const CallFacts& = {});
    /// As `start` without facts, where every layer lets the call in unchanged (see Layer): its attempt is in flight
    /// then, of the driver nothing was asked but to arm timers, and the observer was told nothing. Answers false, and
    /// nothing has happened, where a layer does not.
    [[nodiscard]] bool start_unchanged(Driver&, const Pipeline&);
    /// The attempt has ended so. Answers true, and the call has finished with this outcome, where every layer lets it
    /// out unchanged. Answers false, and nothing has happened, where one does not.
    [[nodiscard]] bool settle_unchanged(Outcome) noexcept;
    /// What the driver finds it by from now on.
    void rename(std::uint32_t id) noexcept { id_ = id; }
    /// The attempt that was sent under `token` has ended so; `retry_after` is what the answer said on when to come
    /// back. Answers false, and does nothing, where nobody waits for it any more.
    bool attempt_settled(const Surroundings&, std::uint32_t token, Outcome, Pushback retry_after = no_pushback);
    /// Whether the timer armed for `layer` under `token` still matters.
    [[nodiscard]] bool awaits_timer(std::uint8_t layer, std::uint32_t token) const noexcept {
        return layer < depth_ && layer >= floor_ && token != 0 && frames()[layer].timer == token;
    }
    /// The time armed for `layer` under `token` has come. Does nothing where it no longer matters.
    void timer(const Surroundings&, std::uint8_t layer, std::uint32_t token);
    /// A parked call was woken. Does nothing where it is not parked under `token` any more.
    void resume(const Surroundings&, std::uint32_t token);
    /// The caller gives the call up: all is taken back, innermost first, and the driver is not asked to `finish`. Does
    /// nothing where the call has finished. Not for branches.
    void cancel(const Surroundings&);

    [[nodiscard]] std::uint32_t id() const noexcept { return id_; }
    /// The id of the call that this is a branch of; its own where it is none.
    [[nodiscard]] std::uint32_t root() const noexcept { return is_branch() ? frames()[0].timer : id_; }
    /// That it was started with; of a call that has finished, the latest.
    [[nodiscard]] const Pipeline& pipeline() const noexcept { return *pipeline_; }
    /// What is known of it now; a driver reads where an attempt goes when it is asked to `send`.
    [[nodiscard]] const CallFacts& facts() const noexcept { return facts_; }
    [[nodiscard]] bool is_branch() const noexcept { return floor_ != 0; }
    /// Changes whenever what the call waits for changes, so that what is on its way to it can be told from what is
    /// stale. Never 0. Comes round after 2^32 changes, which nothing stays on its way for.
    [[nodiscard]] std::uint32_t token() const noexcept { return token_; }
    /// Attempts started so far, in branches too; of a branch, the number of the attempt that it started last.
    [[nodiscard]] std::uint32_t attempts() const noexcept { return facts_.attempts; }
    [[nodiscard]] bool in_flight(std::uint32_t token) const noexcept {
        return state_ == State::in_flight && token_ == token;
    }
    [[nodiscard]] bool finished() const noexcept { return state_ == State::finished; }

private:
    /// `branched`: it waits at its innermost layer for its branches.
    enum class State : std::uint8_t { finished, moving, in_flight, parked, backing_off, reconsidering, branched };
    static constexpr std::uint32_t none = 0xffff'ffff;

    [[nodiscard]] inline Frame* frames() noexcept;
    [[nodiscard]] inline const Frame* frames() const noexcept;
    [[nodiscard]] Layer& innermost() const noexcept { return (*pipeline_)[depth_ - 1U]; }
    void renew_token() noexcept;
    /// As the observer knows it.
    [[nodiscard]] CallRef ref() const noexcept { return {root(), token_}; }
    [[nodiscard]] Context context(const Surroundings&, std::uint8_t layer) noexcept;
    void arm(const Surroundings&, std::uint8_t layer, Duration after);
    void descend(const Surroundings&);
    void stay(const Surroundings&, const Entry&);
    void send(const Surroundings&);
    void ascend(const Surroundings&, Outcome, Pushback retry_after = no_pushback);
    void come_out(const Surroundings&, Outcome);
    void take_back(const Surroundings&, std::uint8_t depth, std::uint8_t cut_by);

    // Branches, in branches.cpp.
    void begin_branch(const Surroundings&, Duration timer);
    void begin_below(const Surroundings&, Call& parent);
    void join(const Surroundings&, Outcome);
    void branch_ended(const Surroundings&, const BranchEnd&);
    void take_back_branches(const Surroundings&, std::uint8_t cut_by);
    void end_branch(const Surroundings&);

    const Pipeline* pipeline_ = nullptr;
    CallFacts facts_{};
    std::uint32_t id_;
    std::uint32_t token_ = 0;
    std::uint32_t youngest_ = none;  ///< id of the branch begun last among those under way; the next is kept with it
    State state_ = State::finished;
    std::uint8_t depth_ = 0;     ///< layers entered; while it waits, the layer that makes it wait is the last of them
    std::uint8_t floor_ = 0;     ///< of a branch: layers above it, which are its parent's to leave; 0 of a whole call
    std::uint8_t branches_ = 0;  ///< begun at the innermost layer
};

static_assert(sizeof(Call) % alignof(Frame) == 0, "frames lie directly behind the call");

// A simulation holds millions of calls at once.
static_assert(sizeof(Call) == 48 && sizeof(Frame) == 16);

inline Frame* Call::frames() noexcept { return std::launder(reinterpret_cast<Frame*>(this + 1)); }

inline const Frame* Call::frames() const noexcept { return std::launder(reinterpret_cast<const Frame*>(this + 1)); }

}  // namespace stampede
