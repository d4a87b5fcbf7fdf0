#include "sim/faults/fault.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/support/build.hpp"

using namespace stampede;
using namespace stampede::sim;
using namespace stampede::test;
using scenarios::OutageMode;
using Reception = Service::Reception;

namespace {

/// A service on a platform, as a run has them.
class Stage {
public:
    Stage() : platform_(build_.scenario()), service_(build_.service(), 1, 0) {
        platform_.on_service_host_change([this](std::size_t, bool up) { service_.set_host_up(up); });
    }
    FaultScene at(Duration time, std::uint32_t fault) { return {Instant{} + time, fault, 0, service_, platform_}; }
    Service& service() { return service_; }
    /// What becomes of a call that comes now.
    Service::Arrival call() {
        const auto arrival = service_.arrive({}, 1, 1);
        if (arrival.reception == Reception::started) (void)service_.done({}, arrival.worker);
        return arrival;
    }

private:
    Build build_;
    Platform platform_;
    Service service_;
};

}  // namespace

TEST_CASE("an outage of mode refuse turns the service's host off, and on again at its end") {
    Stage stage;
    const auto fault = outage(1s, 1s, OutageMode::refuse);
    begin(fault, stage.at(1s, 0));
    CHECK(stage.call().answer == Outcome::unavailable);
    end(fault, stage.at(2s, 0));
    CHECK(stage.call().reception == Reception::started);
}

TEST_CASE("a refusing outage goes on until the last of those that overlap has ended") {
    Stage stage;
    const auto fault = outage(0s, 1s, OutageMode::refuse);
    begin(fault, stage.at(0s, 0));
    begin(fault, stage.at(1s, 1));
    end(fault, stage.at(2s, 0));
    CHECK(stage.call().answer == Outcome::unavailable);
    end(fault, stage.at(3s, 1));
    CHECK(stage.call().reception == Reception::started);
}

TEST_CASE("outages of different modes overlap: the one begun last shows, then the other again") {
    Stage stage;
    const auto refusing = outage(0s, 9s, OutageMode::refuse);
    const auto failing = outage(1s, 1s, OutageMode::error);
    const auto swallowing = outage(3s, 1s, OutageMode::blackhole);
    begin(refusing, stage.at(0s, 0));
    begin(failing, stage.at(1s, 1));
    CHECK(stage.call().answer == Outcome::transient);
    end(failing, stage.at(2s, 1));
    CHECK(stage.call().answer == Outcome::unavailable);
    begin(swallowing, stage.at(3s, 2));
    CHECK(stage.call().reception == Reception::dropped);
    end(swallowing, stage.at(4s, 2));
    CHECK(stage.call().answer == Outcome::unavailable);
    end(refusing, stage.at(9s, 0));
    CHECK(stage.call().reception == Reception::started);
}

TEST_CASE("an error burst and a slowdown act while they last, and on their own kind only") {
    Stage stage;
    const scenarios::ErrorBurstFault burst{0s, 1s, "api", 1.0, scenarios::ErrorClass::transient};
    const scenarios::SlowdownFault slowdown{0s, 1s, "api", 4};
    begin(burst, stage.at(0s, 0));
    begin(slowdown, stage.at(0s, 1));
    auto arrival = stage.service().arrive({}, 1, 1);
    CHECK(arrival.takes == 40ms);
    CHECK(stage.service().done({}, arrival.worker).answer == Outcome::transient);

    end(burst, stage.at(1s, 0));
    arrival = stage.service().arrive({}, 1, 1);
    CHECK(arrival.takes == 40ms);
    CHECK(stage.service().done({}, arrival.worker).answer == Outcome::success);

    end(slowdown, stage.at(1s, 1));
    CHECK(stage.service().arrive({}, 1, 1).takes == 10ms);
}
