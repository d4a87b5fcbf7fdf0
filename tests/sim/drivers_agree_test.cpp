/// One script of how attempts end, through every driver: the policies cannot tell who does the waiting.

#include <rapidcheck.h>

#include <asio/bind_cancellation_slot.hpp>
#include <catch2/catch.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include "policies/drivers/asio.hpp"
#include "policies/drivers/blocking.hpp"
#include "policies/live/stack.hpp"
#include "sim/clients/call_pool.hpp"
#include "sim/kernel/agenda.hpp"
#include "tests/policies/support/fake_clock.hpp"
#include "tests/policies/support/manual_clock.hpp"

using namespace stampede;
using namespace stampede::test;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t seed = 42;

/// How attempts end, in the order in which they are started; after the last, from the first again.
struct Script {
    struct Step {
        Duration takes;
        Outcome outcome;
    };
    std::vector<Step> steps;
    std::size_t calls;

    [[nodiscard]] const Step& step(std::size_t number) const { return steps[number % steps.size()]; }
};

/// All that a driver's observer is told, in words.
struct Story : Observer {
    std::vector<std::string> lines;

    void call_started(CallRef, Instant at) override { tell(at, "call"); }
    void attempt_started(CallRef, Instant at, std::uint32_t n) override { tell(at, "attempt", n); }
    void attempt_settled(CallRef, Instant at, std::uint32_t n, Outcome outcome) override {
        tell(at, "settled " + std::string(to_string(outcome)), n);
    }
    void attempt_abandoned(CallRef, Instant at, std::uint32_t n, std::uint8_t by) override {
        tell(at, "abandoned by " + std::to_string(by), n);
    }
    void call_finished(CallRef, Instant at, Outcome outcome, std::uint32_t n) override {
        tell(at, "finished " + std::string(to_string(outcome)), n);
    }
    void retry_scheduled(CallRef, Instant at, const RetryScheduled& retry) override {
        tell(at, "retry after " + std::to_string(retry.delay.count()), retry.retry);
    }
    void breaker_changed(Instant at, const BreakerTransition& change) override {
        tell(at, "breaker " + std::string(to_string(change.to)));
    }
    void refused(CallRef, Instant at, Outcome outcome) override {
        tell(at, "refused " + std::string(to_string(outcome)));
    }
    void fallback_used(CallRef, Instant at, Outcome outcome, bool) override {
        tell(at, "fallback for " + std::string(to_string(outcome)));
    }
    void hedged(CallRef, Instant at, std::uint32_t n) override { tell(at, "hedged", n); }
    void branch_chosen(CallRef, Instant at, const BranchEnd& end) override {
        tell(at, "chosen " + std::string(to_string(end.outcome)), end.branch);
    }

private:
    void tell(Instant at, const std::string& what, std::uint32_t number = 0) {
        lines.push_back(std::to_string(at.time_since_epoch().count()) + " " + what + " " + std::to_string(number));
    }
};

std::vector<std::string> through_threads(const StackSettings& settings, const Script& script) {
    const Stack stack{settings};
    Story story;
    FakeClock clock;
    BlockingExecutor executor{{.seed = seed, .observer = &story, .clock = &clock}};
    std::size_t started = 0;
    for (std::size_t call = 0; call < script.calls; ++call)
        executor.run(stack.pipeline(), [&](const Attempt& attempt) {
            const Script::Step& step = script.step(started++);
            clock.advance(std::min(step.takes, attempt.time_left.value_or(step.takes)));  // keeps its time
            return step.outcome;
        });
    return story.lines;
}

std::vector<std::string> through_event_loop(const StackSettings& settings, const Script& script) {
    const Stack stack{settings};
    Story story;
    asio::io_context io;
    BasicAsioExecutor<ManualClock> executor{io.get_executor(), {.seed = seed, .observer = &story}};
    std::size_t started = 0;
    const auto operation = [&](const AsyncAttempt& attempt, AsyncDone<void, ManualClock> done) {
        const Script::Step& step = script.step(started++);
        auto timer = std::make_shared<asio::basic_waitable_timer<ManualClock>>(attempt.executor, step.takes);
        timer->async_wait(asio::bind_cancellation_slot(
            attempt.cancelled, [timer, done, outcome = step.outcome](asio::error_code) { done(outcome); }));
    };
    std::size_t left = script.calls;
    std::function<void()> next = [&] {
        if (left-- > 0) executor.async_call<void>(stack.pipeline(), operation, [&](std::exception_ptr) { next(); });
    };
    next();
    run_for(io, 10h);
    return story.lines;
}

