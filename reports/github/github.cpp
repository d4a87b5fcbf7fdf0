#include "reports/github/github.hpp"

#include <fmt/format.h>

#include "reports/text/quantity.hpp"

namespace stampede::reports {
namespace {

/// As @actions/core escapes: what ends a command or a property is written in per cent.
/// https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
std::string escape(std::string_view text, std::string_view special) {
    std::string out;
    for (char c : text) {
        if (special.find(c) == std::string_view::npos)
            out += c;
        else
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

std::string message(std::string_view text) { return escape(text, "%\r\n"); }
std::string property(std::string_view text) { return escape(text, "%\r\n:,"); }

std::string command(std::string_view level, const std::optional<SourceLine>& place, std::string_view title,
                    std::string_view text) {
    const std::string where = place ? fmt::format("file={},line={},", property(place->file), place->line) : "";
    return fmt::format("::{} {}title={}::{}\n", level, where, property(title), message(text));
}

std::string in_variant(const Report& report, const std::string& name) {
    return report.variants.size() > 1 ? fmt::format(" (variant {})", name) : std::string{};
}

std::string failed_threshold(const Report& report, const ThresholdResult& threshold,
                             const std::optional<SourceLine>& place) {
    const auto metric = find_metric(threshold.metric);
    return command("error", place, fmt::format("Threshold failed: {} {}", threshold.metric, threshold.condition),
                   fmt::format("{}: {}{}; demanded: {}\n{}", threshold.metric, readable_value(threshold),
                               in_variant(report, threshold.variant), threshold.condition,
                               metric ? info(*metric).definition : ""));
}

std::string failed_run(const Report& report, const Summary& variant, const FailedRun& run) {
    return command("error", std::nullopt, fmt::format("Seed {} died{}", run.seed, in_variant(report, variant.name)),
                   fmt::format("{}\nto run it alone: {}", run.what, run.command));
}

}  // namespace

std::string render_github(const Report& report, const std::vector<std::optional<SourceLine>>& places) {
    std::string out;
    for (std::size_t i = 0; i < report.thresholds.size(); ++i)
        if (!report.thresholds[i].passed)
            out += failed_threshold(report, report.thresholds[i], i < places.size() ? places[i] : std::nullopt);
    for (const Summary& variant : report.variants)
        for (const FailedRun& run : variant.failures) out += failed_run(report, variant, run);
    if (report.interrupted)
        out += command("warning", std::nullopt, "Interrupted", "some runs are missing; the numbers rest on the others");
    return out;
}

}  // namespace stampede::reports
