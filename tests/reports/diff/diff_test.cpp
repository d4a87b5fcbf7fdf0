#include "reports/diff/diff.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "tests/reports/made_up.hpp"

using namespace stampede;
using namespace stampede::reports;

namespace {

constexpr double never = std::numeric_limits<double>::infinity();

Report with(std::vector<Summary> variants) {
    Report report;
    report.scenario = nlohmann::ordered_json::object();
    report.variants = std::move(variants);
    return report;
}

Report one(Metric metric, const std::vector<double>& per_seed, std::uint64_t first_seed = 1) {
    Report report = with({made_up::variant("base", metric, per_seed)});
    for (std::uint64_t& seed : report.variants.front().seeds) seed += first_seed - 1;
    return report;
}

const MetricChange& only_change(const Diff& d) {
    REQUIRE(d.variants.size() == 1);
    REQUIRE(d.variants.front().metrics.size() == 1);
    return d.variants.front().metrics.front();
}

}  // namespace

TEST_CASE("a report does not differ from itself") {
    const Report report = made_up::comparison(5);
    const Diff d = diff(report, report);
    CHECK(d.is_empty());
    CHECK(d.tests == 0);
    CHECK_FALSE(d.has_worse_beyond(0));
    CHECK(d.variants.size() == 3);
}

TEST_CASE("equal seeds are compared in pairs, others as two samples") {
    const std::vector<double> low{10, 20, 30, 40};
    const std::vector<double> high{11, 21.5, 31, 41.5};
    const Diff paired = diff(one(Metric::latency_p99, low), one(Metric::latency_p99, high));
    CHECK(only_change(paired).rule == Rule::paired_t);
    CHECK(only_change(paired).is_worse());
    const Diff unpaired = diff(one(Metric::latency_p99, low), one(Metric::latency_p99, high, 5));
    CHECK(only_change(unpaired).rule == Rule::welch);
    CHECK(only_change(unpaired).sign == 0);
    CHECK_FALSE(unpaired.is_empty());
    CHECK(only_change(unpaired).difference == Approx(only_change(paired).difference));
}

TEST_CASE("which way is worse depends on the metric") {
    const std::vector<double> low{10, 20, 30, 40};
    const std::vector<double> high{11, 21.5, 31, 41.5};
    CHECK(only_change(diff(one(Metric::requests_goodput, low), one(Metric::requests_goodput, high))).is_better());
    CHECK(only_change(diff(one(Metric::requests_goodput, high), one(Metric::requests_goodput, low))).is_worse());
    const Diff neutral = diff(one(Metric::attempts_ok, low), one(Metric::attempts_ok, high));
    CHECK(only_change(neutral).sign == 1);
    CHECK_FALSE(neutral.has_worse_beyond(0));
}

TEST_CASE("beyond the tolerance is where the whole interval is") {
    const std::vector<double> before{100, 100, 100, 100};
    const Diff d = diff(one(Metric::latency_p99, before), one(Metric::latency_p99, {104, 105, 105, 106}));
    const double near = only_change(d).lo / 100;  // about 3.7 %
    CHECK(near > 0.03);
    CHECK(d.has_worse_beyond(near - 1e-9));
    CHECK_FALSE(d.has_worse_beyond(near + 1e-9));
    CHECK(diff(one(Metric::latency_p99, {0, 0, 0}), one(Metric::latency_p99, {1, 1.1, 1.2})).has_worse_beyond(9));
}

TEST_CASE("a time that no longer comes is worse beyond every tolerance") {
    const std::vector<double> came{3, 4, 5, 6, 7, 8};
    const Diff d = diff(one(Metric::recovery_time, came), one(Metric::recovery_time, std::vector<double>(6, never)));
    CHECK(only_change(d).rule == Rule::signed_ranks);
    CHECK(only_change(d).is_worse_beyond(10));
    const Diff back = diff(one(Metric::recovery_time, std::vector<double>(6, never)), one(Metric::recovery_time, came));
    CHECK(only_change(back).is_better());
}

TEST_CASE("one seed shows nothing") {
    const Diff d = diff(one(Metric::latency_p99, {1}), one(Metric::latency_p99, {9}));
    CHECK(only_change(d).rule == Rule::too_few);
    CHECK(only_change(d).sign == 0);
    CHECK_FALSE(d.is_empty());
}

TEST_CASE("what is in one report only is named") {
    Report before = with(
        {made_up::variant("old", Metric::latency_p99, {1, 2}), made_up::variant("both", Metric::latency_p99, {1, 2})});
    Report after = with(
        {made_up::variant("both", Metric::latency_p50, {1, 2}), made_up::variant("new", Metric::latency_p50, {1, 2})});
    const Diff d = diff(before, after);
    CHECK(d.only_before == std::vector<std::string>{"old"});
    CHECK(d.only_after == std::vector<std::string>{"new"});
    REQUIRE(d.variants.size() == 1);
    CHECK(d.variants.front().only_before == std::vector{Metric::latency_p99});
    CHECK(d.variants.front().only_after == std::vector{Metric::latency_p50});
    CHECK_FALSE(d.is_empty());
}

TEST_CASE("a change of every variant is said once, one of some with the variant") {
    Report before =
        with({made_up::variant("a", Metric::latency_p99, {1, 2}), made_up::variant("b", Metric::latency_p99, {1, 2})});
    Report after = before;
    before.scenario = {{"x", 1}};
    after.scenario = {{"x", 2}};
    after.variants[1].overrides = {{"y", "3"}};
    const Diff d = diff(before, after);
    REQUIRE(d.settings.size() == 1);
    CHECK(d.settings.front().path == "x");
    CHECK(d.variants[0].settings.empty());
    REQUIRE(d.variants[1].settings.size() == 1);
    CHECK(d.variants[1].settings.front().path == "y");
}

TEST_CASE("reports that differ by chance alone are called different at most once in twenty times") {
    constexpr int trials = 400;
    std::mt19937_64 random(1);
    const auto noise = [&] {  // a sum of twelve is normal enough, and the same in every standard library
        double sum = 100;
        for (int i = 0; i < 12; ++i) sum += static_cast<double>(random() >> 11U) * 0x1p-53 - 0.5;
        return sum;
    };
    const auto report = [&](std::uint64_t first_seed) {
        std::vector<sim::Result> results;
        for (std::uint64_t seed = first_seed; seed < first_seed + 8; ++seed) {
            std::vector<std::pair<Metric, double>> values;
            for (const MetricInfo& each : metrics())
                if (each.index.empty()) values.push_back({each.metric, noise()});
            results.push_back(made_up::result(seed, values));
        }
        return with({summarise("base", {}, results, {})});
    };
    int claims = 0;
    for (int i = 0; i < trials; ++i) {
        const Diff d = diff(report(1), report(i % 2 == 0 ? 1 : 100));
        const auto& all = d.variants.front().metrics;
        claims += std::any_of(all.begin(), all.end(), [](const MetricChange& m) { return m.sign != 0; }) ? 1 : 0;
    }
    CHECK(claims <= trials * 0.05 + 3 * std::sqrt(trials * 0.05 * 0.95));
}

TEST_CASE("only the metrics that are asked for are compared") {
    const Report report = made_up::comparison(3);
    const Diff d = diff(report, report, {Metric::herd_peak_ratio});
    for (const VariantDiff& variant : d.variants) CHECK(variant.metrics.size() == 1);
}
