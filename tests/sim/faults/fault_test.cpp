#include "sim/faults/fault.hpp"

#include <catch2/catch.hpp>

#include "sim/faults/strength.hpp"
#include "tests/sim/support/build.hpp"

using namespace stampede;
using namespace stampede::sim;
using namespace stampede::test;
using scenarios::OutageMode;
using Reception = Instance::Reception;

namespace {

/// Whom services answer where nobody calls.
class Nobody final : public Frontend {
    void answer(std::uint16_t, const Visit&, Outcome, std::uint16_t) override {}
    std::uint32_t begin_call(std::uint16_t, std::uint32_t, std::uint32_t, const CallFacts&) override { return 0; }
    void cancel_call(std::uint32_t, std::uint32_t) override {}
    void connection_waits(const Visit&) override {}
    void connection_accepted(std::uint16_t, const Visit&) override {}
    void connections_broken(std::uint16_t) override {}
};

/// A service on a platform, as a run has them.
class Stage {
public:
    Stage() : platform_(build_.scenario()), backend_(build_.scenario(), 1, nobody_, agenda_, calls_) {
        platform_.on_host_change([this](std::size_t number, bool up) { backend_.instances()[number].set_host_up(up); });
    }
    FaultScene at(Duration time, std::uint32_t number, double strength = 1) {
        return {stage_, Instant{} + time, number, episode_, strength};
    }
    Instance& instance() { return backend_.instances().front(); }
    /// What becomes of a call that comes now.
    Instance::Arrival call() {
        const auto arrival = instance().arrive({1, 1, {}});
        if (arrival.reception == Reception::started) (void)instance().release({}, arrival.start.worker);
        return arrival;
    }

private:
    Build build_;
    Nobody nobody_;
    Agenda agenda_;
    CallPool calls_{1, 0};
    Platform platform_;
    Network network_{build_.scenario(), platform_};
    Backend backend_;
    FaultStage stage_{backend_, platform_, network_, build_.scenario()};
    Episode episode_{0, {}, {}, {0}};
};

}  // namespace

TEST_CASE("an outage of mode refuse turns the service's host off, and on again at its end") {
    Stage stage;
    const auto fault = outage(1s, 1s, OutageMode::refuse);
    apply(fault, stage.at(1s, 0));
    CHECK(stage.call().answer == Outcome::unavailable);
    lift(fault, stage.at(2s, 0));
    CHECK(stage.call().reception == Reception::started);
}

TEST_CASE("a refusing outage goes on until the last of those that overlap has ended") {
    Stage stage;
    const auto fault = outage(0s, 1s, OutageMode::refuse);
    apply(fault, stage.at(0s, 0));
    apply(fault, stage.at(1s, 1));
    lift(fault, stage.at(2s, 0));
    CHECK(stage.call().answer == Outcome::unavailable);
    lift(fault, stage.at(3s, 1));
    CHECK(stage.call().reception == Reception::started);
}

TEST_CASE("outages of different modes overlap: the one begun last shows, then the other again") {
    Stage stage;
    const auto refusing = outage(0s, 9s, OutageMode::refuse);
    const auto failing = outage(1s, 1s, OutageMode::error);
    const auto swallowing = outage(3s, 1s, OutageMode::blackhole);
    apply(refusing, stage.at(0s, 0));
    apply(failing, stage.at(1s, 1));
    CHECK(stage.call().answer == Outcome::transient);
    lift(failing, stage.at(2s, 1));
    CHECK(stage.call().answer == Outcome::unavailable);
    apply(swallowing, stage.at(3s, 2));
    CHECK(stage.call().reception == Reception::dropped);
    lift(swallowing, stage.at(4s, 2));
    CHECK(stage.call().answer == Outcome::unavailable);
    lift(refusing, stage.at(9s, 0));
    CHECK(stage.call().reception == Reception::started);
}

TEST_CASE("an error burst and a slowdown act while they last, and on their own kind only") {
    Stage stage;
    const auto burst = errors(0s, 1s, 1);
    const auto slower = slowdown(0s, 1s, 4);
    apply(burst, stage.at(0s, 0));
    apply(slower, stage.at(0s, 1));
    auto arrival = stage.instance().arrive({1, 1, {}});
    CHECK(arrival.start.takes == 40ms);
    CHECK(stage.instance().answer_of(arrival.start.worker) == Outcome::transient);
    (void)stage.instance().release({}, arrival.start.worker);

    lift(burst, stage.at(1s, 0));
    arrival = stage.instance().arrive({1, 1, {}});
    CHECK(arrival.start.takes == 40ms);
    CHECK(stage.instance().answer_of(arrival.start.worker) == Outcome::success);
    (void)stage.instance().release({}, arrival.start.worker);

    lift(slower, stage.at(1s, 1));
    CHECK(stage.instance().arrive({1, 1, {}}).start.takes == 10ms);
}

TEST_CASE("a fault at half its strength does half of what it does") {
    Stage stage;
    const auto slower = slowdown(0s, 1s, 4);
    apply(slower, stage.at(0s, 0, 0.5));
    CHECK(stage.call().start.takes == 25ms);
    apply(slower, stage.at(1s, 0));
    CHECK(stage.call().start.takes == 40ms);
    lift(slower, stage.at(2s, 0));
    CHECK(stage.call().start.takes == 10ms);
}

namespace {

/// The mean over an occurrence of 10 s, and the steps in it.
std::pair<double, int> mean_strength(const scenarios::FaultStrength& strength) {
    double sum = 0;
    int steps = 0;
    for (Duration elapsed{};; ++steps) {
        const auto [value, lasts] = strength_at(strength, 10s, elapsed);
        CHECK((value >= 0 && value <= 1));
        sum += value * to_seconds(lasts == Duration::zero() ? 10s - elapsed : lasts);
        if (lasts == Duration::zero()) return {sum / 10, steps + 1};
        elapsed += lasts;
    }
}

}  // namespace

TEST_CASE("a ramp is a straight line and a period a sine around the half; in the mean both are exact") {
    CHECK(mean_strength({}) == std::pair{1.0, 1});
    const auto [ramped, ramp_changes] = mean_strength({.ramp = 2s, .period = {}});
    CHECK(ramped == Approx(0.8));
    CHECK(ramp_changes == 41);
    const auto [swinging, period_changes] = mean_strength({.ramp = {}, .period = 2s});
    CHECK(swinging == Approx(0.5));
    CHECK(period_changes == 200);
    CHECK(strength_at({.ramp = {}, .period = 4s}, 10s, 950ms).strength == Approx(0.5).margin(1e-9));  // at 1 s
    CHECK(strength_at({.ramp = 5s, .period = {}}, 10s, 0s).strength == Approx(0.025));
    // The wave is highest where the ramps meet: 1/4 + 1/(25 pi^2), by parts.
    CHECK(mean_strength({.ramp = 5s, .period = 2s}).first == Approx(0.254053).epsilon(1e-4));
}
