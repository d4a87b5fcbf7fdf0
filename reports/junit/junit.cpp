#include "reports/junit/junit.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/junit/xml.hpp"
#include "reports/settings.hpp"
#include "reports/text/quantity.hpp"

namespace stampede::reports {
namespace {

struct Counts {
    std::size_t tests = 0;
    std::size_t failures = 0;
    std::size_t errors = 0;
    std::size_t skipped = 0;

    Counts& operator+=(const Counts& other) {
        tests += other.tests;
        failures += other.failures;
        errors += other.errors;
        skipped += other.skipped;
        return *this;
    }
};

/// Test cases as text, and how many of which kind.
struct Cases {
    Counts counts;
    std::string text;

    /// `inside` is what is between the tags; nothing for a case that passed.
    void add(std::string_view class_name, std::string_view name, const std::string& inside = {}) {
        ++counts.tests;
        text += fmt::format("    <testcase classname=\"{}\" name=\"{}\"", xml(class_name), xml(name));
        text += inside.empty() ? "/>\n" : fmt::format(">\n      {}\n    </testcase>\n", inside);
    }
};

std::string values_by_seed(const Summary& variant, const Quantity& quantity) {
    std::string text;
    for (std::size_t i = 0; i < quantity.per_seed.size(); ++i)
        text +=
            fmt::format("seed {}: {}\n", variant.seeds[i], readable(quantity.per_seed[i], info(quantity.metric).unit));
    return text;
}

/// The numbers that a failure rests on, and what they mean.
std::string evidence(const Summary& variant, const ThresholdResult& threshold) {
    const auto metric = find_metric(threshold.metric);
    if (!metric) return {};
    const Quantity* quantity = variant.find(*metric);
    return fmt::format("{}: {}\n{}", threshold.metric, info(*metric).definition,
                       quantity ? values_by_seed(variant, *quantity) : "not measured\n");
}

void add_threshold(Cases& cases, const Summary& variant, const ThresholdResult& threshold) {
    const std::string name = threshold.metric + " " + threshold.condition;
    if (threshold.passed) return cases.add("thresholds", name);
    ++cases.counts.failures;
    cases.add(
        "thresholds", name,
        fmt::format("<failure type=\"threshold\" message=\"{}\">{}</failure>",
                    xml(fmt::format("{}: {}", name, readable_value(threshold))), xml(evidence(variant, threshold))));
}

void add_failed_run(Cases& cases, const FailedRun& run) {
    ++cases.counts.errors;
    cases.add("runs", fmt::format("seed {}", run.seed),
              fmt::format("<error type=\"run\" message=\"{}\">{}</error>", xml(run.what),
                          xml("to run it alone: " + run.command)));
}

/// A suite is never empty: servers take a report without any case for a mistake.
void add_runs(Cases& cases, const Report& report, const Summary& variant) {
    for (const FailedRun& run : variant.failures) add_failed_run(cases, run);
    const std::size_t known = variant.seeds.size() + variant.failures.size();
    if (known >= report.seeds.size()) {
        if (variant.failures.empty()) cases.add("runs", "every seed finishes");
        return;
    }
    ++cases.counts.skipped;
    cases.add("runs", "every seed finishes",
              fmt::format("<skipped>interrupted: {} of {} seeds finished</skipped>", variant.seeds.size(),
                          report.seeds.size()));
}

Cases cases_of(const Report& report, const Summary& variant) {
    Cases cases;
    for (const ThresholdResult& threshold : report.thresholds)
        if (threshold.variant == variant.name) add_threshold(cases, variant, threshold);
    add_runs(cases, report, variant);
    return cases;
}

std::string properties(const Summary& variant) {
    if (variant.overrides.empty()) return {};
    std::string text = "    <properties>\n";
    for (const scenarios::Override& each : variant.overrides)
        text += fmt::format("      <property name=\"{}\" value=\"{}\"/>\n", xml(each.path),
                            xml(setting_text(setting_value(each))));
    return text + "    </properties>\n";
}

std::string name_of(const Report& report) {
    const auto name = report.scenario.find("name");
    return name != report.scenario.end() && name->is_string() ? name->get<std::string>() : "stampede";
}

}  // namespace

std::string render_junit(const Report& report) {
    Counts all;
    std::string suites;
    for (const Summary& variant : report.variants) {
        const Cases cases = cases_of(report, variant);
        all += cases.counts;
        suites += fmt::format(
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\">\n{}{}  </testsuite>\n",
            xml(variant.name), cases.counts.tests, cases.counts.failures, cases.counts.errors, cases.counts.skipped,
            properties(variant), cases.text);
    }
    const std::string time =
        report.environment ? fmt::format(" time=\"{:.3f}\"", report.environment->seconds) : std::string{};
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<testsuites name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\"{}>\n{}</testsuites>\n",
        xml(name_of(report)), all.tests, all.failures, all.errors, time, suites);
}

}  // namespace stampede::reports
