#include "policies/drivers/blocking.hpp"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <cstddef>
#include <new>
#include <utility>

#include "policies/drivers/seed.hpp"

namespace stampede {

/// One call on its way, driven by the thread that made it. All but the user's function runs under the executor's lock.
class BlockingExecutor::Passage final : public Driver {
public:
    explicit Passage(BlockingExecutor& executor) : executor_(executor), began_(executor.clock_.now()) {}
    Passage(const Passage&) = delete;
    Passage& operator=(const Passage&) = delete;

    /// `lock` is held. What can be done without it, the constructor has done.
    CallResult run(std::unique_lock<std::mutex>& lock, const Pipeline& pipeline, Work work) {
        const Seat seat(*this);
        depth_ = pipeline.depth();
        call_->start(surroundings(began_), pipeline);
        while (!call_->finished()) {
            if (to_send_) {
                // As of the event that asked for it: the clock is read no more often than it must be.
                if (!fire_due_timer(same_moment())) attempt(lock, work);
            } else if (woken_ != 0) {
                call_->resume(surroundings(), std::exchange(woken_, 0));
            } else if (!fire_due_timer(surroundings())) {
                executor_.clock_.wait(lock, awake_, next_due());
            }
        }
        return result_;
    }

    void send(Call&) override { to_send_ = true; }
    void abandon(Call&) override { to_send_ = false; }
    void arm(Call&, std::uint8_t layer, std::uint32_t token, Duration after) override {
        timers_[layer] = {now_ + std::min(after, longest), token};
    }
    void finish(Call& call, Outcome outcome) override { result_ = {outcome, call.attempts(), false}; }
    void wake(CallRef call) override { executor_.wake(call); }
    void notify(std::uint32_t token) {
        woken_ = token;
        awake_.notify_one();
    }

private:
    /// The id of a call is its for as long as this lives.
    struct Seat {
        explicit Seat(Passage& passage) : executor(passage.executor_), id(take_id(executor)) {
            executor.passages_[id] = &passage;
            passage.call_ = new (passage.storage_) Call(id);
        }
        ~Seat() { executor.free_ids_.push_back(id); }
        Seat(const Seat&) = delete;
        Seat& operator=(const Seat&) = delete;

        BlockingExecutor& executor;
        std::uint32_t id;
    };

    struct Timer {
        Instant due;
        std::uint32_t token = 0;
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
        return same_moment();
    }

    /// The layer whose timer comes first, the outermost of equals; `max_layers` where none is awaited.
    [[nodiscard]] std::uint8_t first_timer() const {
        std::uint8_t first = max_layers;
        for (std::uint8_t layer = 0; layer < depth_; ++layer)
            if (call_->awaits_timer(layer, timers_[layer].token) &&
                (first == max_layers || timers_[layer].due < timers_[first].due))
                first = layer;
        return first;
    }

    [[nodiscard]] std::optional<Instant> next_due() const {
        const std::uint8_t first = first_timer();
        return first == max_layers ? std::nullopt : std::optional(timers_[first].due);
    }

    bool fire_due_timer(const Surroundings& here) {
        const std::uint8_t first = first_timer();
        if (first == max_layers || timers_[first].due > here.now) return false;
        call_->timer(here, first, timers_[first].token);
        return true;
    }

    /// Timeouts that passed while the function ran come before what it returned.
    void attempt(std::unique_lock<std::mutex>& lock, Work work) {
        to_send_ = false;
        const std::uint32_t token = call_->token();
        Attempt told{call_->attempts(), std::nullopt};
        if (const auto due = next_due()) told.time_left = std::max(Duration::zero(), *due - now_);

        lock.unlock();
        const Outcome outcome = work.invoke(work.object, told);
        const Instant ended = executor_.clock_.now();
        lock.lock();

        const Surroundings here = surroundings(ended);
        while (call_->in_flight(token) && fire_due_timer(here)) {
        }
        if (call_->attempt_settled(here, token, outcome) && call_->finished())
            result_.from_attempt = result_.outcome == outcome;
    }

    BlockingExecutor& executor_;
    Instant began_;
    alignas(Call) std::byte storage_[Call::storage(max_layers)];
    Call* call_ = nullptr;
    std::array<Timer, max_layers> timers_{};
    std::uint8_t depth_ = 0;
    std::condition_variable awake_;
    Instant now_{};            ///< of the event that is being told
    std::uint32_t woken_ = 0;  ///< the token that it was woken under, 0 while it was not
    bool to_send_ = false;
    CallResult result_{};
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
    : observer_(options.observer != nullptr ? *options.observer : silent_),
      clock_(options.clock != nullptr ? *options.clock : real_clock()),
      random_(options.seed ? *options.seed : random_seed()) {}

CallResult BlockingExecutor::drive(const Pipeline& pipeline, Work work) {
    if (pipeline.branches())
        throw std::invalid_argument("a blocking call is one thread and cannot hedge: use the Asio driver");
    Passage passage(*this);
    std::unique_lock lock(mutex_);
    return passage.run(lock, pipeline, work);
}

void BlockingExecutor::wake(CallRef call) { passages_[call.id]->notify(call.token); }

void BlockingExecutor::swap(LiveStack& stack, const StackSettings& settings) {
    const std::scoped_lock lock(mutex_);
    Doorkeeper doorkeeper{*this};
    stack.swap(settings, doorkeeper);
}

}  // namespace stampede
