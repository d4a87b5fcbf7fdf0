#include "reports/what_happened.hpp"

#include <catch2/catch.hpp>

#include "reports/bottleneck.hpp"
#include "tests/reports/made_up.hpp"

using namespace stampede;
using namespace stampede::reports;
using Catch::Contains;

namespace {

using enum Metric;

/// A run of one seed with a slowdown of the database from 30 s to 50 s, behind it a shop that calls it.
struct Course {
    std::vector<std::pair<Metric, double>> whole;
    std::vector<std::tuple<Metric, std::string, double>> parts;

    [[nodiscard]] Summary summary(const std::string& name = "base") const {
        sim::Result result = made_up::result(1, whole);
        for (const auto& [metric, subject, value] : parts) result.values.push_back({metric, subject, value});
        result.series = {{"capacity", "services.db", "1/bin", {250}}};
        result.faults = {
            {"slowdown", "services.db", Instant{std::chrono::seconds{30}}, Instant{std::chrono::seconds{50}}}};
        return summarise(name, {}, {result}, {});
    }
};

Course stuck() {
    return {{{recovery_degraded_after, 0.5},
             {recovery_lowest_goodput, 0.02},
             {recovery_goodput_at_end, 0.03},
             {recovery_time, sim::never},
             {recovery_metastable, 1}},
            {{service_busiest, "services.shop", 0.97},
             {service_busiest, "services.db", 1},
             {service_queue_peak, "services.db", 5000},
             {service_offered_load, "services.db", 0.8},
             {service_arriving_load, "services.db", 4},
             {retry_wasted_work, "services.db", 0.87}}};
}

void set(Course& course, Metric metric, double value) {
    for (auto& [m, old] : course.whole)
        if (m == metric) old = value;
}

void drop(Course& course, Metric metric) {
    std::erase_if(course.whole, [&](const auto& entry) { return entry.first == metric; });
}

Report report_of_course() {
    Report report;
    report.scenario = {{"services", {{"db", {{"workers", 1}}}, {"shop", {{"calls", {{{"to", "db"}}}}}}}}};
    return report;
}

/// As it is read: with ordinary spaces.
std::string told_of(const Course& course) {
    std::string text = what_happened(report_of_course(), course.summary());
    for (std::size_t at; (at = text.find("\u00a0")) != std::string::npos;) text.replace(at, 2, " ");
    return text;
}

}  // namespace

TEST_CASE("a run that never recovers within capacity is metastable, and what sustains it is named with its numbers") {
    CHECK(
        told_of(stuck()) ==
        "Goodput falls below 90 % of the normal 500 ms after the slowdown of db at 30.0 s begins, and to 2.00 % in its "
        "lowest second. It has not recovered when the run ends: goodput is then 3.00 % of the normal. It is "
        "metastable: "
        "the fault is over, first attempts are 80.0 % of what db can do, and yet goodput stays down. The bottleneck is "
        "db: 100 % busy, 5000 waiting at the worst, 2.00 s of its work. What sustains it: retries, with which 400 % of "
        "what it can do arrives; and work for callers that had given up, 87.0 % of all its work.");
}

TEST_CASE("a run that never recovers beyond capacity is overloaded, not metastable") {
    Course course = stuck();
    set(course, recovery_metastable, 0);
    CHECK_THAT(told_of(course), Contains("That is overload, not metastability") && !Contains("It is metastable"));
}

TEST_CASE("a backlog that outlasts the recovery is told, however goodput went") {
    Course course = stuck();
    set(course, recovery_time, 0);
    set(course, recovery_metastable, 0);
    course.whole.emplace_back(herd_drain_time, 35.2);
    CHECK_THAT(told_of(course), Contains("It recovers as soon as the last fault ends. Queues are back to normal 35.2 s "
                                         "after the last fault ends. The bottleneck"));
    set(course, recovery_time, 34.5);
    CHECK_THAT(told_of(course), Contains("It recovers 34.5 s") && !Contains("Queues"));
    drop(course, recovery_degraded_after);
    set(course, herd_drain_time, sim::never);
    CHECK_THAT(told_of(course), Contains("lowest second. Queues are not back to normal when the run ends. The"));
}

TEST_CASE("a run that recovers says after what time, and nothing of what sustains it") {
    Course course = stuck();
    set(course, recovery_time, 4.2);
    set(course, recovery_metastable, 0);
    CHECK_THAT(told_of(course), Contains("It recovers 4.20 s after the last fault ends.") && !Contains("sustains") &&
                                    !Contains("overload"));
}

TEST_CASE("goodput that never falls holds, and has nothing to recover from") {
    Course course = stuck();
    drop(course, recovery_degraded_after);
    set(course, recovery_lowest_goodput, 0.97);
    set(course, recovery_time, 0);
    CHECK_THAT(told_of(course), Contains("Goodput holds through the slowdown of db at 30.0 s: 97.0 % of the normal") &&
                                    !Contains("recovers"));
}

TEST_CASE("the bottleneck is the saturated service that waits for no other saturated one") {
    const auto found = bottleneck(report_of_course(), stuck().summary());
    REQUIRE(found);
    CHECK(found->subject == "services.db");

    Course shop = stuck();
    std::get<double>(shop.parts[1]) = 0.4;  // the database is idle: the shop itself is too small
    CHECK(bottleneck(report_of_course(), shop.summary())->subject == "services.shop");
}

TEST_CASE("variants are told apart by whether they recover") {
    Course well = stuck();
    set(well, recovery_time, 4.2);
    set(well, recovery_metastable, 0);
    Report report = report_of_course();
    report.variants = {stuck().summary("storm"), well.summary("calm")};
    CHECK_THAT(what_happened_to_all(report), Contains("storm never recovers: it is metastable.") &&
                                                 Contains("sustains it at db: retries") &&
                                                 Contains("these recover: calm"));
}