/// As the simulator does, without anything between client and service.
class Simulator final : public Driver {
public:
    Simulator(const Pipeline& pipeline, const Script& script)
        : pipeline_(pipeline), script_(script), pool_(1, pipeline.depth()) {}

    std::vector<std::string> run() {
        for (std::size_t call = 0; call < script_.calls; ++call) {
            Call& root = pool_.acquire(0);
            root.start(surroundings(), pipeline_);
            sim::Event event;
            while (!root.finished() && agenda_.next(Instant::max(), event)) tell(event);
        }
        return story_.lines;
    }

    void send(Call& call) override {
        const Script::Step& step = script_.step(started_++);
        agenda_.after(step.takes, {.kind = sim::EventKind::reply,
                                   .detail = static_cast<std::uint8_t>(step.outcome),
                                   .subject = call.id(),
                                   .token = call.token()});
    }
    void abandon(Call&) override {}
    void arm(Call& call, std::uint8_t layer, std::uint32_t token, Duration after) override {
        agenda_.after(after,
                      {.kind = sim::EventKind::call_timer, .detail = layer, .subject = call.id(), .token = token});
    }
    void finish(Call&, Outcome) override {}
    Call& acquire_branch(Call& parent) override { return pool_.acquire_branch(parent); }
    void release_branch(Call& branch) override { pool_.release(branch); }
    Call& find(std::uint32_t id) override { return pool_.call(id); }
    void wake(CallRef call) override {
        agenda_.after(Duration::zero(), {.kind = sim::EventKind::call_resume, .subject = call.id, .token = call.token});
    }

private:
    Surroundings surroundings() { return {*this, story_, random_, agenda_.now()}; }

    /// Stale events move the clock and nothing else.
    void tell(const sim::Event& event) {
        Call& call = pool_.call(event.subject);
        if (event.kind == sim::EventKind::reply)
            call.attempt_settled(surroundings(), event.token, static_cast<Outcome>(event.detail));
        else if (event.kind == sim::EventKind::call_timer)
            call.timer(surroundings(), event.detail, event.token);
        else
            call.resume(surroundings(), event.token);
    }

    const Pipeline& pipeline_;
    const Script& script_;
    sim::Agenda agenda_;
    sim::CallPool pool_;
    Story story_;
    Stream random_{seed};
    std::size_t started_ = 0;
};

std::vector<std::string> through_agenda(const StackSettings& settings, const Script& script) {
    const Stack stack{settings};
    return Simulator{stack.pipeline(), script}.run();
}

/// No two things ever come due at the same nanosecond: drivers need not agree on which of them is first.
Script any_script() {
    constexpr Outcome outcomes[] = {Outcome::success, Outcome::transient, Outcome::overload, Outcome::client_error};
    Script script{{}, *rc::gen::inRange<std::size_t>(1, 8)};
    for (int i = *rc::gen::inRange(1, 12); i > 0; --i)
        script.steps.push_back(
            {Duration{*rc::gen::inRange(1, 800) * 1'000'003 + i}, outcomes[*rc::gen::inRange(0, 4)]});
    return script;
}

StackSettings layers_with(std::initializer_list<LayerSettings> inner) {
    StackSettings stack{
        FallbackSettings{.value = FallbackValue::cached, .hit_rate = 0.5}, TimeoutSettings{3s},
        RetrySettings{.max_attempts = 4, .backoff = ExponentialBackoff{100ms, 2, 1s}, .jitter = FullJitter{}},
        BreakerSettings{.failure_threshold = 3, .open_for = 700ms, .half_open = {1}}};
    stack.insert(stack.end(), inner);
    return stack;
}

}  // namespace

TEST_CASE("threads, event loop and simulator come to the same decisions at the same times") {
    CHECK(rc::check("for any script", [] {
        const Script script = any_script();
        const StackSettings stack = layers_with({BulkheadSettings{.max_concurrent = 1}, TimeoutSettings{400ms}});
        const auto agenda = through_agenda(stack, script);
        RC_ASSERT(agenda.size() >= 2 * script.calls);
        RC_ASSERT(through_threads(stack, script) == agenda);
        RC_ASSERT(through_event_loop(stack, script) == agenda);
    }));
}

TEST_CASE("event loop and simulator hedge alike") {
    CHECK(rc::check("for any script", [] {
        const Script script = any_script();
        const StackSettings stack =
            layers_with({HedgeSettings{.after = 150ms, .max_hedges = 2}, TimeoutSettings{400ms}});
        RC_ASSERT(through_event_loop(stack, script) == through_agenda(stack, script));
    }));
}
