#include <catch2/catch.hpp>
#include <chrono>
#include <stdexcept>

#include "policies/core/call.hpp"
#include "tests/policies/support/stage.hpp"

using namespace stampede;
using namespace stampede::test;
using namespace std::chrono_literals;

namespace {

/// Layer `at` branches, starts one more at its timer, and takes the first success; failures wait for the others while
/// it says so.
void branches(Stage& stage, std::size_t at) {
    stage[at].on_enter = [] { return Entry::branch(100ms); };
    stage[at].on_timer = [] { return Verdict::beside(); };
}

const auto hold_failures = [](Outcome outcome) {
    return outcome == Outcome::success ? Exit::pass(outcome) : Exit::hold();
};

}  // namespace

TEST_CASE("below a layer that branches, branches go their own ways, the first that is passed on ends the others") {
    Stage stage{3};
    branches(stage, 1);
    stage.start();
    CHECK(stage.take() == Script{"enter a", "enter b", "arm b", "enter c", "send #0"});
    stage.fire(stage.timers[0]);
    CHECK(stage.take() == Script{"timer b", "hedged 2", "enter c", "send #1"});
    CHECK(stage.call().attempts() == 2);
    CHECK(stage.settle_branch(1, Outcome::success));
    CHECK(stage.take() == Script{"leave c success", "release #1", "leave b success", "chosen 2 success",
                                 "abandoned 1 by b", "abandon #0", "cancel c", "release #0", "leave a success",
                                 "finish success 2"});
    CHECK(stage.call().finished());
    CHECK_FALSE(stage.settle_branch(0, Outcome::success));
    CHECK_FALSE(stage.settle_branch(1, Outcome::success));
}

TEST_CASE("hold waits for what is under way, the last outcome is passed on") {
    Stage stage{2};
    branches(stage, 0);
    int left = 2;
    stage[0].on_leave = [&](Outcome outcome) { return --left > 0 ? Exit::hold() : Exit::pass(outcome); };
    stage.start();
    stage.fire(stage.timers[0]);
    stage.take();
    stage.settle_branch(0, Outcome::transient);
    CHECK(stage.take() == Script{"leave b transient", "release #0", "leave a transient"});
    stage.settle_branch(1, Outcome::overload);
    CHECK(stage.take() ==
          Script{"leave b overload", "release #1", "leave a overload", "chosen 2 overload", "finish overload 2"});
}

TEST_CASE("a failure may start the next branch at once, with a timer of its own") {
    Stage stage{1};
    branches(stage, 0);
    stage[0].on_leave = [](Outcome outcome) {
        return outcome == Outcome::success ? Exit::pass(outcome) : Exit::beside(30ms);
    };
    stage.start();
    stage.take();
    stage.settle_branch(0, Outcome::transient);
    CHECK(stage.take() == Script{"release #0", "leave a transient", "arm a", "hedged 2", "send #1"});
    CHECK(stage.timers[1].after == 30ms);
    stage.fire(stage.timers[0]);  // the new timer took its place
    CHECK(stage.take().empty());
    stage.fire(stage.timers[1]);
    CHECK(stage.take() == Script{"timer a", "hedged 3", "send #2"});
}

TEST_CASE("a timer further out takes all branches back, each from the inside out, before it goes on") {
    Stage stage{3};
    branches(stage, 1);
    stage[0].on_enter = [] { return Entry::proceed(1s); };
    stage.start();
    stage.fire(stage.timers[1]);
    stage.take();
    stage.fire(stage.timers[0]);
    CHECK(stage.take() == Script{"timer a", "abandoned 2 by a", "abandon #1", "cancel c", "release #1",
                                 "abandoned 1 by a", "abandon #0", "cancel c", "release #0", "cancel b",
                                 "finish timeout 2"});
    stage.fire(stage.timers[1]);
    CHECK(stage.take().empty());
}

TEST_CASE("a timer below the layer that branches cuts its own branch only") {
    Stage stage{2};
    branches(stage, 0);
    stage[0].on_leave = hold_failures;
    stage[1].on_enter = [] { return Entry::proceed(1s); };
    stage.start();
    stage.fire(stage.timers[0]);
    stage.take();
    REQUIRE(stage.timers.size() == 3);
    CHECK(stage.timers[1].call == stage.branch(0).id());
    stage.fire(stage.timers[1]);
    CHECK(stage.take() == Script{"timer b", "abandoned 1 by b", "abandon #0", "release #0", "leave a timeout"});
    CHECK(stage.settle_branch(1, Outcome::success));
    CHECK(stage.call().finished());
}

