#include "reports/summary.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/reports/made_up.hpp"

using namespace stampede;
using namespace stampede::reports;
using made_up::result;

TEST_CASE("values keep to their seeds") {
    const Summary s = summarise(
        "x", {}, {result(3, {{Metric::latency_p50, 1}}), result(7, {}), result(9, {{Metric::latency_p50, 2}})}, {});
    CHECK(s.seeds == std::vector<std::uint64_t>{3, 7, 9});
    const Quantity* q = s.find(Metric::latency_p50);
    REQUIRE(q);
    CHECK(q->per_seed[0] == 1);
    CHECK(std::isnan(q->per_seed[1]));
    CHECK(q->per_seed[2] == 2);
    CHECK(q->estimate.mean == 1.5);
    CHECK(s.find(Metric::latency_p99) == nullptr);
}

TEST_CASE("quantities follow the catalogue, the whole run before its parts, whatever the seeds bring") {
    sim::Result late = result(2, {{Metric::herd_peak_ratio, 1}});
    late.values.insert(late.values.begin(), {Metric::requests_total, "clients.web", 5});
    late.values.insert(late.values.begin() + 1, {Metric::requests_total, "", 5});
    const Summary s = summarise("x", {}, {result(1, {{Metric::herd_peak_ratio, 2}}), late}, {});
    REQUIRE(s.quantities.size() == 3);
    CHECK(s.quantities[0].metric == Metric::requests_total);
    CHECK(s.quantities[0].subject.empty());
    CHECK(s.quantities[1].subject == "clients.web");
    CHECK(s.quantities[2].metric == Metric::herd_peak_ratio);
}

TEST_CASE("lists of different lengths are summarised place by place") {
    sim::Result a = result(1, {});
    sim::Result b = result(2, {});
    a.indexed = {{Metric::retry_attempts_histogram, "", {10, 4}}};
    b.indexed = {{Metric::retry_attempts_histogram, "", {20}}};
    const Summary s = summarise("x", {}, {a, b}, {});
    REQUIRE(s.indexed.size() == 1);
    REQUIRE(s.indexed[0].by_index.size() == 2);
    CHECK(s.indexed[0].by_index[0].mean == 15);
    CHECK(s.indexed[0].by_index[1].mean == 4);
    CHECK(s.indexed[0].by_index[1].count == 1);
}

TEST_CASE("a series is averaged bin by bin") {
    sim::Result a = result(1, {});
    sim::Result b = result(2, {});
    a.series = {{"arrivals", "services.s", "1/bin", {1, 2}}};
    b.series = {{"arrivals", "services.s", "1/bin", {3, 2}}};
    const Summary s = summarise("x", {}, {a, b}, {});
    const SeriesSummary* series = s.find_series("arrivals", "services.s");
    REQUIRE(series);
    CHECK(series->unit == "1/bin");
    CHECK(series->bins[0].mean == 2);
    CHECK(series->bins[1].half_width() == 0);
    CHECK(s.find_series("arrivals") == nullptr);
}

TEST_CASE("no result at all is a summary of failures") {
    const Summary s = summarise("x", {}, {}, {{1, "killed", "again"}});
    CHECK(s.quantities.empty());
    CHECK(s.failures.size() == 1);
}

TEST_CASE("latencies of all seeds are added bucket by bucket, the whole run first") {
    sim::Result one = made_up::result(1, {});
    one.latencies = {{"", {0.1, 0.3}, {5, 1}}, {"clients.web", {0.1}, {5}}};
    sim::Result two = made_up::result(2, {});
    two.latencies = {{"", {0.1, 0.2}, {7, 2}}};
    const Summary summary = summarise("base", {}, {one, two}, {});
    REQUIRE(summary.latencies.size() == 2);
    CHECK(summary.latencies[0].subject.empty());
    CHECK(summary.latencies[0].upper_s == std::vector<double>{0.1, 0.2, 0.3});
    CHECK(summary.latencies[0].counts == std::vector<std::uint64_t>{12, 2, 1});
    CHECK(summary.latencies[1].counts == std::vector<std::uint64_t>{5});
}

TEST_CASE("the trace is the first seed's") {
    sim::Result one = made_up::result(1, {});
    one.trace = {{{sim::SpanKind::refusal, 3, 1, 0, Instant{}, Instant{}, "refused"}}, true};
    const Summary summary = summarise("base", {}, {one, made_up::result(2, {})}, {});
    REQUIRE(summary.trace.spans.size() == 1);
    CHECK(summary.trace.spans[0].agent == 3);
    CHECK(summary.trace.truncated);
}

TEST_CASE("the series of a name come together, the whole run before its parts") {
    sim::Result run = result(1, {});
    for (const auto& [name, subject] : std::vector<std::pair<std::string, std::string>>{
             {"arrivals", "services.a"}, {"queue", ""}, {"arrivals", "services.b"}, {"arrivals", ""}})
        run.series.push_back({name, subject, "count", {1}});
    const Summary s = summarise("x", {}, {run}, {});
    std::vector<std::string> order;
    for (const SeriesSummary& series : s.series) order.push_back(series.name + "@" + series.subject);
    CHECK(order == std::vector<std::string>{"arrivals@", "arrivals@services.a", "arrivals@services.b", "queue@"});
}
