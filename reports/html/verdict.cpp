#include "reports/verdict.hpp"

#include <fmt/format.h>

#include "reports/html/markup.hpp"
#include "reports/html/sections.hpp"

namespace stampede::reports::html {
namespace {

std::string text_at(const nlohmann::ordered_json& json, const char* pointer) {
    const nlohmann::ordered_json::json_pointer place{pointer};
    return json.contains(place) && json.at(place).is_string() ? json.at(place).get<std::string>() : "";
}

std::string counted(std::size_t n, std::string_view thing) {
    return fmt::format("{} {}{}", n, thing, n == 1 ? "" : "s");
}

std::string how(const Report& report) {
    std::string out = counted(report.seeds.size(), "seed");
    if (report.variants.size() > 1) out = counted(report.variants.size(), "variant") + ", " + out;
    const std::string duration = text_at(report.scenario, "/run/duration");
    if (!duration.empty()) out += ", " + duration + " simulated each";
    if (report.precision) out += ". " + precision_sentence(*report.precision, report.seeds.size());
    return out;
}

/// Which runs the numbers do not rest on.
std::string gaps(const Report& report) {
    std::string out;
    for (const Summary& variant : report.variants) {
        if (variant.seeds.size() < report.seeds.size())
            out += fmt::format("<p class=\"warning\">{}: only {} of {} seeds finished.</p>\n", escape(variant.name),
                               variant.seeds.size(), report.seeds.size());
        for (const StoppedRun& run : variant.stopped)
            out += fmt::format("<p class=\"warning\">{}</p>\n", escape(stop_sentence(variant, run)));
        for (const FailedRun& run : variant.failures)
            out += fmt::format("<p class=\"warning\">{}, seed {}: {}. To run it alone: <code>{}</code></p>\n",
                               escape(variant.name), run.seed, escape(run.what), escape(run.command));
    }
    return out;
}

/// Passed or not, in one line; the table comes further down.
std::string thresholds(const Report& report) {
    if (report.thresholds.empty()) return {};
    std::size_t failed = 0;
    for (const ThresholdResult& t : report.thresholds) failed += t.passed ? 0 : 1;
    if (failed == 0) return "<li class=\"passed\"><b>Thresholds</b> ✓ all passed.</li>\n";
    return fmt::format("<li class=\"failed\"><b>Thresholds</b> ✗ {} of {} failed.</li>\n", failed,
                       report.thresholds.size());
}

}  // namespace

std::string verdict_section(const Report& report) {
    const std::string name = text_at(report.scenario, "/name");
    std::string out = fmt::format("<p class=\"kind\">Stampede report · {}</p>\n<h1>{}</h1>\n", escape(how(report)),
                                  escape(name.empty() ? "A run without a name" : name));
    const std::string description = text_at(report.scenario, "/description");
    if (!description.empty()) out += "<p class=\"lead\">" + escape(description) + "</p>\n";
    out += gaps(report) + "<ul class=\"verdict\">\n";
    for (const Finding& finding : findings(report))
        out += fmt::format("<li{}><b>{}</b> {}</li>\n", finding.is_caution ? " class=\"caution\"" : "",
                           escape(finding.title), escape(finding.sentence));
    return out + thresholds(report) + "</ul>\n";
}

}  // namespace stampede::reports::html