TEST_CASE("branches that are refused at once end inside their own beginning") {
    Stage stage{2};
    branches(stage, 0);
    int refusals = 0;
    stage[0].on_leave = [&](Outcome outcome) { return ++refusals < 3 ? Exit::beside() : Exit::pass(outcome); };
    stage[1].on_enter = [] { return Entry::refuse(Outcome::breaker_open); };
    stage.start();
    CHECK(refusals == 3);
    CHECK(stage.call().finished());
    CHECK(stage.take().back() == "finish breaker_open 0");
}

TEST_CASE("a branch backs off and tries again by itself") {
    Stage stage{2};
    branches(stage, 0);
    stage[0].on_leave = hold_failures;
    stage[1].on_leave = [](Outcome outcome) {
        return outcome == Outcome::success ? Exit::pass(outcome) : Exit::again(40ms);
    };
    stage.start();
    stage.fire(stage.timers[0]);
    stage.settle_branch(0, Outcome::transient);
    stage.take();
    stage.fire(stage.timers.back());
    CHECK(stage.take() == Script{"send #0"});
    CHECK(stage.branch(0).attempts() == 3);  // numbered over the whole call
    CHECK(stage.branch(1).attempts() == 2);
    CHECK(stage.call().attempts() == 3);
}

TEST_CASE("a branch may branch again, the outcome climbs from layer to layer") {
    Stage stage{3};
    branches(stage, 0);
    stage[1].on_enter = [] { return Entry::branch(); };
    stage.start();
    CHECK(stage.take() == Script{"enter a", "arm a", "enter b", "enter c", "send #1"});
    stage.fire(stage.timers[0]);
    CHECK(stage.take() == Script{"timer a", "hedged 2", "enter b", "enter c", "send #3"});
    stage.settle_branch(3, Outcome::success);
    CHECK(stage.take() == Script{"leave c success", "release #3", "leave b success", "chosen 1 success", "release #2",
                                 "leave a success", "chosen 2 success", "abandoned 1 by a", "abandon #1", "cancel c",
                                 "release #1", "cancel b", "release #0", "finish success 2"});
}

TEST_CASE("the caller's cancel takes branches back as well") {
    Stage stage{2};
    branches(stage, 0);
    stage.start();
    stage.fire(stage.timers[0]);
    stage.take();
    stage.cancel();
    CHECK(stage.take() == Script{"abandoned 2 by caller", "abandon #1", "cancel b", "release #1",
                                 "abandoned 1 by caller", "abandon #0", "cancel b", "release #0", "cancel a",
                                 "cancelled 2"});
    CHECK(stage.call().finished());
}

TEST_CASE("a parked branch is woken under its own name") {
    Stage stage{2};
    branches(stage, 0);
    stage[1].on_enter = [] { return Entry::wait(); };
    stage.start();
    const CallRef self = stage[1].entered;
    CHECK(self.id == stage.branch(0).id());
    stage.take();
    stage.branch(0).resume(stage.surroundings(), self.token);
    CHECK(stage.take() == Script{"send #0"});
}

TEST_CASE("answers that make no sense are told, not swallowed") {
    SECTION("hold, with nothing under way") {
        Stage stage{1};
        branches(stage, 0);
        stage[0].on_leave = [](Outcome) { return Exit::hold(); };
        stage.start();
        CHECK_THROWS_AS(stage.settle_branch(0, Outcome::transient), std::logic_error);
    }
    SECTION("again, of a layer that has branched") {
        Stage stage{1};
        branches(stage, 0);
        stage[0].on_leave = [](Outcome) { return Exit::again(1s); };
        stage.start();
        CHECK_THROWS_AS(stage.settle_branch(0, Outcome::transient), std::logic_error);
    }
    SECTION("beside, of a layer that has not") {
        Stage stage{1};
        stage[0].on_enter = [] { return Entry::proceed(1s); };
        stage[0].on_timer = [] { return Verdict::beside(); };
        stage[0].on_leave = [](Outcome) { return Exit::beside(); };
        stage.start();
        CHECK_THROWS_AS(stage.fire(stage.timers[0]), std::logic_error);
        CHECK_THROWS_AS(stage.settle(Outcome::success), std::logic_error);
    }
}
