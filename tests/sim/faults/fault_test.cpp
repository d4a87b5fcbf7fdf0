#include "sim/faults/fault.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/support/build.hpp"

using namespace stampede;
using namespace stampede::sim;
using namespace stampede::test;
using scenarios::OutageMode;
using Reception = Instance::Reception;

namespace {

/// An instance on a platform, as a run has them.
class Stage {
public:
    Stage() : platform_(build_.scenario()) {
        instances_.emplace_back(build_.service(), Instance::Identity{1, 0, 0}, std::uint16_t{0}, calls_);
        platform_.on_host_change([this](std::size_t number, bool up) { instances_[number].set_host_up(up); });
    }
    FaultScene at(Duration time, std::uint32_t fault) {
        return {Instant{} + time, fault, struck_, instances_, platform_};
    }
    Instance& instance() { return instances_.front(); }
    /// What becomes of a call that comes now.
    Instance::Arrival call() {
        const auto arrival = instance().arrive({}, 1, 1);
        if (arrival.reception == Reception::started) (void)instance().release({}, arrival.start.worker);
        return arrival;
    }

private:
    Build build_;
    CallPool calls_{1, 0};
    Platform platform_;
    std::vector<Instance> instances_;
    std::vector<std::uint16_t> struck_{0};
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
    const scenarios::ErrorBurstFault burst{0s, 1s, "api", 1.0, scenarios::ErrorClass::transient, 1};
    const scenarios::SlowdownFault slowdown{0s, 1s, "api", 4, 1};
    begin(burst, stage.at(0s, 0));
    begin(slowdown, stage.at(0s, 1));
    auto arrival = stage.instance().arrive({}, 1, 1);
    CHECK(arrival.start.takes == 40ms);
    CHECK(stage.instance().answer_of(arrival.start.worker) == Outcome::transient);
    (void)stage.instance().release({}, arrival.start.worker);

    end(burst, stage.at(1s, 0));
    arrival = stage.instance().arrive({}, 1, 1);
    CHECK(arrival.start.takes == 40ms);
    CHECK(stage.instance().answer_of(arrival.start.worker) == Outcome::success);
    (void)stage.instance().release({}, arrival.start.worker);

    end(slowdown, stage.at(1s, 1));
    CHECK(stage.instance().arrive({}, 1, 1).start.takes == 10ms);
}

TEST_CASE("a fault strikes a service, one instance, a zone, or a share of these: the first so many, at least one") {
    Build build;
    build.service().instances = 4;
    build.network().zones = {"east", "west"};
    build.service().zones = {"east", "west"};
    build.scenario().services.push_back({"db", build.service()});
    const CallPool calls(1, 0);
    std::vector<Instance> instances;
    for (std::uint16_t s = 0; s < 2; ++s)
        for (std::uint16_t k = 0; k < 4; ++k)
            instances.emplace_back(build.service(), Instance::Identity{1, s, k}, static_cast<std::uint16_t>(k % 2),
                                   calls);
    using Numbers = std::vector<std::uint16_t>;
    const auto struck = [&](const std::string& target, double share) {
        return struck_by(build.scenario(), target, share, instances);
    };
    CHECK(struck("db", 1) == Numbers{4, 5, 6, 7});
    CHECK(struck("db[2]", 1) == Numbers{6});
    CHECK(struck("zones.west", 1) == Numbers{1, 3, 5, 7});
    CHECK(struck("api", 0.5) == Numbers{0, 1});
    CHECK(struck("api", 0.51) == Numbers{0, 1, 2});
    CHECK(struck("api", 0) == Numbers{0});
}
