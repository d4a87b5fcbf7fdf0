#pragma once
/// One call on its way through an event loop: what of it does not depend on the type of its value.

#include <algorithm>
#include <asio/any_io_executor.hpp>
#include <asio/basic_waitable_timer.hpp>
#include <asio/bind_executor.hpp>
#include <asio/cancellation_signal.hpp>
#include <asio/post.hpp>
#include <asio/strand.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include "policies/core/call.hpp"
#include "policies/drivers/call_result.hpp"

namespace stampede {

/// What an asynchronous operation is told.
struct AsyncAttempt {
    std::uint32_t number;               ///< over all tries of the call, those beside each other too; from 1
    std::optional<Duration> time_left;  ///< until the first of the timeouts around it; empty without one
    asio::cancellation_slot cancelled;  ///< emits `terminal` when nobody waits for the attempt any more
    asio::any_io_executor executor;     ///< a strand of this call's own: run the operation there
};

namespace asio_driver {

class AnyPassage;

/// What all calls of one executor share.
struct Shared {
    Shared(Observer* given, std::uint64_t seed) : observer(given != nullptr ? *given : silent), random(seed) {}

    std::mutex mutex;  ///< guards all that follows, and the layers; held around decisions only
    Observer silent;
    Observer& observer;
    Stream random;
    std::vector<std::shared_ptr<AnyPassage>> passages;  ///< by call id: whose call it is; null where the id is free
    std::vector<std::uint32_t> free_ids;
};

/// Wakes a call from inside another one.
class AnyPassage : public Driver {
public:
    /// Called under the lock.
    virtual void resume_later(CallRef call) = 0;

protected:
    ~AnyPassage() = default;
};

/// Everything here runs on the call's strand. Decisions are made under the lock of `Shared`; what they ask for is noted
/// meanwhile and done after it has been given back.
template <class Clock>
class Passage : public AnyPassage, public std::enable_shared_from_this<Passage<Clock>> {
public:
    Passage(std::shared_ptr<Shared> shared, const asio::any_io_executor& io, typename Clock::time_point origin,
            const Pipeline& pipeline)
        : shared_(std::move(shared)), strand_(asio::make_strand(io)), origin_(origin), pipeline_(pipeline) {}
    Passage(const Passage&) = delete;
    Passage& operator=(const Passage&) = delete;
    virtual ~Passage() = default;

    void start() {
        tell([this](const Surroundings& here) { add_line(nullptr).call->start(here, pipeline_); });
    }
    /// The caller gives the call up.
    void cancel() {
        bool cancelled = false;
        tell([&](const Surroundings& here) {
            cancelled = !root().finished();
            root().cancel(here);
        });
        if (!cancelled) return;
        wind_up();
        complete_cancelled();
    }

    void resume_later(CallRef call) override {
        asio::post(strand_, [self = this->shared_from_this(), call] {
            self->tell([&](const Surroundings& here) { self->find(call.id).resume(here, call.token); });
        });
    }

    // Driver, called under the lock.
    void send(Call& call) override {
        line_of(call).running = std::make_shared<asio::cancellation_signal>();
        to_send_.push_back({call.id(), call.token()});
    }
    void abandon(Call& call) override { to_cancel_.push_back(std::move(line_of(call).running)); }
    void arm(Call& call, std::uint8_t layer, std::uint32_t token, Duration after) override {
        std::optional<Alarm>& alarm = line_of(call).alarms[layer];
        const Instant due = now_ + std::min(after, longest);
        if (!alarm) alarm.emplace(strand_);
        alarm->due = due;
        alarm->token = token;
        alarm->timer.expires_at(origin_ + std::chrono::duration_cast<typename Clock::duration>(due.time_since_epoch()));
        alarm->timer.async_wait(asio::bind_executor(
            strand_, [self = this->shared_from_this(), id = call.id(), layer, token](const asio::error_code& error) {
                if (error) return;  // another time was set, or the call has ended
                self->tell([&](const Surroundings& here) { self->find(id).timer(here, layer, token); });
            }));
    }
    void finish(Call& call, Outcome outcome) override { result_ = {outcome, call.attempts(), false}; }
    Call& acquire_branch(Call& parent) override {
        Line& of_parent = line_of(parent);
        for (const auto& line : lines_)
            if (line->free) {
                line->free = false;
                line->parent = &of_parent;
                return *line->call;
            }
        return *add_line(&of_parent).call;
    }
    void release_branch(Call& branch) override { line_of(branch).free = true; }
    Call& find(std::uint32_t id) override {
        for (const auto& line : lines_)
            if (line->call->id() == id) return *line->call;
        throw std::logic_error("a call was asked for one that is not its branch");
    }
    void wake(CallRef call) override { shared_->passages[call.id]->resume_later(call); }

protected:
    using Strand = asio::strand<asio::any_io_executor>;

