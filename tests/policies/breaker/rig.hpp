#pragma once

#include <catch2/catch.hpp>

#include "policies/breaker/breaker.hpp"
#include "tests/policies/support/bench.hpp"

namespace stampede::test {

/// One breaker under test, with short words for what happens to it.
struct BreakerRig {
    explicit BreakerRig(BreakerSettings chosen) : settings(chosen) {}

    BreakerSettings settings;
    Bench bench;
    Breaker breaker{settings, 17};

    /// Answers false where the breaker refuses.
    bool enter(Frame& frame) {
        frame = Frame{};
        Context context = bench.context();
        const Entry entry = breaker.enter(context, frame);
        if (entry.kind == Entry::Kind::refuse) CHECK(entry.outcome == Outcome::breaker_open);
        return entry.kind == Entry::Kind::proceed;
    }
    void leave(Frame& frame, Outcome outcome) {
        Context context = bench.context();
        const Exit exit = breaker.leave(context, frame, outcome);
        CHECK(exit.kind == Exit::Kind::pass);
        CHECK(exit.outcome == outcome);
    }
    void cancel(Frame& frame) {
        Context context = bench.context();
        breaker.cancel(context, frame);
    }
    /// A whole call; false where it is refused.
    bool call(Outcome outcome) {
        Frame frame;
        if (!enter(frame)) return false;
        leave(frame, outcome);
        return true;
    }
    void calls(int n, Outcome outcome) {
        for (int i = 0; i < n; ++i) CHECK(call(outcome));
    }
    void open() {
        while (breaker.state() == BreakerState::closed) call(Outcome::transient);
    }
    void to_half_open() {
        open();
        bench.now += settings.open_for;
    }
};

}  // namespace stampede::test
