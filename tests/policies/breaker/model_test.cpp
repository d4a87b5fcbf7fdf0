/// The breaker against its reference model, and what must hold of any breaker whatever happens to it.

#include "tests/policies/breaker/model.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <vector>

#include "policies/breaker/breaker.hpp"
#include "tests/policies/support/bench.hpp"

using namespace stampede;
using namespace stampede::test;

namespace {

struct UnderWay {
    Frame frame;
    int admitted_in;
    Instant since;
};

std::uint32_t some(std::uint32_t from, std::uint32_t to) { return *rc::gen::inRange<std::uint32_t>(from, to + 1); }
bool maybe() { return *rc::gen::arbitrary<bool>(); }
template <class T>
T one_of(std::initializer_list<T> all) {
    return *rc::gen::elementOf(std::vector<T>(all));
}

std::optional<BreakerWindow> any_window() {
    switch (some(0, 4)) {
        case 0:
            return std::nullopt;
        case 1:
            return BreakerWindow{.count = some(1, 12)};
        case 2:
            return BreakerWindow{.time = std::chrono::seconds{some(1, 10)}};
        case 3:
            return BreakerWindow{.interval = std::chrono::seconds{some(1, 10)}};
        default:
            return BreakerWindow{.average = some(1, 10)};
    }
}

BreakerSettings any_settings() {
    BreakerSettings s;
    s.window = any_window();
    if (maybe()) s.failure_threshold = some(1, 6);
    if (s.window) {
        s.buckets = {.at_least = some(1, 5),
                     .turn = one_of({BucketTurn::clock, BucketTurn::call, BucketTurn::one_a_call})};
        s.minimum_calls = some(1, s.window->count.value_or(8));
        s.failure_rate = some(1, 10) / 10.0;
        if (!s.window->average && maybe()) s.failure_count = some(1, 8);
        if (maybe()) s.slow_after = 2s;
        if (s.slow_after && maybe()) s.slow_rate = some(1, 10) / 10.0;
        s.half_open.decides = one_of({Decides::counts, Decides::rates});
    }
    s.compare = one_of({Compare::at_least, Compare::above});
    s.judged_on = one_of({JudgedOn::outcome, JudgedOn::failure});
    s.open_for = std::chrono::seconds{some(1, 5)};
    s.open_until = one_of({OpenUntil::reached, OpenUntil::passed});
    s.half_open.calls = some(1, 5);
    s.half_open.permits = one_of({Permits::in_total, Permits::at_once});
    if (maybe()) s.half_open.successes = some(1, s.half_open.calls);
    // A failure that does not open takes a permit all the same: with so few permits it could never close.
    if (s.half_open.permits == Permits::at_once) s.half_open.failures = some(1, 3);
    s.half_open.others = one_of({Others::refuse, Others::pass});
    if (maybe()) s.half_open.max_wait = std::chrono::seconds{some(1, 6)};
    s.half_open.after_wait = one_of({AfterWait::open, AfterWait::closed});
    s.stale = one_of({Stale::discarded, Stale::counted});
    return s;
}

/// A breaker and its model, and the calls that are under way in both.
struct Pair {
    explicit Pair(const BreakerSettings& chosen) : settings(chosen) {}

    const BreakerSettings& settings;
    Bench bench;
    Breaker breaker{settings, 0};
    Model model{settings};
    std::vector<UnderWay> calls{};

    void agree() {
        RC_ASSERT(breaker.state() == model.state);
        RC_ASSERT(bench.record.transitions.size() == static_cast<std::size_t>(model.moves));
    }
    bool call() {
        Context context = bench.context();
        Frame frame;
        const bool admitted = breaker.enter(context, frame).kind == Entry::Kind::proceed;
        RC_ASSERT(admitted == model.admits(bench.now));
        if (admitted) calls.push_back({frame, model.era, bench.now});
        // Never more trials than permitted.
        if (settings.half_open.others == Others::refuse && model.state == BreakerState::half_open)
            RC_ASSERT(model.permits <= settings.half_open.calls);
        agree();
        return admitted;
    }
    void end(std::size_t which, Outcome outcome, bool cut) {
        UnderWay call = calls[which];
        calls.erase(calls.begin() + static_cast<std::ptrdiff_t>(which));
        Context context = bench.context();
        if (cut)
            breaker.cancel(context, call.frame);
        else
            breaker.leave(context, call.frame, outcome);
        const bool ignored = settings.ignore.contains(outcome);
        const bool failure = settings.on.contains(outcome);
        const bool slow = settings.slow_after && bench.now - call.since > *settings.slow_after;
        model.ends(call.admitted_in,
                   cut       ? Model::How::cut
                   : ignored ? Model::How::ignored
                             : Model::How::counts,
                   failure, slow, bench.now);
        agree();
        // Never closed with its condition met, once it was looked at.
        const bool was_judged = !cut && !ignored && (failure || settings.judged_on == JudgedOn::outcome);
        const bool counted = was_judged && (call.admitted_in == model.era || settings.stale == Stale::counted);
        if (counted && breaker.state() == BreakerState::closed) RC_ASSERT_FALSE(model.trips(bench.now));
    }
    void live(Stream& choose, int steps) {
        for (int i = 0; i < steps; ++i) {
            if (choose.bits() % 4 == 0) bench.now += std::chrono::milliseconds{500} * (choose.bits() % 7);
            if (calls.empty() || choose.bits() % 2 == 0)
                call();
            else
                end(choose.bits() % calls.size(), static_cast<Outcome>(choose.bits() % outcome_count),
                    choose.bits() % 8 == 0);
        }
    }
    /// So many whole calls, at most, until the breaker is in that state; where one is refused time goes by.
    bool becomes(BreakerState state, Outcome outcome) {
        for (int i = 0; i < 200 && breaker.state() != state; ++i)
            if (call())
                end(calls.size() - 1, outcome, false);
            else
                bench.now += settings.open_for + 1ns;
        return breaker.state() == state;
    }
};

}  // namespace

TEST_CASE("the breaker does what its reference model does, whatever happens, over all kinds of windows") {
    CHECK(rc::check("for any settings and history", [] {
        const BreakerSettings settings = any_settings();
        Pair pair{settings};
        Stream choose{*rc::gen::arbitrary<std::uint64_t>()};
        pair.live(choose, *rc::gen::inRange(0, 300));
    }));
}

TEST_CASE("a breaker can leave every state, whatever has happened") {
    CHECK(rc::check("for any settings and history", [] {
        BreakerSettings settings = any_settings();
        settings.half_open.max_wait.reset();
        // A rate above all of them opens nothing; a run of failures does.
        if (!settings.failure_threshold) settings.failure_threshold = 20;
        Pair pair{settings};
        Stream choose{*rc::gen::arbitrary<std::uint64_t>()};
        pair.live(choose, *rc::gen::inRange(0, 200));
        while (!pair.calls.empty()) pair.end(0, Outcome::client_error, false);
        if (pair.breaker.state() == BreakerState::closed)
            RC_ASSERT(pair.becomes(BreakerState::open, Outcome::transient));
        if (pair.breaker.state() == BreakerState::open) {
            pair.bench.now += settings.open_for + 1ns;
            RC_ASSERT(pair.call());
            RC_ASSERT(pair.breaker.state() == BreakerState::half_open);
            pair.end(0, Outcome::client_error, false);
        }
        if (maybe()) {
            RC_ASSERT(pair.becomes(BreakerState::open, Outcome::transient));
            pair.bench.now += settings.open_for + 1ns;
        }
        RC_ASSERT(pair.becomes(BreakerState::closed, Outcome::success));
    }));
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
