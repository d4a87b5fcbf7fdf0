#include "policies/core/call.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <stdexcept>

#include "tests/policies/support/stage.hpp"

using namespace stampede;
using namespace stampede::test;
using namespace std::chrono_literals;

TEST_CASE("a call goes down through its layers and comes up in the opposite order") {
    Stage stage{3};
    stage.start();
    CHECK(stage.take() == Script{"enter a", "enter b", "enter c", "send"});
    CHECK(stage.settle(Outcome::success));
    CHECK(stage.take() == Script{"leave c success", "leave b success", "leave a success", "finish success 1"});
    CHECK(stage.call().finished());
}

TEST_CASE("a call without layers is its attempt") {
    Stage stage{0};
    stage.start();
    stage.settle(Outcome::client_error);
    CHECK(stage.take() == Script{"send", "finish client_error 1"});
}

TEST_CASE("a layer may replace the outcome for those above it") {
    Stage stage{2};
    stage[1].on_leave = [](Outcome) { return Exit::pass(Outcome::fallback); };
    stage.start();
    stage.take();
    stage.settle(Outcome::timeout);
    CHECK(stage.take() == Script{"leave b timeout", "leave a fallback", "finish fallback 1"});
}

TEST_CASE("a refusal goes up from the layer above, the one that refuses sees no more of the call") {
    Stage stage{3};
    stage[1].on_enter = [] { return Entry::refuse(Outcome::breaker_open); };
    stage.start();
    CHECK(stage.take() ==
          Script{"enter a", "enter b", "refused breaker_open", "leave a breaker_open", "finish breaker_open 0"});
}

TEST_CASE("again enters the layers below once more after its delay, and counts the attempts") {
    Stage stage{2};
    int left = 2;
    stage[0].on_leave = [&left](Outcome outcome) { return left-- > 0 ? Exit::again(40ms) : Exit::pass(outcome); };
    stage.start();
    stage.take();
    for (std::uint32_t attempt = 1; attempt <= 2; ++attempt) {
        CHECK(stage.call().attempts() == attempt);
        stage.settle(Outcome::transient);
        CHECK(stage.take() == Script{"leave b transient", "leave a transient", "arm a"});
        CHECK(stage.timers.back().after == 40ms);
        stage.fire(stage.timers.back());
        CHECK(stage.take() == Script{"enter b", "send"});
        CHECK(stage[1].fresh);
    }
    stage.settle(Outcome::transient);
    CHECK(stage.take() == Script{"leave b transient", "leave a transient", "finish transient 3"});
}

TEST_CASE("a layer may send an attempt past the layers below, whose outcome comes to it again") {
    Stage stage{3};
    int left = 0;
    stage[1].on_leave = [&](Outcome outcome) { return ++left == 1 ? Exit::direct() : Exit::pass(outcome); };
    stage.start();
    CHECK(stage.take() == Script{"enter a", "enter b", "enter c", "send"});
    stage.settle(Outcome::transient);
    CHECK(stage.take() == Script{"leave c transient", "leave b transient", "send"});
    stage.settle(Outcome::success);
    CHECK(stage.take() == Script{"leave b success", "leave a success", "finish success 2"});
}

TEST_CASE("what an answer says on when to come back is told with it, and with nothing that comes later") {
    Stage stage{2};
    stage[0].on_leave = [](Outcome outcome) { return is_answer(outcome) ? Exit::pass(outcome) : Exit::again(1s); };
    stage.start();
    stage.settle(Outcome::overload, 7s);
    CHECK(stage[0].retry_after == 7s);
    stage[1].on_enter = [] { return Entry::refuse(Outcome::bulkhead_full); };
    stage.fire(stage.timers.back());
    CHECK(stage[0].retry_after == no_pushback);
    stage[1].on_enter = [] { return Entry::proceed(); };
    stage.fire(stage.timers.back());
    stage.settle(Outcome::success);
    CHECK(stage[0].retry_after == no_pushback);
}

