#include "reports/markdown/markdown.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/markdown/escape.hpp"
#include "reports/markdown/tables.hpp"
#include "reports/settings.hpp"
#include "reports/terminal/sections.hpp"
#include "reports/verdict.hpp"

namespace stampede::reports {
namespace {

using markdown::code;
using markdown::text;

/// A comment on GitHub is about so many columns of code wide.
constexpr std::size_t chart_width = 88;

std::string text_at(const nlohmann::ordered_json& json, const char* pointer) {
    const nlohmann::ordered_json::json_pointer place{pointer};
    if (!json.contains(place) || !json.at(place).is_string()) return {};
    return text(json.at(place).get<std::string>());
}

std::string counted(std::size_t n, std::string_view thing) {
    return fmt::format("{} {}{}", n, thing, n == 1 ? "" : "s");
}

std::string outcome(const Report& report) {
    if (report.thresholds.empty()) return {};
    const auto failed = std::count_if(report.thresholds.begin(), report.thresholds.end(),
                                      [](const ThresholdResult& t) { return !t.passed; });
    if (failed == 0) return fmt::format("✅ **all of {} passed**\n\n", counted(report.thresholds.size(), "threshold"));
    return fmt::format("❌ **{} of {} failed**\n\n", failed, counted(report.thresholds.size(), "threshold"));
}

std::string heading(const Report& report) {
    const std::string name = text_at(report.scenario, "/name");
    const std::string description = text_at(report.scenario, "/description");
    const std::string duration = text_at(report.scenario, "/run/duration");
    std::string out = fmt::format("## Stampede{}{}\n\n", name.empty() ? "" : ": ", name) + outcome(report);
    if (!description.empty()) out += fmt::format("**What:** {}\n\n", description);
    out += fmt::format("**How:** {}, {}", counted(report.variants.size(), "variant"),
                       counted(report.seeds.size(), "seed"));
    if (!duration.empty()) out += fmt::format(", {} simulated each", duration);
    if (report.seeds.size() > 1) out += "; mean ± half the width of the 95 % interval over the seeds";
    return out + "\n";
}

/// Which runs the numbers do not rest on.
std::string gaps(const Report& report) {
    std::string out;
    for (const Summary& variant : report.variants) {
        if (variant.seeds.size() < report.seeds.size())
            out += fmt::format("- ⚠️ {}: only {} of {} seeds finished\n", code(variant.name), variant.seeds.size(),
                               report.seeds.size());
        for (const StoppedRun& run : variant.stopped)
            out += fmt::format("- ⚠️ {}\n", text(stop_sentence(variant, run)));
        for (const FailedRun& run : variant.failures)
            out +=
                fmt::format("  - seed {} died: {}; to run it alone: {}\n", run.seed, text(run.what), code(run.command));
    }
    return out;
}

std::string verdict(const Report& report) {
    std::string out;
    for (const Finding& finding : findings(report))
        out += fmt::format("- **{}:** {}\n", finding.title, text(finding.sentence));
    return out;
}

std::string settings(const Report& report) {
    std::string out;
    for (const Summary& variant : report.variants)
        for (const scenarios::Override& each : variant.overrides)
            out += fmt::format("- {}: {}\n", code(variant.name),
                               code(each.path + " = " + setting_text(setting_value(each))));
    std::string seeds;
    for (std::uint64_t seed : report.seeds) seeds += fmt::format("{}{}", seeds.empty() ? "" : ", ", seed);
    if (!report.command.empty()) out += fmt::format("- to make this report again: {}\n", code(report.command));
    if (report.precision) out += "- " + text(precision_sentence(*report.precision, report.seeds.size())) + '\n';
    return out + fmt::format("- seeds: {}\n- stampede {}\n", seeds, text(report.version));
}

std::string section(std::string_view title, const std::string& body) {
    return body.empty() ? body : fmt::format("\n### {}\n\n{}", title, body);
}

}  // namespace

std::string render_markdown(const Report& report) {
    const std::string chart = arrivals_plot(report, Page{chart_width, Paint{false}});
    return heading(report) + section("Missing runs", gaps(report)) + section("Verdict", verdict(report)) +
           section("Thresholds", markdown::threshold_table(report)) +
           section("Numbers", markdown::question_table(report)) +
           markdown::details("Arrivals over time", chart.empty() ? chart : markdown::block(chart)) +
           markdown::details("All metrics of the whole run", markdown::metric_table(report)) +
           markdown::details("Settings and seeds", settings(report));
}

}  // namespace stampede::reports
