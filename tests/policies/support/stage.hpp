#pragma once
/// One call on a stage with scripted layers; everything that happens is written down in words, in its order.

#include <cstddef>
#include <functional>
#include <memory>
#include <new>
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
    Outcome on_timer = Outcome::timeout;
    CallRef entered;  ///< the call, as this layer would name it to a waker

    Entry enter(Context& context, Frame& frame) override {
        script_.push_back("enter " + name_);
        fresh = frame.wide == 0 && frame.narrow == 0;
        frame.wide = frame.narrow = 99;
        entered = context.call;
        return on_enter();
    }
    Exit leave(Context&, Frame&, Outcome outcome) override {
        script_.push_back("leave " + name_ + " " + std::string(to_string(outcome)));
        return on_leave(outcome);
    }
    Outcome timer(Context&, Frame&) override {
        script_.push_back("timer " + name_);
        return on_timer;
    }
    void cancel(Context&, Frame&) override { script_.push_back("cancel " + name_); }

    bool fresh = false;  ///< the frame was zero at the last entry

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

    void start() { call_->start(surroundings(), pipeline); }
    bool settle(Outcome outcome) { return settle(outcome, call_->token()); }
    bool settle(Outcome outcome, std::uint32_t token) { return call_->attempt_settled(surroundings(), token, outcome); }
    void fire(const Timer& timer) { call_->timer(surroundings(), timer.layer, timer.token); }
    void resume(std::uint32_t token) { call_->resume(surroundings(), token); }
    Surroundings surroundings() { return {*this, *this, random_, now}; }
    /// What was written since the last time that it was asked.
    Script take() { return std::exchange(script, {}); }

    void send(Call&) override { script.push_back("send"); }
    void abandon(Call&) override { script.push_back("abandon"); }
    void arm(Call&, std::uint8_t layer, std::uint32_t token, Duration after) override {
        script.push_back("arm " + std::string(1, static_cast<char>('a' + layer)));
        timers.push_back({layer, token, after});
    }
    void finish(Call& finished, Outcome outcome) override {
        script.push_back("finish " + std::string(to_string(outcome)) + " " + std::to_string(finished.attempts()));
    }
    void wake(CallRef) override {}
    void refused(CallRef, Instant, Outcome outcome) override {
        script.push_back("refused " + std::string(to_string(outcome)));
    }
    void attempt_abandoned(CallRef, Instant, std::uint32_t attempt, std::uint8_t cut_by) override {
        script.push_back("abandoned " + std::to_string(attempt) + " by " +
                         std::string(1, static_cast<char>('a' + cut_by)));
    }

private:
    std::vector<std::unique_ptr<ScriptedLayer>> layers_;
    std::unique_ptr<std::byte[]> storage_;
    Call* call_;
    Stream random_{1};
};

}  // namespace stampede::test