TEST_CASE("a call that waits goes on when it is woken under its token") {
    Stage stage{3};
    stage[1].on_enter = [] { return Entry::wait(); };
    stage.start();
    CHECK(stage.take() == Script{"enter a", "enter b"});
    const std::uint32_t token = stage[1].entered.token;
    CHECK(stage[1].entered.id == 7);
    stage.resume(token + 1);
    CHECK(stage.take().empty());
    stage.resume(token);
    CHECK(stage.take() == Script{"enter c", "send"});
    stage.resume(token);
    CHECK(stage.take().empty());
}

TEST_CASE("a call that has waited too long is refused by the layer that parked it, which gets no leave and no cancel") {
    Stage stage{2};
    stage[1].on_enter = [] { return Entry::wait(3s); };
    stage[1].on_timer = [] { return Verdict::cut(Outcome::bulkhead_full); };
    stage.start();
    CHECK(stage.take() == Script{"enter a", "enter b", "arm b"});
    stage.fire(stage.timers[0]);
    CHECK(stage.take() ==
          Script{"timer b", "refused bulkhead_full", "leave a bulkhead_full", "finish bulkhead_full 0"});
}

TEST_CASE("the timer of a wait is void once the call was woken") {
    Stage stage{1};
    stage[0].on_enter = [] { return Entry::wait(3s); };
    stage.start();
    stage.resume(stage[0].entered.token);
    stage.take();
    CHECK_FALSE(stage.call().awaits_timer(stage.timers[0].layer, stage.timers[0].token));
    stage.fire(stage.timers[0]);
    CHECK(stage.take().empty());
    CHECK(stage.settle(Outcome::success));
}

TEST_CASE("a timer cuts the attempt, cancels what is below from the inside out, and goes up as its layer says") {
    Stage stage{4};
    stage[1].on_enter = [] { return Entry::proceed(1s); };
    stage.start();
    CHECK(stage.take() == Script{"enter a", "enter b", "arm b", "enter c", "enter d", "send"});
    const std::uint32_t token = stage.call().token();
    CHECK(stage.call().awaits_timer(stage.timers[0].layer, stage.timers[0].token));
    stage.fire(stage.timers[0]);
    CHECK(stage.take() == Script{"timer b", "abandoned 1 by b", "abandon", "cancel d", "cancel c", "leave a timeout",
                                 "finish timeout 1"});
    CHECK_FALSE(stage.settle(Outcome::success, token));
    CHECK(stage.take().empty());
}

TEST_CASE("an attempt's timeout below a retry leads to another attempt, which its answer cannot reach") {
    Stage stage{2};
    stage[0].on_leave = [](Outcome outcome) {
        return outcome == Outcome::timeout ? Exit::again(0s) : Exit::pass(outcome);
    };
    stage[1].on_enter = [] { return Entry::proceed(1s); };
    stage.start();
    const std::uint32_t first = stage.call().token();
    stage.fire(stage.timers[0]);
    stage.fire(stage.timers[1]);
    CHECK(stage.call().attempts() == 2);
    CHECK_FALSE(stage.call().in_flight(first));
    CHECK_FALSE(stage.settle(Outcome::success, first));
    stage.fire(stage.timers[0]);  // the first attempt's
    stage.fire(stage.timers[1]);  // the delay's
    stage.take();
    CHECK(stage.settle(Outcome::success));
    CHECK(stage.take() == Script{"leave b success", "leave a success", "finish success 2"});
}

TEST_CASE("a total timeout ends a call that is backing off") {
    Stage stage{3};
    stage[0].on_enter = [] { return Entry::proceed(5s); };
    stage[1].on_leave = [](Outcome) { return Exit::again(60s); };
    stage.start();
    stage.settle(Outcome::transient);
    stage.take();
    stage.fire(stage.timers[0]);
    CHECK(stage.take() == Script{"timer a", "cancel b", "finish timeout 1"});
    stage.fire(stage.timers[1]);
    CHECK(stage.take().empty());
}

TEST_CASE("a total timeout ends a call that waits") {
    Stage stage{3};
    stage[0].on_enter = [] { return Entry::proceed(5s); };
    stage[2].on_enter = [] { return Entry::wait(60s); };
    stage.start();
    stage.take();
    stage.fire(stage.timers[0]);
    CHECK(stage.take() == Script{"timer a", "cancel c", "cancel b", "finish timeout 0"});
    stage.resume(stage[2].entered.token);
    stage.fire(stage.timers[1]);
    CHECK(stage.take().empty());
}

