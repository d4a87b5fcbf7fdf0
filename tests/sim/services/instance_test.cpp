#include "sim/services/instance.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>

using namespace stampede;
using namespace stampede::sim;
using namespace std::chrono_literals;
using scenarios::ErrorClass;
using scenarios::OutageMode;
using Reception = Instance::Reception;

namespace {

constexpr Instant start{};

/// Nobody's deadlines are looked at here.
const CallPool calls(1, 0);

scenarios::ServiceSettings settings(std::uint32_t workers, std::uint32_t limit) {
    scenarios::ServiceSettings settings;
    settings.workers = workers;
    settings.service_time = scenarios::ConstantTime{10ms};
    settings.queue.limit = limit;
    return settings;
}

/// What a worker that is done leaves behind.
struct Completion {
    Visit visit;
    Outcome answer;
    std::optional<Start> next;
};

Completion done(Instance& instance, Instant now, std::uint32_t worker) {
    const Visit visit = instance.serving(worker);
    const Outcome answer = instance.answer_of(worker);
    return {visit, answer, instance.release(now, worker)};
}

/// How many of so many calls, one after the other, are answered with this outcome.
int count(Instance& service, int trials, Outcome wanted) {
    int found = 0;
    for (int i = 0; i < trials; ++i) {
        const auto arrival = service.arrive({1, 1, start});
        found += done(service, start, arrival.start.worker).answer == wanted ? 1 : 0;
    }
    return found;
}

/// 3.9 standard errors of a count: one stream in 10,000 strays further.
double margin(int trials, double rate) { return 3.9 * std::sqrt(trials * rate * (1 - rate)); }

}  // namespace

TEST_CASE("every worker takes one call, further calls wait, and beyond the limit they are turned away") {
    Instance service(settings(3, 2), {1, 0, 0}, 0, calls);
    std::set<std::uint32_t> workers;
    for (std::uint32_t call = 0; call < 3; ++call) {
        const auto arrival = service.arrive({call, 1, start});
        REQUIRE(arrival.reception == Reception::started);
        CHECK(arrival.start.takes == 10ms);
        workers.insert(arrival.start.worker);
    }
    CHECK(workers.size() == 3);
    CHECK(service.busy() == 3);

    CHECK(service.arrive({3, 1, start}).reception == Reception::queued);
    CHECK(service.arrive({4, 1, start}).reception == Reception::queued);
    CHECK(service.queued() == 2);
    const auto refused = service.arrive({5, 1, start});
    CHECK(refused.reception == Reception::answered);
    CHECK(refused.answer == Outcome::overload);
    CHECK(service.queued() == 2);
}

TEST_CASE("a worker that is done takes the call that has waited longest, and says how long that was") {
    Instance service(settings(1, 10), {1, 0, 0}, 0, calls);
    const auto first = service.arrive({100, 7, start});
    (void)service.arrive({101, 8, start + 2ms});
    (void)service.arrive({102, 9, start + 3ms});

    const auto ended = done(service, start + 10ms, first.start.worker);
    CHECK(ended.visit.call == 100);
    CHECK(ended.visit.token == 7);
    CHECK(ended.visit.since() == start);
    CHECK(ended.answer == Outcome::success);
    REQUIRE(ended.next.has_value());
    CHECK(ended.next->waited == 8ms);
    CHECK(service.busy() == 1);
    CHECK(service.queued() == 1);

    const auto second = done(service, start + 20ms, first.start.worker);
    CHECK(second.visit.call == 101);
    CHECK(second.visit.since() == start + 10ms);
    const auto third = done(service, start + 30ms, first.start.worker);
    CHECK(third.visit.call == 102);
    CHECK_FALSE(third.next.has_value());
    CHECK(service.busy() == 0);
}

TEST_CASE("without a queue a call finds a worker or is turned away") {
    Instance service(settings(1, 0), {1, 0, 0}, 0, calls);
    CHECK(service.arrive({1, 1, start}).reception == Reception::started);
    CHECK(service.arrive({2, 1, start}).answer == Outcome::overload);
}

TEST_CASE("an outage shows as its mode says, and takes no worker") {
    Instance service(settings(1, 10), {1, 0, 0}, 0, calls);
    service.outages.set(0, OutageMode::blackhole);
    CHECK(service.arrive({1, 1, start}).reception == Reception::dropped);
    service.outages.set(1, OutageMode::error);
    const auto error = service.arrive({1, 1, start});
    CHECK(error.reception == Reception::answered);
    CHECK(error.answer == Outcome::transient);
    service.outages.set(2, OutageMode::refuse);
    service.set_host_up(false);
    CHECK(service.arrive({1, 1, start}).answer == Outcome::unavailable);
    CHECK(service.busy() == 0);
}

