#include "reports/comparison.hpp"

#include <catch2/catch.hpp>

#include "tests/reports/made_up.hpp"

using namespace stampede;
using namespace stampede::reports;

TEST_CASE("variants are paired by seed, not by place") {
    const auto with_seeds = [](const std::string& name, std::vector<std::pair<std::uint64_t, double>> runs) {
        std::vector<sim::Result> results;
        for (const auto& [seed, value] : runs) results.push_back(made_up::result(seed, {{Metric::latency_p99, value}}));
        return summarise(name, {}, results, {});
    };
    // Seed 2 of a has failed, and so has seed 4 of b.
    const Summary a = with_seeds("a", {{1, 10}, {3, 30}, {4, 40}});
    const Summary b = with_seeds("b", {{1, 11}, {2, 99}, {3, 33}});
    const PairedDifference d = compare(a, b, Metric::latency_p99);
    CHECK(d.pairs == 2);
    CHECK(d.difference == Approx(2));
}

TEST_CASE("every two variants are compared in every metric that both have") {
    std::vector<Summary> variants;
    for (double x : {1.0, 2.0, 3.0}) variants.push_back(made_up::variant("v", Metric::latency_p50, {x, x + 1}));
    variants.push_back(made_up::variant("other", Metric::latency_p99, {1, 2}));
    const std::vector<Comparison> all = compare_all(variants);
    REQUIRE(all.size() == 3);
    for (const Comparison& each : all) {
        CHECK(each.metric == Metric::latency_p50);
        CHECK(each.a < each.b);
        CHECK(each.difference.difference == Approx(static_cast<double>(each.b - each.a)));
    }
}