TEST_CASE("a timer is void once its layer was left") {
    Stage stage{2};
    stage[1].on_enter = [] { return Entry::proceed(1s); };
    stage[0].on_leave = [](Outcome) { return Exit::again(60s); };
    stage.start();
    stage.settle(Outcome::transient);
    stage.take();
    stage.fire(stage.timers[0]);
    CHECK(stage.take().empty());
    stage.fire(stage.timers[1]);
    CHECK(stage.take() == Script{"enter b", "arm b", "send"});
}

TEST_CASE("two layers' timers are told apart") {
    Stage stage{2};
    stage[0].on_enter = [] { return Entry::proceed(5s); };
    stage[1].on_enter = [] { return Entry::proceed(1s); };
    stage.start();
    REQUIRE(stage.timers.size() == 2);
    CHECK(stage.timers[0].token != stage.timers[1].token);
    stage.take();
    stage.fire({0, stage.timers[1].token, {}});
    stage.fire({1, stage.timers[0].token, {}});
    stage.fire({2, stage.timers[0].token, {}});
    stage.fire({255, 0, {}});
    stage.fire({0, 0, {}});
    CHECK(stage.take().empty());
    stage.fire(stage.timers[1]);
    CHECK(stage.take() == Script{"timer b", "abandoned 1 by b", "abandon", "leave a timeout", "finish timeout 1"});
}

TEST_CASE("nothing moves a call that has finished, it can be started again") {
    Stage stage{1};
    stage[0].on_enter = [] { return Entry::proceed(5s); };
    stage.start();
    const std::uint32_t token = stage.call().token();
    stage.settle(Outcome::success);
    stage.take();
    CHECK_FALSE(stage.settle(Outcome::transient, token));
    CHECK_FALSE(stage.settle(Outcome::transient));
    stage.fire(stage.timers[0]);
    stage.resume(token);
    CHECK(stage.take().empty());

    stage.start();
    CHECK(stage[0].fresh);
    CHECK(stage.call().attempts() == 1);
    CHECK_FALSE(stage.settle(Outcome::transient, token));
    stage.fire(stage.timers[0]);  // the earlier call's
    CHECK(stage.take() == Script{"enter a", "arm a", "send"});
    CHECK(stage.settle(Outcome::success));
}

TEST_CASE("a caller's cancel takes everything back, innermost first, and the call does not finish") {
    Stage stage{2};
    stage[0].on_enter = [] { return Entry::proceed(5s); };
    stage.start();
    stage.take();
    stage.cancel();
    CHECK(stage.take() == Script{"abandoned 1 by caller", "abandon", "cancel b", "cancel a", "cancelled 1"});
    CHECK(stage.call().finished());
    stage.cancel();
    CHECK_FALSE(stage.settle(Outcome::success));
    stage.fire(stage.timers[0]);
    CHECK(stage.take().empty());
    stage.start();
    CHECK(stage.take() == Script{"enter a", "arm a", "enter b", "send"});
}

TEST_CASE("starting a call that has not finished is a mistake that is told") {
    Stage stage{1};
    stage.start();
    CHECK_THROWS_AS(stage.start(), std::logic_error);
}

TEST_CASE("a timer's verdict may be nothing: the call goes on") {
    Stage stage{2};
    stage[0].on_enter = [] { return Entry::proceed(5s); };
    stage[0].on_timer = [] { return Verdict::nothing(); };
    stage.start();
    stage.take();
    stage.fire(stage.timers[0]);
    CHECK(stage.take() == Script{"timer a"});
    CHECK(stage.settle(Outcome::success));
}

TEST_CASE("a call is eight and forty bytes, and a frame sixteen") {
    CHECK(Call::storage(0) == 48);
    CHECK(Call::storage(3) == 48 + 3 * 16);
}

TEST_CASE("a pipeline takes sixteen layers and not one more") {
    Stage stage{1};
    std::vector<Layer*> layers(max_layers, &stage[0]);
    CHECK(Pipeline{layers}.depth() == 16);
    layers.push_back(&stage[0]);
    CHECK_THROWS_AS(Pipeline{layers}, std::length_error);
}
