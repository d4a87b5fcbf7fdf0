/// Faults that come from a trace or from a draw.

#include "sim/faults/chaos.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/sim/support/build.hpp"
#include "tests/sim/support/outcomes.hpp"

using namespace stampede;
using namespace stampede::test;
using namespace stampede::scenarios;
using sim::DrawnFault;
using sim::Result;

namespace chaos_test {
namespace {

scenarios::ChaosDraw three_kinds(std::uint32_t draw, Duration within) {
    scenarios::ChaosDraw chaos;
    chaos.draw = draw;
    chaos.within = within;
    chaos.from = {outage(2s, 1s), slowdown(3s, 2s, 4), errors(1s, 1s, 0.5)};
    return chaos;
}

bool is_alike(const DrawnFault& a, const DrawnFault& b) {
    return a.from == b.from && std::visit([](const auto& f) { return f.at; }, a.fault) ==
                                   std::visit([](const auto& f) { return f.at; }, b.fault);
}

}  // namespace

TEST_CASE("drawn faults begin within their stretch, all kinds equally often, in the order of time") {
    std::array<int, 3> counts{};
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        Duration last{};
        for (const auto& [from, fault] : sim::draw_faults(three_kinds(10, 5s), seed)) {
            ++counts[from];
            const Duration at = std::visit([](const auto& f) { return f.at; }, fault);
            const Duration own = std::array<Duration, 3>{2s, 3s, 1s}[from];
            CHECK((at >= own && at <= own + 5s));
            CHECK(at >= last);
            last = at;
        }
    }
    for (const int count : counts) CHECK(count == Approx(1'000).margin(3.9 * 26));
}

TEST_CASE("drawing one more fault changes none of the others, and another seed changes them") {
    const auto four = sim::draw_faults(three_kinds(4, 5s), 7);
    const auto five = sim::draw_faults(three_kinds(5, 5s), 7);
    std::size_t kept = 0;
    for (const auto& each : five)
        kept += std::any_of(four.begin(), four.end(), [&](const auto& f) { return is_alike(f, each); }) ? 1U : 0U;
    CHECK(kept == 4);
    CHECK_FALSE(is_alike(sim::draw_faults(three_kinds(4, 5s), 8).front(), four.front()));
}

TEST_CASE("strengths and lengths come from their ranges, evenly, and move nothing else") {
    auto chaos = three_kinds(10, 5s);
    std::get<SlowdownFault>(chaos.from[1]).ramp = 1s;
    const auto plain = sim::draw_faults(chaos, 3);
    chaos.strength = scenarios::StrengthRange{0.2, 0.6};
    chaos.length = scenarios::LengthRange{1, 3};
    const auto ranged = sim::draw_faults(chaos, 3);
    for (std::size_t i = 0; i < plain.size(); ++i) CHECK(is_alike(plain[i], ranged[i]));

    double strengths = 0;
    double lengths = 0;
    int slowdowns = 0;
    for (std::uint64_t seed = 1; seed <= 300; ++seed)
        for (const auto& [from, fault] : sim::draw_faults(chaos, seed)) {
            if (const auto* outage = std::get_if<OutageFault>(&fault))
                CHECK((outage->lasts >= 1s && outage->lasts <= 3s));
            const auto* slow = std::get_if<SlowdownFault>(&fault);
            if (slow == nullptr) continue;
            ++slowdowns;
            CHECK((slow->most >= 0.2 && slow->most <= 0.6 && slow->lasts >= 2s && slow->lasts <= 6s));
            CHECK(*slow->ramp == slow->lasts / 2);
            strengths += slow->most;
            lengths += to_seconds(slow->lasts);
        }
    // Means of the middle of the range; a uniform's standard deviation is its width / sqrt 12.
    CHECK(strengths / slowdowns == Approx(0.4).margin(3.9 * 0.4 / std::sqrt(12.0 * slowdowns)));
    CHECK(lengths / slowdowns == Approx(3.95).margin(3.9 * 4 / std::sqrt(12.0 * slowdowns)));  // tenths, cut off
}

TEST_CASE("a fault drawn with half its strength does half of what is written") {
    Build build;
    build.serving(100, constant_time(1ms)).open(100, 10, Arrivals::regular).lasting(10s);
    build.clients().policy.clear();
    scenarios::ChaosDraw chaos;
    chaos.from = {errors(2s, 4s, 0.8)};
    chaos.strength = scenarios::StrengthRange{0.5, 0.5};
    build.scenario().chaos = chaos;
    const Result result = run_once(build.scenario());
    CHECK(get(result, Metric::attempts_errors) == Approx(1'600).margin(3.9 * std::sqrt(4'000 * 0.4 * 0.6)));
    CHECK(result.faults.front().strength == 0.5);
}

TEST_CASE("a run meets what was drawn for its seed, and its result says what that was") {
    Build build;
    build.serving(100, constant_time(1ms)).open(100, 10, Arrivals::regular).lasting(10s);
    build.clients().policy.clear();
    scenarios::ChaosDraw chaos;
    chaos.from = {outage(2s, 1s)};
    chaos.within = 5s;
    build.scenario().chaos = chaos;
    const auto results = run_seeds(build.scenario(), 2);
    for (const Result& result : results) {
        REQUIRE(result.faults.size() == 1);
        CHECK(result.faults.front().drawn == 0);
        const auto drawn = sim::draw_faults(chaos, result.seed);
        CHECK(result.faults.front().begin == Instant{} + std::get<OutageFault>(drawn.front().fault).at);
        CHECK(get(result, Metric::attempts_refused_outage) == Approx(1'000).margin(2));
    }
    CHECK(results[0].faults.front().begin != results[1].faults.front().begin);
}

TEST_CASE("a line of a trace holds until the next of the same fault and target, or to the end") {
    const std::vector<TraceLine> trace{{2s, TracedFault::errors, "api", 0.5},
                                       {1s, TracedFault::slowdown, "api", 3},
                                       {4s, TracedFault::errors, "api", 0.25},
                                       {5s, TracedFault::outage, "db", 1},
                                       {6s, TracedFault::errors, "api", 0}};
    const auto faults = faults_of(trace, 10s);
    REQUIRE(faults.size() == 4);
    CHECK(std::get<OutageFault>(faults[0]).lasts == 5s);
    CHECK(std::get<ErrorFault>(faults[1]).at == 2s);
    CHECK(std::get<ErrorFault>(faults[1]).lasts == 2s);
    CHECK(std::get<ErrorFault>(faults[2]).rate == 0.25);
    CHECK(std::get<ErrorFault>(faults[2]).lasts == 2s);
    CHECK(std::get<SlowdownFault>(faults[3]).factor == 3);
    CHECK(std::get<SlowdownFault>(faults[3]).lasts == 9s);
}

TEST_CASE("a traced run fails as many calls as its lines say, in one window where lines follow each other") {
    Build build;
    build.serving(100, constant_time(1ms)).open(100, 10, Arrivals::regular).lasting(10s);
    build.clients().policy.clear();
    build.scenario().fault_trace = {{2s, TracedFault::errors, "api", 0.5},
                                    {4s, TracedFault::errors, "api", 1},
                                    {6s, TracedFault::errors, "api", 0},
                                    {7s, TracedFault::outage, "api", 1},
                                    {8s, TracedFault::outage, "api", 0}};
    const Result result = run_once(build.scenario());
    CHECK(get(result, Metric::attempts_errors) == Approx(3'000).margin(3.9 * 23));
    CHECK(get(result, Metric::attempts_refused_outage) == Approx(1'000).margin(2));
    REQUIRE(result.faults.size() == 2);
    CHECK(result.faults[0].kind == "outage");
    CHECK(result.faults[1].end - result.faults[1].begin == 4s);
}

}  // namespace chaos_test
