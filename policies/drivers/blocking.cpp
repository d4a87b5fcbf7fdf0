#include "policies/drivers/blocking.hpp"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <cstddef>
#include <new>
#include <utility>

#include "policies/drivers/seed.hpp"

namespace stampede {
namespace {

void refuse_branches(const Pipeline& pipeline) {
    if (pipeline.branches())
        throw std::invalid_argument("a blocking call is one thread and cannot hedge: use the Asio driver");
}

}  // namespace

/// One call on its way, driven by the thread that made it. While every layer would let it through and stay as it is,
/// it needs neither the lock nor a place among the calls under way, nor, without a timeout, the time. All else but the
/// user's function runs under the executor's lock.
class BlockingExecutor::Passage final : public Driver {
public:
    Passage(BlockingExecutor& executor, const Pipeline& pipeline, CallResult& result)
        : executor_(executor), pipeline_(pipeline), result_(result), call_(*new (storage_) Call(0)) {}
    Passage(const Passage&) = delete;
    Passage& operator=(const Passage&) = delete;

    void run(Work work) {
        if (executor_.observed_ || !call_.start_unchanged(*this, pipeline_)) {
            const Instant began = clock_read_ ? now_ : executor_.clock_.now();
            std::unique_lock lock(executor_.mutex_);
            const Seat seat(*this);
            call_.start(surroundings(began), pipeline_);
            return finish(lock, work);
        }
        const std::uint32_t token = call_.token();
        const Outcome outcome = work.invoke(work.object, told());
        result_ = {outcome, 1, true};
        if (!clock_read_ && call_.settle_unchanged(outcome)) return;
        const Instant ended = executor_.clock_.now();
        if (!is_due(ended) && call_.settle_unchanged(outcome)) return;
        std::unique_lock lock(executor_.mutex_);
        const Seat seat(*this);
        settle(ended, token, outcome);
        finish(lock, work);
    }

    void send(Call&) override { to_send_ = true; }
    void abandon(Call&) override { to_send_ = false; }
    void arm(Call&, std::uint8_t layer, std::uint32_t token, Duration after) override {
        if (!clock_read_) now_ = executor_.clock_.now();
        clock_read_ = true;
        timers_[layer] = {(now_ + std::min(after, longest)).time_since_epoch().count(), token};
        armed_ |= 1U << layer;
    }
    void finish(Call& call, Outcome outcome) override { result_ = {outcome, call.attempts(), false}; }
    void wake(CallRef call) override { executor_.wake(call); }
    void notify(std::uint32_t token) {
        woken_ = token;
        seat_->awake.notify_one();
    }

private:
    /// The id of a call is its for as long as this lives.
    struct Seat {
        explicit Seat(Passage& passage) : executor(passage.executor_), id(take_id(executor)) {
            executor.passages_[id] = &passage;
            passage.call_.rename(id);
            passage.seat_ = this;
        }
        ~Seat() { executor.free_ids_.push_back(id); }
        Seat(const Seat&) = delete;
        Seat& operator=(const Seat&) = delete;

        BlockingExecutor& executor;
        std::uint32_t id;
        std::condition_variable awake;
    };

    /// Trivial, so that there is nothing to do for the many that are not needed.
    struct Timer {
        Duration::rep due_since_epoch;
        std::uint32_t token;

        [[nodiscard]] Instant due() const noexcept { return Instant{Duration{due_since_epoch}}; }
    };

    /// Leaves room for the id to come back, so that giving it back cannot fail.
    static std::uint32_t take_id(BlockingExecutor& executor) {
        if (executor.free_ids_.empty()) {
            executor.free_ids_.reserve(executor.passages_.size() + 1);
            executor.passages_.push_back(nullptr);
            return static_cast<std::uint32_t>(executor.passages_.size() - 1);
        }
        const std::uint32_t id = executor.free_ids_.back();
        executor.free_ids_.pop_back();
        return id;
    }

    [[nodiscard]] Surroundings same_moment() { return {*this, executor_.observer_, executor_.random_, now_}; }
    [[nodiscard]] Surroundings surroundings() { return surroundings(executor_.clock_.now()); }
    /// Time never goes backwards for the layers, however long a thread that has read the clock waits for the lock.
    [[nodiscard]] Surroundings surroundings(Instant read) {
        now_ = executor_.latest_ = std::max(executor_.latest_, read);
        clock_read_ = true;
        return same_moment();
    }

