/// The breaker against a reference model that is written for clarity alone: it remembers everything and recounts.

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

#include "policies/breaker/breaker.hpp"
#include "tests/policies/support/bench.hpp"

using namespace stampede;
using namespace stampede::test;

namespace {

struct Model {
    const BreakerSettings& settings;
    BreakerState state = BreakerState::closed;
    int stay = 0;                  // which stay in a state this is
    Instant since{};               // when it began
    std::vector<bool> outcomes{};  // counted in this stay: true for a failure
    std::uint32_t under_way = 0;   // trials

    void become(BreakerState next, Instant now) {
        state = next;
        ++stay;
        since = now;
        outcomes.clear();
        under_way = 0;
    }

    bool admits(Instant now) {
        if (state == BreakerState::open && now >= since + settings.open_for) become(BreakerState::half_open, now);
        if (state == BreakerState::open) return false;
        if (state == BreakerState::half_open) {
            if (outcomes.size() + under_way >= settings.half_open.calls) return false;
            ++under_way;
        }
        return true;
    }

    /// `counted` is false for what was cancelled or ignored.
    void ends(int admitted_in, bool counted, bool failure, Instant now) {
        if (admitted_in != stay) return;
        if (state == BreakerState::half_open) --under_way;
        if (!counted) return;
        outcomes.push_back(failure);
        if (state == BreakerState::half_open) {
            if (failure) return become(BreakerState::open, now);
            if (outcomes.size() == settings.half_open.calls) become(BreakerState::closed, now);
        } else if (run() >= threshold() || rate_reached()) {
            become(BreakerState::open, now);
        }
    }

    [[nodiscard]] std::size_t threshold() const {
        return settings.failure_threshold ? *settings.failure_threshold : settings.window ? SIZE_MAX : 5;
    }
    [[nodiscard]] std::size_t run() const {
        return static_cast<std::size_t>(std::find(outcomes.rbegin(), outcomes.rend(), false) - outcomes.rbegin());
    }
    [[nodiscard]] bool rate_reached() const {
        if (!settings.window) return false;
        const auto size = std::min<std::size_t>(*settings.window->count, outcomes.size());
        const auto failures = std::count(outcomes.end() - static_cast<std::ptrdiff_t>(size), outcomes.end(), true);
        return size >= settings.minimum_calls &&
               static_cast<double>(failures) / static_cast<double>(size) >= *settings.failure_rate_limit();
    }
};

struct UnderWay {
    Frame frame;
    int admitted_in;
};

BreakerSettings any_settings() {
    BreakerSettings settings;
    if (*rc::gen::arbitrary<bool>()) settings.failure_threshold = *rc::gen::inRange<std::uint32_t>(1, 6);
    if (*rc::gen::arbitrary<bool>()) settings.window = BreakerWindow{*rc::gen::inRange<std::uint32_t>(1, 12)};
    settings.minimum_calls = *rc::gen::inRange<std::uint32_t>(1, settings.window ? *settings.window->count + 1 : 12);
    if (settings.window) settings.failure_rate = *rc::gen::inRange(1, 11) / 10.0;
    settings.open_for = std::chrono::seconds{*rc::gen::inRange(1, 6)};
    settings.half_open.calls = *rc::gen::inRange<std::uint32_t>(1, 5);
    return settings;
}

/// Do the two agree about a random history? Time moves by up to 3 s a step, so that open times are met exactly too.
void compare(const BreakerSettings& settings) {
    Bench bench;
    Breaker breaker{settings, 0};
    Model model{settings};
    std::vector<UnderWay> calls;
    const auto steps = *rc::gen::inRange(0, 300);
    Stream choose{*rc::gen::arbitrary<std::uint64_t>()};
    for (int i = 0; i < steps; ++i) {
        if (choose.bits() % 4 == 0) bench.now += std::chrono::seconds{choose.bits() % 4};
        Context context = bench.context();
        if (calls.empty() || choose.bits() % 2 == 0) {
            Frame frame;
            const bool admitted = breaker.enter(context, frame).kind == Entry::Kind::proceed;
            RC_ASSERT(admitted == model.admits(bench.now));
            if (admitted) calls.push_back({frame, model.stay});
        } else {
            const auto which = static_cast<std::ptrdiff_t>(choose.bits() % calls.size());
            UnderWay call = calls[static_cast<std::size_t>(which)];
            calls.erase(calls.begin() + which);
            const auto outcome = static_cast<Outcome>(choose.bits() % outcome_count);
            const bool cancelled = choose.bits() % 8 == 0;
            if (cancelled) {
                breaker.cancel(context, call.frame);
            } else {
                breaker.leave(context, call.frame, outcome);
            }
            model.ends(call.admitted_in, !cancelled && !settings.ignore.contains(outcome),
                       settings.on.contains(outcome), bench.now);
        }
        RC_ASSERT(breaker.state() == model.state);
        RC_ASSERT(bench.record.transitions.size() == static_cast<std::size_t>(model.stay));
    }
}

}  // namespace

TEST_CASE("the breaker does what its reference model does, whatever happens") {
    CHECK(rc::check("for any settings and history", [] { compare(any_settings()); }));
}

TEST_CASE("the breaker's transitions join up") {
    CHECK(rc::check("each starts where the one before ended", [](const std::vector<std::uint8_t>& history) {
        const BreakerSettings settings{.failure_threshold = 2, .open_for = 1s, .half_open = {1}};
        Bench bench;
        Breaker breaker{settings, 0};
        for (const std::uint8_t step : history) {
            bench.now += 500ms;
            Context context = bench.context();
            Frame frame;
            if (breaker.enter(context, frame).kind == Entry::Kind::proceed)
                breaker.leave(context, frame, step % 2 == 0 ? Outcome::success : Outcome::transient);
        }
        BreakerState state = BreakerState::closed;
        for (const BreakerTransition& change : bench.record.transitions) {
            RC_ASSERT(change.from == state);
            RC_ASSERT(change.to != state);
            state = change.to;
        }
        RC_ASSERT(breaker.state() == state);
    }));
}