TEST_CASE("of overlapping outages the one begun last decides, whichever ends first") {
    Instance service(settings(1, 10), {1, 0, 0}, 0, calls);
    service.outages.set(0, OutageMode::error);
    service.outages.set(1, OutageMode::blackhole);
    CHECK(service.arrive({1, 1, start}).reception == Reception::dropped);
    SECTION("the later one ends") {
        service.outages.remove(1);
        CHECK(service.arrive({1, 1, start}).answer == Outcome::transient);
    }
    SECTION("the earlier one ends") {
        service.outages.remove(0);
        CHECK(service.arrive({1, 1, start}).reception == Reception::dropped);
    }
}

TEST_CASE("what is in service or queued when an outage begins carries on") {
    Instance service(settings(1, 10), {1, 0, 0}, 0, calls);
    const auto first = service.arrive({1, 1, start});
    (void)service.arrive({2, 1, start});
    service.outages.set(0, OutageMode::refuse);
    service.set_host_up(false);
    const auto ended = done(service, start + 10ms, first.start.worker);
    CHECK(ended.answer == Outcome::success);
    CHECK(ended.next.has_value());
}

TEST_CASE("a host that is down refuses also without an outage of the service") {
    Instance service(settings(1, 10), {1, 0, 0}, 0, calls);
    service.set_host_up(false);
    CHECK(service.arrive({1, 1, start}).answer == Outcome::unavailable);
    service.set_host_up(true);
    CHECK(service.arrive({1, 1, start}).reception == Reception::started);
}

TEST_CASE("a service's own errors come at their rate and of their class") {
    auto faulty = settings(1, 0);
    faulty.errors = {0.1, ErrorClass::client_error, {}};
    Instance service(faulty, {5, 0, 0}, 0, calls);
    CHECK(count(service, 20'000, Outcome::client_error) == Approx(2'000).margin(margin(20'000, 0.1)));
}

TEST_CASE("errors of several sources add up as independent chances, the first that strikes names the error") {
    auto faulty = settings(1, 0);
    faulty.errors = {0.2, ErrorClass::client_error, {}};
    Instance service(faulty, {6, 0, 0}, 0, calls);
    service.error_sources.set(0, {0.5, ErrorClass::transient, {}});
    CHECK(count(service, 20'000, Outcome::client_error) == Approx(4'000).margin(margin(20'000, 0.2)));
    CHECK(count(service, 20'000, Outcome::transient) == Approx(8'000).margin(margin(20'000, 0.4)));

    service.error_sources.remove(0);
    CHECK(count(service, 20'000, Outcome::transient) == 0);
    CHECK(count(service, 20'000, Outcome::client_error) == Approx(4'000).margin(margin(20'000, 0.2)));
}

TEST_CASE("slowdowns multiply, for calls begun meanwhile") {
    Instance service(settings(1, 0), {1, 0, 0}, 0, calls);
    const auto takes = [&] {
        const auto arrival = service.arrive({1, 1, start});
        (void)done(service, start, arrival.start.worker);
        return arrival.start.takes;
    };
    CHECK(takes() == 10ms);
    service.slowdowns.set(0, 3);
    CHECK(takes() == 30ms);
    service.slowdowns.set(1, 0.5);
    CHECK(takes() == 15ms);
    service.slowdowns.remove(0);
    CHECK(takes() == 5ms);
    service.slowdowns.remove(1);
    CHECK(takes() == 10ms);
}

TEST_CASE("a fault changes no draw of service times: compared variants meet the same ones") {
    auto random = settings(1, 0);
    random.service_time = scenarios::ExponentialTime{10ms};
    Instance plain(random, {3, 0, 0}, 0, calls);
    Instance slowed(random, {3, 0, 0}, 0, calls);
    slowed.slowdowns.set(0, 2);
    for (int i = 0; i < 100; ++i) {
        const auto usual = plain.arrive({1, 1, start});
        const auto slow = slowed.arrive({1, 1, start});
        CHECK(to_seconds(slow.start.takes) == Approx(2 * to_seconds(usual.start.takes)).margin(2e-9));
        (void)done(plain, start, usual.start.worker);
        (void)done(slowed, start, slow.start.worker);
    }
}

TEST_CASE("services of different numbers draw different times") {
    auto random = settings(1, 0);
    random.service_time = scenarios::ExponentialTime{10ms};
    CHECK(Instance(random, {3, 0, 0}, 0, calls).arrive({1, 1, start}).start.takes !=
          Instance(random, {3, 1, 0}, 0, calls).arrive({1, 1, start}).start.takes);
}
