#pragma once
/// One call on a stage with scripted layers; everything that happens is written down in words, in its order.

#include <cstddef>
#include <functional>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "policies/core/call.hpp"

namespace stampede::test {

using Script = std::vector<std::string>;

/// Answers as it is told; where it is told nothing it lets everything through.
class ScriptedLayer final : public Layer {
public:
    ScriptedLayer(std::string name, Script& script) : name_(std::move(name)), script_(script) {}

    std::function<Entry()> on_enter = [] { return Entry::proceed(); };
    std::function<Exit(Outcome)> on_leave = [](Outcome outcome) { return Exit::pass(outcome); };
    std::function<Verdict()> on_timer = [] { return Verdict::cut(Outcome::timeout); };
    CallRef entered;  ///< the call, as this layer would name it to a waker

    Entry enter(Context& context, Frame& frame) override {
        script_.push_back("enter " + name_);
        fresh = frame.wide == 0 && frame.narrow == 0;
        frame.wide = frame.narrow = 99;
        entered = context.self;
        return on_enter();
    }
    Exit leave(Context& context, Frame&, Outcome outcome) override {
        retry_after = context.retry_after;
        script_.push_back("leave " + name_ + " " + std::string(to_string(outcome)));
        return on_leave(outcome);
    }
    Verdict timer(Context&, Frame&) override {
        script_.push_back("timer " + name_);
        return on_timer();
    }
    void cancel(Context&, Frame&) override { script_.push_back("cancel " + name_); }

    Pushback retry_after{};  ///< that the last `leave` was told of
    bool fresh = false;      ///< the frame was zero at the last entry

private:
    std::string name_;
    Script& script_;
};

class Stage final : public Driver, public Observer {
public:
    struct Timer {
        std::uint8_t layer;
        std::uint32_t token;
        Duration after;
        std::uint32_t call = 7;
    };

    /// Layers called a, b, c … from the outside in.
    explicit Stage(std::size_t depth) {
        std::vector<Layer*> refs;
        for (std::size_t i = 0; i < depth; ++i) {
            layers_.push_back(std::make_unique<ScriptedLayer>(std::string(1, static_cast<char>('a' + i)), script));
            refs.push_back(layers_.back().get());
        }
        pipeline = Pipeline{refs};
        storage_ = std::make_unique<std::byte[]>(Call::storage(depth));
        call_ = new (storage_.get()) Call(7);
    }

    Script script;
    std::vector<Timer> timers;
    Pipeline pipeline;
    Instant now{};

    ScriptedLayer& operator[](std::size_t i) { return *layers_[i]; }
    Call& call() { return *call_; }
    /// In the order in which they were begun, from 0.
    Call& branch(std::size_t number) { return *branches_.at(number); }

    void start() { call_->start(surroundings(), pipeline); }
    bool settle(Outcome outcome) { return settle(outcome, call_->token()); }
    bool settle(Outcome outcome, std::uint32_t token) { return call_->attempt_settled(surroundings(), token, outcome); }
    bool settle(Outcome outcome, Pushback retry_after) {
        return call_->attempt_settled(surroundings(), call_->token(), outcome, retry_after);
    }
    bool settle_branch(std::size_t number, Outcome outcome) {
        return branch(number).attempt_settled(surroundings(), branch(number).token(), outcome);
    }
    void fire(const Timer& timer) { find(timer.call).timer(surroundings(), timer.layer, timer.token); }
    void cancel() { call_->cancel(surroundings()); }
    void resume(std::uint32_t token) { call_->resume(surroundings(), token); }
    Surroundings surroundings() { return {*this, *this, random_, now}; }
    /// What was written since the last time that it was asked.
    Script take() { return std::exchange(script, {}); }

    void send(Call& call) override { script.push_back("send" + name_of(call)); }
    void abandon(Call& call) override { script.push_back("abandon" + name_of(call)); }
    void arm(Call& call, std::uint8_t layer, std::uint32_t token, Duration after) override {
        script.push_back("arm " + std::string(1, static_cast<char>('a' + layer)));
        timers.push_back({layer, token, after, call.id()});
    }
    void finish(Call& finished, Outcome outcome) override {
        script.push_back("finish " + std::string(to_string(outcome)) + " " + std::to_string(finished.attempts()));
    }
    Call& acquire_branch(Call&) override {
        branch_storage_.push_back(std::make_unique<std::byte[]>(Call::storage(pipeline.depth())));
        const auto id = static_cast<std::uint32_t>(branches_.size());
        return *branches_.emplace_back(new (branch_storage_.back().get()) Call(first_branch + id));
    }
    void release_branch(Call& branch) override { script.push_back("release" + name_of(branch)); }
    Call& find(std::uint32_t id) override { return id == call_->id() ? *call_ : branch(id - first_branch); }
    void wake(CallRef) override {}
    void hedged(CallRef ref, Instant, std::uint32_t number) override {
        told_of(ref);
        script.push_back("hedged " + std::to_string(number));
    }
    void branch_chosen(CallRef ref, Instant, const BranchEnd& end) override {
        told_of(ref);
        script.push_back("chosen " + std::to_string(end.branch) + " " + std::string(to_string(end.outcome)));
    }
    void call_cancelled(CallRef ref, Instant, std::uint32_t attempts) override {
        told_of(ref);
        script.push_back("cancelled " + std::to_string(attempts));
    }
    void refused(CallRef, Instant, Outcome outcome) override {
        script.push_back("refused " + std::string(to_string(outcome)));
    }
    void attempt_abandoned(CallRef ref, Instant, std::uint32_t attempt, std::uint8_t cut_by) override {
        told_of(ref);
        const std::string by = cut_by == cut_by_caller ? "caller" : std::string(1, static_cast<char>('a' + cut_by));
        script.push_back("abandoned " + std::to_string(attempt) + " by " + by);
    }

private:
    static constexpr std::uint32_t first_branch = 100;

    static std::string name_of(const Call& call) {
        return call.is_branch() || call.id() >= first_branch ? " #" + std::to_string(call.id() - first_branch) : "";
    }
    /// Whatever branch it happened to, the observer hears of the call.
    void told_of(CallRef ref) const {
        if (ref.id != call_->id()) throw std::logic_error("the observer was told of a branch's id");
    }

    std::vector<std::unique_ptr<std::byte[]>> branch_storage_;
    std::vector<Call*> branches_;
    std::vector<std::unique_ptr<ScriptedLayer>> layers_;
    std::unique_ptr<std::byte[]> storage_;
    Call* call_;
    Stream random_{1};
};

}  // namespace stampede::test