    /// Starts the user's operation; may throw what the operation throws.
    virtual void launch(const AsyncAttempt& attempt, CallRef sent,
                        std::shared_ptr<asio::cancellation_signal> signal) = 0;
    virtual void complete(const CallResult& result) = 0;
    virtual void complete_cancelled() = 0;

    [[nodiscard]] const Strand& strand() const noexcept { return strand_; }

    /// Answers whether somebody waited for it; `keep` is called then, before anything is decided.
    template <class Keep>
    void settle(CallRef sent, Outcome outcome, Keep keep) {
        tell([&](const Surroundings& here) {
            Call& call = find(sent.id);
            if (!call.in_flight(sent.token)) return;
            keep();
            line_of(call).running.reset();
            call.attempt_settled(here, sent.token, outcome);
            if (result_) result_->from_attempt = result_->outcome == outcome;
        });
    }

private:
    struct Alarm {
        explicit Alarm(const Strand& strand) : timer(strand) {}
        asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, Strand> timer;
        Instant due{};
        std::uint32_t token = 0;
    };

    /// The call itself, or a branch of it.
    struct Line {
        std::unique_ptr<std::byte[]> storage;
        Call* call;
        Line* parent;
        bool free = false;
        std::vector<std::optional<Alarm>> alarms;              ///< by layer
        std::shared_ptr<asio::cancellation_signal> running{};  ///< of the attempt in flight
    };

    [[nodiscard]] Call& root() { return *lines_.front()->call; }

    template <class Event>
    void tell(Event event) {
        {
            const std::scoped_lock lock(shared_->mutex);
            now_ = Instant{std::chrono::duration_cast<Duration>(Clock::now() - origin_)};
            event(Surroundings{*this, shared_->observer, shared_->random, now_});
        }
        act();
    }

    /// Does what the decisions asked for. Operations that are of no use any more are told first.
    void act() {
        for (const auto& signal : std::exchange(to_cancel_, {})) signal->emit(asio::cancellation_type::terminal);
        for (const CallRef sent : std::exchange(to_send_, {})) {
            Line& line = line_of(find(sent.id));
            if (!line.call->in_flight(sent.token)) continue;  // another branch has won meanwhile
            launch({line.call->attempts(), time_left(line), line.running->slot(), strand_}, sent, line.running);
        }
        if (!result_) return;
        wind_up();
        complete(*std::exchange(result_, std::nullopt));
    }

    /// Until the first timeout around this line. A hedge's timer cuts nothing.
    [[nodiscard]] std::optional<Duration> time_left(const Line& line) const {
        std::optional<Duration> least;
        for (const Line* at = &line; at != nullptr; at = at->parent)
            for (std::uint8_t layer = 0; layer < pipeline_.depth(); ++layer) {
                const auto& alarm = at->alarms[layer];
                if (!alarm || pipeline_[layer].branches() || !at->call->awaits_timer(layer, alarm->token)) continue;
                const Duration left = std::max(Duration::zero(), alarm->due - now_);
                least = least ? std::min(*least, left) : left;
            }
        return least;
    }

    /// What the loop may still tell, such as the end of an operation that was cancelled, comes to a finished call.
    void wind_up() {
        {
            const std::scoped_lock lock(shared_->mutex);
            for (const auto& line : lines_) {
                shared_->passages[line->call->id()].reset();
                shared_->free_ids.push_back(line->call->id());
            }
        }
        for (const auto& line : lines_)
            for (auto& alarm : line->alarms)
                if (alarm) alarm->timer.cancel();
    }

    Line& line_of(const Call& call) {
        for (const auto& line : lines_)
            if (line->call == &call) return *line;
        throw std::logic_error("a call was told of one that is not its branch");
    }

    Line& add_line(Line* parent) {
        if (shared_->free_ids.empty()) {
            shared_->free_ids.reserve(shared_->passages.size() + 1);  // giving an id back must not fail
            shared_->free_ids.push_back(static_cast<std::uint32_t>(shared_->passages.size()));
            shared_->passages.emplace_back();
        }
        auto line = std::make_unique<Line>();
        line->storage = std::make_unique<std::byte[]>(Call::storage(pipeline_.depth()));
        line->alarms.resize(pipeline_.depth());
        line->parent = parent;
        const std::uint32_t id = shared_->free_ids.back();
        line->call = new (line->storage.get()) Call(id);
        lines_.push_back(std::move(line));
        shared_->free_ids.pop_back();
        shared_->passages[id] = this->shared_from_this();
        return *lines_.back();
    }

    std::shared_ptr<Shared> shared_;
    Strand strand_;
    typename Clock::time_point origin_;
    const Pipeline& pipeline_;
    std::vector<std::unique_ptr<Line>> lines_;  ///< the whole call first; lines of branches are used again
    Instant now_{};                             ///< of the event that is being told
    std::vector<CallRef> to_send_;
    std::vector<std::shared_ptr<asio::cancellation_signal>> to_cancel_;
    std::optional<CallResult> result_;
};

}  // namespace asio_driver
}  // namespace stampede
