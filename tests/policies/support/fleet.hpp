#pragma once
/// A few calls at once through the real layers, on a small agenda of its own: what a simulator does, for tests.

#include <algorithm>
#include <cstddef>
#include <map>
#include <memory>
#include <new>
#include <queue>
#include <set>
#include <vector>

#include "policies/core/call.hpp"
#include "policies/stack.hpp"

namespace stampede::test {

/// What happened to all calls together, counted by the observer's hooks.
struct Counts : Observer {
    struct End {
        std::uint32_t call;
        Instant at;
        Outcome outcome;
        std::uint32_t attempts;
        friend bool operator==(const End&, const End&) = default;
    };
    int calls = 0, finished = 0, cancelled = 0, attempts = 0, settled = 0, abandoned = 0;
    int hedged_calls = 0;
    bool numbered = true;  ///< the attempts of every call were numbered 1, 2, 3 … over all its branches
    std::vector<End> ends;

    void call_started(CallRef call, Instant) override {
        ++calls;
        last_attempt_[call.id] = 0;
    }
    void attempt_started(CallRef call, Instant, std::uint32_t attempt) override {
        ++attempts;
        numbered = numbered && attempt == ++last_attempt_[call.id];
    }
    void attempt_settled(CallRef, Instant, std::uint32_t, Outcome) override { ++settled; }
    void attempt_abandoned(CallRef, Instant, std::uint32_t, std::uint8_t) override { ++abandoned; }
    void call_finished(CallRef call, Instant at, Outcome outcome, std::uint32_t attempts_made) override {
        ++finished;
        numbered = numbered && attempts_made == last_attempt_[call.id];
        ends.push_back({call.id, at, outcome, attempts_made});
    }
    void call_cancelled(CallRef, Instant, std::uint32_t) override { ++cancelled; }
    void hedged(CallRef, Instant, std::uint32_t) override { ++hedged_calls; }

private:
    std::map<std::uint32_t, std::uint32_t> last_attempt_;  ///< by call
};

/// Counts who goes in and who comes out, and knows everyone who is inside.
class Turnstile final : public Layer {
public:
    Entry enter(Context&, Frame& frame) override {
        frame.wide = ++tickets_;
        inside_.insert(frame.wide);
        return Entry::proceed();
    }
    Exit leave(Context&, Frame& frame, Outcome outcome) override {
        out(frame);
        return Exit::pass(outcome);
    }
    void cancel(Context&, Frame& frame) override { out(frame); }

    [[nodiscard]] bool empty() const { return inside_.empty(); }
    /// Nobody came out who was not inside.
    [[nodiscard]] bool orderly() const { return orderly_; }

private:
    void out(const Frame& frame) { orderly_ = inside_.erase(frame.wide) == 1 && orderly_; }

    std::set<std::int64_t> inside_;
    std::int64_t tickets_ = 0;
    bool orderly_ = true;
};

class Fleet final : public Driver {
public:
    Fleet(const StackSettings& stack, std::size_t clients, std::uint64_t seed)
        : random_(seed), choose_(~seed), stir_(seed + 1) {
        for (const LayerSettings& settings : stack) {
            layers_.push_back(make_layer(settings, 0));
            layers_.push_back(std::make_unique<Turnstile>());
        }
        std::vector<Layer*> refs;
        for (const auto& layer : layers_) refs.push_back(layer.get());
        pipeline_ = Pipeline{refs};
        outcomes_.resize(clients);
        for (std::size_t client = 0; client < clients; ++client) add_call();
    }

    Counts counts;
    /// How an attempt ends, drawn for each: the share of successes, and the longest time that one takes.
    double success_rate = 0.5;
    Duration slowest = std::chrono::seconds{3};

    /// Adds stale and wrong events after every true one; they must change nothing.
    bool nonsense = false;

    void start(std::size_t client, Duration after) {
        push({now_ + after, Kind::start, static_cast<std::uint32_t>(client), 0, 0, {}});
    }

    /// Whatever the call does then, its caller gives it up.
    void cancel(std::size_t client, Duration after) {
        push({now_ + after, Kind::cancel, static_cast<std::uint32_t>(client), 0, 0, {}});
    }

    /// Until nothing is left to happen.
    void run() {
        while (!agenda_.empty()) {
            const Event event = agenda_.top();
            agenda_.pop();
            now_ = event.at;
            tell(event);
            if (nonsense) tell_nonsense();
        }
    }

