#include "sim/clients/timetable.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "policies/core/layer.hpp"
#include "tests/sim/support/build.hpp"

using namespace stampede;
using namespace stampede::sim;
using namespace stampede::test;
using scenarios::Arrivals;
using scenarios::OpenLoad;

namespace {

OpenLoad& open_load(Build& build) { return std::get<OpenLoad>(build.clients().load); }

/// Requests of all clients in windows of a second, as the timetable has them.
std::vector<double> per_second(Build& build, std::uint64_t seed = 1) {
    Timetable timetable(build.scenario(), 0, seed);
    std::vector<double> counts(static_cast<std::size_t>(build.run().duration / 1s));
    for (std::uint32_t client = 0; client < build.clients().count; ++client) {
        Stream stream = Stream::of(seed, client, 1);
        Duration after = timetable.first(client, stream);
        for (Instant now{}; after != no_timer; after = timetable.next(now, client, stream)) {
            now += after;
            REQUIRE(now - Instant{} < build.run().duration);
            counts[static_cast<std::size_t>((now - Instant{}) / 1s)] += timetable.batch(stream);
        }
    }
    return counts;
}

double sum(const std::vector<double>& counts, std::size_t from, std::size_t to) {
    double total = 0;
    for (std::size_t i = from; i < to; ++i) total += counts[i];
    return total;
}

/// Variance over mean.
double dispersion(const std::vector<double>& counts) {
    const double mean = sum(counts, 0, counts.size()) / static_cast<double>(counts.size());
    double squares = 0;
    for (const double count : counts) squares += (count - mean) * (count - mean);
    return squares / static_cast<double>(counts.size() - 1) / mean;
}

/// Of a Poisson count, all but one in 10,000 are closer.
double poisson_margin(double mean) { return 3.9 * std::sqrt(mean); }

scenarios::ModulationSettings bursts(scenarios::ModulationScope scope) { return {{{0.5, 4s}, {3, 1s}}, scope}; }

/// Of a Poisson process that is modulated by two states (H. Heffes, D. Lucantoni, A Markov modulated characterization
/// of packetized voice and data traffic, IEEE JSAC 4, 1986): variance over mean of the counts in windows of t, rates a
/// and b, left at rates r and s.
double modulated_dispersion(double a, double b, double r, double s, double t) {
    const double k = r + s;
    const double limit = 2 * (a - b) * (a - b) * r * s / (k * k * (a * s + b * r));
    return 1 + limit * (1 - (1 - std::exp(-k * t)) / (k * t));
}

}  // namespace

TEST_CASE("poisson arrivals follow the shape: each second has what the integral says and is dispersed like Poisson") {
    Build build;
    build.open(2'000, 2).lasting(60s);
    open_load(build).shape = {scenarios::RampShape{0s, 20s, 0, 1}, scenarios::SpikeShape{30s, 10s, 5, 0s, 0s}};
    const auto counts = per_second(build);
    double chi_square = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const double factor = i < 20 ? (static_cast<double>(i) + 0.5) / 20 : i >= 30 && i < 40 ? 5 : 1;
        const double expected = 4'000 * factor;
        CHECK(std::abs(counts[i] - expected) < poisson_margin(expected));
        chi_square += (counts[i] - expected) * (counts[i] - expected) / expected;
    }
    // Chi-square of 60 degrees of freedom: mean 60, standard deviation sqrt(120).
    CHECK(std::abs(chi_square - 60) < 3.9 * std::sqrt(120.0));
}

