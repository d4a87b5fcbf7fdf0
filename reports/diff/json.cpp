#include <array>
#include <cmath>

#include "reports/diff/render.hpp"
#include "reports/diff/words.hpp"
#include "reports/json/layout.hpp"

namespace stampede::reports {
namespace {

using Json = nlohmann::ordered_json;

/// As in the JSON report.
Json number(double x) {
    if (std::isnan(x)) return nullptr;
    if (std::isinf(x)) return "never";
    return x;
}

template <class Range, class Convert>
Json list(const Range& range, Convert&& convert) {
    Json result = Json::array();
    for (const auto& each : range) result.push_back(convert(each));
    return result;
}

Json setting(const SettingChange& change) {
    Json json{{"path", change.path}};
    if (change.before) json["before"] = *change.before;
    if (change.after) json["after"] = *change.after;
    return json;
}

Json side(const Estimate& e) {
    return {{"mean", number(e.mean)},
            {"median", number(e.median)},
            {"lo", number(e.lo)},
            {"hi", number(e.hi)},
            {"nevers", e.nevers}};
}

Json metric(const MetricChange& change, double tolerance) {
    return {{"metric", info(change.metric).name},
            {"unit", to_string(info(change.metric).unit)},
            {"verdict", verdict_of(change)},
            {"beyond_tolerance", change.is_worse_beyond(tolerance)},
            {"before", side(change.before)},
            {"after", side(change.after)},
            {"difference", number(change.difference)},
            {"lo", number(change.lo)},
            {"hi", number(change.hi)},
            {"p", number(change.p)},
            {"p_corrected", number(change.p_corrected)},
            {"rule", to_string(change.rule)}};
}

Json names(const std::vector<Metric>& metrics) {
    return list(metrics, [](Metric each) { return Json(info(each).name); });
}

Json variant(const VariantDiff& variant, double tolerance) {
    return {{"name", variant.name},
            {"seeds_before", variant.seeds_before},
            {"seeds_after", variant.seeds_after},
            {"paired", variant.is_paired},
            {"settings", list(variant.settings, setting)},
            {"metrics_only_before", names(variant.only_before)},
            {"metrics_only_after", names(variant.only_after)},
            {"metrics", list(variant.metrics, [&](const MetricChange& each) { return metric(each, tolerance); })}};
}

constexpr std::array all{DiffReporter{".json", render_diff_json}, DiffReporter{".md", render_diff_markdown}};

}  // namespace

std::string render_diff_json(const DiffReport& report) {
    const Diff& diff = report.diff;
    return lay_out(
        {{"stampede_diff", 1},
         {"before", {{"report", report.before}, {"version", diff.version_before}}},
         {"after", {{"report", report.after}, {"version", diff.version_after}}},
         {"same", diff.is_empty()},
         {"tolerance", report.tolerance},
         {"worse", diff.has_worse_beyond(report.tolerance)},
         {"settings", list(diff.settings, setting)},
         {"variants_only_before", diff.only_before},
         {"variants_only_after", diff.only_after},
         {"tests", diff.tests},
         {"variants", list(diff.variants, [&](const VariantDiff& each) { return variant(each, report.tolerance); })}});
}

std::span<const DiffReporter> diff_reporters() { return all; }

}  // namespace stampede::reports