    [[nodiscard]] const std::vector<Outcome>& outcomes_of(std::size_t client) const { return outcomes_[client]; }
    [[nodiscard]] bool idle() const {
        return std::all_of(calls_.begin(), calls_.end(), [](const Call* call) { return call->finished(); });
    }
    [[nodiscard]] int branches() const { return branches_; }
    [[nodiscard]] int in_flight() const { return sent_ - counts.settled - counts.abandoned; }

    template <class L, class Visit>
    void each(Visit visit) const {
        for (const auto& layer : layers_)
            if (const auto* found = dynamic_cast<const L*>(layer.get())) visit(*found);
    }

    void send(Call& call) override {
        ++sent_;
        const Outcome outcome = choose_.uniform() < success_rate ? Outcome::success : failure();
        const Duration takes{static_cast<std::int64_t>(choose_.uniform() * static_cast<double>(slowest.count()))};
        push({now_ + takes, Kind::settle, call.id(), 0, call.token(), outcome});
    }
    void abandon(Call&) override {}
    void arm(Call& call, std::uint8_t layer, std::uint32_t token, Duration after) override {
        push({now_ + after, Kind::timer, call.id(), layer, token, {}});
    }
    void finish(Call& call, Outcome outcome) override { outcomes_[call.id()].push_back(outcome); }
    Call& acquire_branch(Call&) override {
        ++branches_;
        if (free_.empty()) return add_call();
        Call& branch = *free_.back();
        free_.pop_back();
        return branch;
    }
    void release_branch(Call& branch) override {
        --branches_;
        free_.push_back(&branch);
    }
    Call& find(std::uint32_t id) override { return *calls_[id]; }
    void wake(CallRef call) override { push({now_, Kind::resume, call.id, 0, call.token, {}}); }

private:
    enum class Kind { start, settle, timer, resume, cancel };
    struct Event {
        Instant at;
        Kind kind;
        std::uint32_t id;
        std::uint8_t layer;
        std::uint32_t token;
        Outcome outcome;
        std::uint64_t order = 0;

        friend bool operator<(const Event& a, const Event& b) {
            return a.at != b.at ? a.at > b.at : a.order > b.order;  // the queue serves the greatest first
        }
    };

    Call& add_call() {
        storage_.push_back(std::make_unique<std::byte[]>(Call::storage(pipeline_.depth())));
        return *calls_.emplace_back(new (storage_.back().get()) Call(static_cast<std::uint32_t>(calls_.size())));
    }

    void push(Event event) {
        event.order = ++order_;
        agenda_.push(event);
    }

    Outcome failure() {
        constexpr Outcome failures[] = {Outcome::transient, Outcome::overload, Outcome::unavailable,
                                        Outcome::client_error};
        return failures[choose_.bits() % 4];
    }

    void tell(const Event& event) {
        Call& call = *calls_[event.id];
        const Surroundings here{*this, counts, random_, now_};
        switch (event.kind) {
            case Kind::start:
                return call.start(here, pipeline_);
            case Kind::settle:
                call.attempt_settled(here, event.token, event.outcome);
                return;
            case Kind::timer:
                return call.timer(here, event.layer, event.token);
            case Kind::resume:
                return call.resume(here, event.token);
            case Kind::cancel:
                return call.cancel(here);
        }
    }

    /// Events under tokens that are not, or no longer, those of the call.
    void tell_nonsense() {
        Call& call = *calls_[stir_.bits() % calls_.size()];
        const Surroundings here{*this, counts, random_, now_};
        const auto old = static_cast<std::uint32_t>(call.token() - 1 - stir_.bits() % 3);
        call.attempt_settled(here, old, Outcome::success);
        call.resume(here, old);
        call.timer(here, static_cast<std::uint8_t>(stir_.bits()), call.token() + 1);
        if (call.finished()) {
            call.attempt_settled(here, call.token(), Outcome::success);
            call.resume(here, call.token());
            call.timer(here, 0, call.token());
        }
    }

    std::vector<std::unique_ptr<Layer>> layers_;
    Pipeline pipeline_;
    std::vector<std::unique_ptr<std::byte[]>> storage_;
    std::vector<Call*> calls_;  ///< by id: first the clients', then those that serve as branches
    std::vector<Call*> free_;
    int branches_ = 0;
    std::vector<std::vector<Outcome>> outcomes_;
    std::priority_queue<Event> agenda_;
    std::uint64_t order_ = 0;
    Stream random_;
    Stream choose_;  ///< of how attempts end
    Stream stir_;    ///< of nonsense: its own, so that a run is the same with and without
    Instant now_{};
    int sent_ = 0;
};

}  // namespace stampede::test