TEST_CASE("evenly spaced arrivals follow the shape without chance") {
    Build build;
    build.open(1'000, 1, Arrivals::regular).lasting(60s);
    open_load(build).shape = {scenarios::StepShape{20s, 4}, scenarios::StepShape{40s, 0}};
    const auto counts = per_second(build);
    CHECK(sum(counts, 0, 20) == Approx(20'000).margin(20));
    CHECK(sum(counts, 20, 40) == Approx(80'000).margin(20));
    CHECK(sum(counts, 40, 60) == 0);
    // Only the phases are drawn: a second's count is binomial at the most.
    for (std::size_t i = 1; i < 19; ++i) CHECK(counts[i] == Approx(1'000).margin(1));
}

TEST_CASE("aligned arrivals stay at the same instants and one that came in between joins in") {
    Build build;
    build.open(3, 2, Arrivals::aligned).lasting(10s);
    open_load(build).shape = {scenarios::StepShape{5s, 2}};
    Timetable timetable(build.scenario(), 0, 1);
    Stream stream{1};
    CHECK(timetable.first(0, stream) == 500ms);
    CHECK(timetable.next(Instant{500ms}, 2, stream) == 500ms);
    CHECK(timetable.next(Instant{1700ms}, 1, stream) == 300ms);
    CHECK(timetable.next(Instant{5s}, 1, stream) == 250ms);
    CHECK(timetable.next(Instant{9'750ms}, 1, stream) == no_timer);
}

TEST_CASE("a trace is followed whatever the number of clients") {
    for (const std::uint32_t clients : {1U, 100U, 5'000U}) {
        Build build;
        build.open(clients, 0).lasting(30s);
        open_load(build).trace = {{0s, Rate{1'000}}, {10s, Rate{3'000}}, {20s, Rate{100}}};
        const auto counts = per_second(build);
        CHECK(sum(counts, 0, 10) == Approx(10'000).margin(poisson_margin(10'000)));
        CHECK(sum(counts, 10, 20) == Approx(30'000).margin(poisson_margin(30'000)));
        CHECK(sum(counts, 20, 30) == Approx(1'000).margin(poisson_margin(1'000)));
    }
}

TEST_CASE("batches keep the rate and are dispersed by the second moment of their size over the first") {
    const auto check = [](const scenarios::BatchSize& size, double dispersed) {
        Build build;
        build.open(200, 5).lasting(2'000s);
        open_load(build).batch = size;
        const auto counts = per_second(build);
        CHECK(mean_of(size) > 1);
        CHECK(sum(counts, 0, counts.size()) == Approx(2e6).margin(3.9 * std::sqrt(2e6 * dispersed)));
        // The variance of a sample of n strays by sqrt(2 / n) of itself, a little more where the tail is long.
        CHECK(dispersion(counts) == Approx(dispersed).epsilon(4.5 * std::sqrt(2.0 / 2'000)));
    };
    check(scenarios::FixedSize{10}, 10);
    check(scenarios::UniformSize{1, 3}, (1 + 4 + 9) / 3.0 / 2);
    check(scenarios::GeometricSize{5}, 2 * 5 - 1);
}

TEST_CASE("a load that jumps between states is dispersed as theory says") {
    // One client's own state, so that all clients together are as many independent processes.
    Build build;
    build.open(300, 10).lasting(3'000s);
    open_load(build).modulation = bursts(scenarios::ModulationScope::client);
    const auto own = per_second(build);
    const double one = modulated_dispersion(5, 30, 1 / 4.0, 1, 1);
    CHECK(one > 5);
    CHECK(sum(own, 0, own.size()) / 3'000 == Approx(300 * (0.8 * 5 + 0.2 * 30)).epsilon(0.01));
    CHECK(dispersion(own) == Approx(one).epsilon(0.15));

    // All in the same state: one process of 300 times the rate.
    open_load(build).modulation = bursts(scenarios::ModulationScope::all);
    open_load(build).rate = Rate{0.1};
    const auto together = per_second(build);
    CHECK(sum(together, 0, together.size()) / 3'000 == Approx(30 * (0.8 * 0.5 + 0.2 * 3)).epsilon(0.1));
    CHECK(dispersion(together) == Approx(modulated_dispersion(15, 90, 1 / 4.0, 1, 1)).epsilon(0.15));
}

TEST_CASE("a surge multiplies the rate of those that it strikes while it lasts") {
    Build build;
    build.open(1'000, 2).lasting(30s);
    auto surge = fault_of<scenarios::SurgeFault>(10s, 10s);
    surge.on = "clients.web";
    surge.factor = 5;
    surge.share = 0.25;
    build.fault(surge);
    const auto counts = per_second(build);
    CHECK(sum(counts, 0, 10) == Approx(20'000).margin(poisson_margin(20'000)));
    CHECK(sum(counts, 10, 20) == Approx(40'000).margin(poisson_margin(40'000)));
    CHECK(sum(counts, 20, 30) == Approx(20'000).margin(poisson_margin(20'000)));
    surge.ramp = 5s;  // a triangle: half of it
    build.scenario().faults = {surge};
    CHECK(sum(per_second(build), 10, 20) == Approx(30'000).margin(poisson_margin(30'000)));
}

TEST_CASE("clocks that are late spread what was aligned and are right again afterwards") {
    Build build;
    build.open(1'000, 1, Arrivals::aligned).lasting(10s);
    auto skew = fault_of<scenarios::ClockSkewFault>(2500ms, 4s);
    skew.on = "clients.web";
    skew.by = 800ms;
    skew.share = 0.5;
    build.fault(skew);
    Timetable timetable(build.scenario(), 0, 1);
    Stream stream{1};
    std::vector<double> late;
    for (std::uint32_t client = 0; client < 1'000; ++client) {
        const Instant third = Instant{2s} + timetable.next(Instant{2s}, client, stream);
        late.push_back(to_seconds(third - Instant{3s}));
        const Instant fourth = third + timetable.next(third, client, stream);
        CHECK(to_seconds(fourth - third) == Approx(1).margin(1e-8));
        const Instant sixth = Instant{6s + (third - Instant{3s})};
        CHECK(sixth + timetable.next(sixth, client, stream) == Instant{7s});
    }
    double mean = 0;
    for (std::uint32_t client = 0; client < 500; ++client) mean += late[client] / 500;
    CHECK(mean == Approx(0.4).margin(3.9 * 0.8 / std::sqrt(12 * 500.0)));
    for (std::uint32_t client = 500; client < 1'000; ++client) CHECK(late[client] == Approx(0).margin(1e-8));
}

TEST_CASE("who comes when is the same whatever the policies are and whoever else there is") {
    Build build;
    build.open(50, 1).lasting(20s);
    open_load(build).shape = {scenarios::SineShape{5s, 0.8, 0s}};
    open_load(build).modulation = bursts(scenarios::ModulationScope::client);
    const auto before = per_second(build);
    build.layer(retries(5));
    build.scenario().clients.push_back({"others", build.clients()});
    CHECK(per_second(build) == before);
    CHECK(per_second(build, 2) != before);
}