    /// The layer whose timer comes first, the outermost of equals; `max_layers` where none is awaited.
    [[nodiscard]] std::uint8_t first_timer() const {
        std::uint8_t first = max_layers;
        for (std::uint8_t layer = 0; layer < pipeline_.depth(); ++layer)
            if ((armed_ >> layer & 1U) != 0 && call_.awaits_timer(layer, timers_[layer].token) &&
                (first == max_layers || timers_[layer].due() < timers_[first].due()))
                first = layer;
        return first;
    }

    [[nodiscard]] std::optional<Instant> next_due() const {
        const std::uint8_t first = first_timer();
        return first == max_layers ? std::nullopt : std::optional(timers_[first].due());
    }
    [[nodiscard]] bool is_due(Instant now) const {
        const std::uint8_t first = first_timer();
        return first != max_layers && timers_[first].due() <= now;
    }

    bool fire_due_timer(const Surroundings& here) {
        const std::uint8_t first = first_timer();
        if (first == max_layers || timers_[first].due() > here.now) return false;
        call_.timer(here, first, timers_[first].token);
        return true;
    }

    /// Of a call that has started, under the lock.
    void finish(std::unique_lock<std::mutex>& lock, Work work) {
        while (!call_.finished()) {
            if (to_send_) {
                // As of the event that asked for it: the clock is read no more often than it must be.
                if (!fire_due_timer(same_moment())) attempt(lock, work);
            } else if (woken_ != 0) {
                call_.resume(surroundings(), std::exchange(woken_, 0));
            } else if (!fire_due_timer(surroundings())) {
                executor_.clock_.wait(lock, seat_->awake, next_due());
            }
        }
    }

    [[nodiscard]] Attempt told() const {
        Attempt told{call_.attempts(), std::nullopt};
        if (!clock_read_) return told;  // nor was a timer armed
        if (const auto due = next_due()) told.time_left = std::max(Duration::zero(), *due - now_);
        return told;
    }

    void attempt(std::unique_lock<std::mutex>& lock, Work work) {
        to_send_ = false;
        const std::uint32_t token = call_.token();
        const Attempt about = told();
        lock.unlock();
        const Outcome outcome = work.invoke(work.object, about);
        const Instant ended = executor_.clock_.now();
        lock.lock();
        settle(ended, token, outcome);
    }

    /// Timeouts that passed while the function ran come before what it returned.
    void settle(Instant ended, std::uint32_t token, Outcome outcome) {
        const Surroundings here = surroundings(ended);
        while (call_.in_flight(token) && fire_due_timer(here)) {
        }
        if (call_.attempt_settled(here, token, outcome) && call_.finished())
            result_.from_attempt = result_.outcome == outcome;
    }

    BlockingExecutor& executor_;
    const Pipeline& pipeline_;
    CallResult& result_;
    alignas(Call) std::byte storage_[Call::storage(max_layers)];
    Call& call_;
    std::array<Timer, max_layers> timers_;  ///< of layers in `armed_`; the others are not set
    Seat* seat_ = nullptr;                  ///< while it has a place among the calls under way
    Instant now_{};                         ///< of the event that is being told, once the clock was read
    std::uint32_t woken_ = 0;               ///< the token that it was woken under, 0 while it was not
    std::uint32_t armed_ = 0;               ///< layers whose timer was ever set, one bit each
    bool clock_read_ = false;
    bool to_send_ = false;
};

/// Wakes calls from outside of any call.
class BlockingExecutor::Doorkeeper final : public Waker {
public:
    explicit Doorkeeper(BlockingExecutor& executor) : executor_(executor) {}
    void wake(CallRef call) override { executor_.wake(call); }

private:
    BlockingExecutor& executor_;
};

BlockingExecutor::BlockingExecutor(const BlockingOptions& options)
    : observed_(options.observer != nullptr),
      observer_(options.observer != nullptr ? *options.observer : silent_),
      clock_(options.clock != nullptr ? *options.clock : real_clock()),
      random_(options.seed ? *options.seed : random_seed()) {}

void BlockingExecutor::drive(const Pipeline& pipeline, Work work, CallResult& result) {
    refuse_branches(pipeline);
    Passage(*this, pipeline, result).run(work);
}

void BlockingExecutor::wake(CallRef call) { passages_[call.id]->notify(call.token); }

void BlockingExecutor::swap(LiveStack& stack, const StackSettings& settings) {
    refuse_branches(Stack{settings}.pipeline());
    const std::scoped_lock lock(mutex_);
    Doorkeeper doorkeeper{*this};
    stack.swap(settings, doorkeeper);
}

}  // namespace stampede
