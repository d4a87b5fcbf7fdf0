#include "sim/clients/population.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

#include "tests/sim/support/build.hpp"

using namespace stampede;
using namespace stampede::sim;
using namespace stampede::test;
using scenarios::Arrivals;

namespace {

/// A population on its own; `first_agent` is not 0, so that a number taken for an index shows.
Population make(Build& build) { return {build.clients(), 1'000}; }

}  // namespace

TEST_CASE("poisson clients: gaps are exponential with the mean 1/rate, the first one too") {
    Build build;
    build.open(1, 4);
    const Population population = make(build);
    Stream stream{11};
    double first = 0;
    double gaps = 0;
    constexpr int draws = 100'000;
    for (int i = 0; i < draws; ++i) {
        first += to_seconds(population.first_request(stream));
        gaps += to_seconds(population.next_request(stream));
    }
    // 3.9 standard errors: one stream in 10,000 strays further.
    CHECK(first / draws == Approx(0.25).margin(3.9 * 0.25 / std::sqrt(draws)));
    CHECK(gaps / draws == Approx(0.25).margin(3.9 * 0.25 / std::sqrt(draws)));
    CHECK(population.is_open());
    CHECK(population.constant_gap() == no_timer);
}

TEST_CASE("regular clients: each has a phase of its own within the period, and then exactly the period") {
    Build build;
    build.open(1, 4, Arrivals::regular);
    const Population population = make(build);
    Stream stream{12};
    std::vector<Duration> phases;
    for (int i = 0; i < 10'000; ++i) phases.push_back(population.first_request(stream));
    std::sort(phases.begin(), phases.end());
    CHECK(phases.front() >= 0ms);
    CHECK(phases.back() <= 250ms);
    CHECK(to_seconds(phases[5'000]) == Approx(0.125).margin(3.9 * 0.25 * 0.5 / 100));
    const Stream before = stream;
    CHECK(population.next_request(stream) == 250ms);
    CHECK(stream == before);
    CHECK(population.constant_gap() == 250ms);
}

TEST_CASE("aligned clients: all at whole multiples of the period, without a draw") {
    Build build;
    build.open(1, 4, Arrivals::aligned);
    const Population population = make(build);
    Stream stream{13};
    CHECK(population.first_request(stream) == 250ms);
    CHECK(population.next_request(stream) == 250ms);
    CHECK(stream == Stream{13});
}

TEST_CASE("closed clients: they think first, and each loop is an agent") {
    Build build;
    build.clients().count = 5;
    build.clients().load = scenarios::ClosedLoad{3, scenarios::ConstantTime{70ms}};
    const Population population = make(build);
    Stream stream{14};
    CHECK(population.agents() == 15);
    CHECK_FALSE(population.is_open());
    CHECK(population.first_request(stream) == 70ms);
    CHECK(population.next_request(stream) == 70ms);
}

TEST_CASE("the loops of one closed client are the same client") {
    Build build;
    build.clients().count = 4;
    build.clients().load = scenarios::ClosedLoad{3, scenarios::ConstantTime{70ms}};
    const Population population = make(build);
    for (std::uint32_t i = 0; i < 12; ++i) CHECK(population.client_of(1'000 + i) == i / 3);
}
