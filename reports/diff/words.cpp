#include "reports/diff/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/settings.hpp"
#include "reports/text/quantity.hpp"
#include "reports/text/width.hpp"

namespace stampede::reports {
namespace {

std::string counted(std::size_t n, std::string_view what) { return fmt::format("{} {}{}", n, what, n == 1 ? "" : "s"); }

int severity(const MetricChange& change) { return change.is_worse() ? 0 : change.is_better() ? 1 : 2; }

MovedRow row_of(const MetricChange& change, double tolerance) {
    const Unit unit = info(change.metric).unit;
    MovedRow row{&change, readable(change.before, unit), readable(change.after, unit), {}, {}};
    const bool has_interval = !std::isnan(change.lo);
    if (!std::isnan(change.difference)) {
        const double half = has_interval ? (change.hi - change.lo) / 2 : no_value;
        row.difference =
            fmt::format("{}{}", change.difference > 0 ? "+" : "", readable_difference(change.difference, half, unit));
    }
    row.evidence = fmt::format("{}, {}", readable_p(change.p_corrected), to_string(change.rule));
    if (change.is_worse() && !change.is_worse_beyond(tolerance))
        row.evidence += fmt::format(", within {:g} %", tolerance * 100);
    return row;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + plain(word);
    return text;
}

std::vector<std::string> names_of(const std::vector<Metric>& metrics) {
    std::vector<std::string> names;
    for (Metric metric : metrics) names.emplace_back(info(metric).name);
    return names;
}

void add_side(std::vector<std::string>& lines, const std::string& where, std::string_view what,
              const std::vector<std::string>& names) {
    if (!names.empty()) lines.push_back(fmt::format("{} only in {}: {}", what, plain(where), joined(names)));
}

struct Tally {
    std::size_t worse = 0;
    std::size_t beyond = 0;
    std::size_t better = 0;
    std::size_t moved = 0;
    std::size_t compared = 0;
};

Tally tally(const DiffReport& report) {
    Tally n;
    for (const VariantDiff& variant : report.diff.variants)
        for (const MetricChange& change : variant.metrics) {
            ++n.compared;
            n.worse += change.is_worse() ? 1 : 0;
            n.beyond += change.is_worse_beyond(report.tolerance) ? 1 : 0;
            n.better += change.is_better() ? 1 : 0;
            n.moved += change.sign != 0 ? 1 : 0;
        }
    return n;
}

}  // namespace

std::string verdict_of(const MetricChange& change) {
    if (change.rule == Rule::identical) return "identical";
    if (change.is_worse()) return "worse";
    if (change.is_better()) return "better";
    if (change.sign == 0) return "no difference shown";
    return change.sign > 0 ? "higher" : "lower";
}

std::vector<MovedRow> moved_rows(const VariantDiff& variant, double tolerance) {
    std::vector<MovedRow> rows;
    for (const MetricChange& change : variant.metrics)
        if (change.sign != 0) rows.push_back(row_of(change, tolerance));
    std::stable_sort(rows.begin(), rows.end(),
                     [](const MovedRow& a, const MovedRow& b) { return severity(*a.change) < severity(*b.change); });
    return rows;
}

std::string unmoved_sentence(const VariantDiff& variant) {
    std::size_t identical = 0;
    std::size_t not_shown = 0;
    for (const MetricChange& change : variant.metrics) {
        identical += change.rule == Rule::identical ? 1 : 0;
        not_shown += change.rule != Rule::identical && change.sign == 0 ? 1 : 0;
    }
    if (identical + not_shown == 0) return {};
    if (not_shown == 0) return counted(identical, "metric") + " identical.";
    if (identical == 0) return counted(not_shown, "metric") + " not shown to differ.";
    return fmt::format("{} identical, {} not shown to differ.", counted(identical, "metric"), not_shown);
}

std::string outcome(const DiffReport& report) {
    if (report.diff.is_empty()) return "No difference.";
    if (report.diff.variants.empty()) return "No variant is in both: nothing to compare.";
    const Tally n = tally(report);
    if (n.moved == 0)
        return n.compared == 0 ? "No metric is in both: nothing to compare." : "No metric is shown to differ.";
    std::string text = fmt::format("{} worse, {} better", counted(n.worse, "metric"), n.better);
    if (n.moved > n.worse + n.better)
        text += fmt::format(", {} moved without being either", n.moved - n.worse - n.better);
    if (n.worse > 0 && report.tolerance > 0)
        text += fmt::format("; {} worse by more than {:g} %", n.beyond, report.tolerance * 100);
    return text + '.';
}

std::string rule_sentence(const VariantDiff& variant, std::size_t tests) {
    const bool all_identical = std::all_of(variant.metrics.begin(), variant.metrics.end(),
                                           [](const MetricChange& each) { return each.rule == Rule::identical; });
    if (all_identical) return {};
    const bool is_too_few = std::min(variant.seeds_before, variant.seeds_after) < 2;
    const std::string seeds = variant.seeds_before == variant.seeds_after
                                  ? counted(variant.seeds_before, "seed")
                                  : fmt::format("{} and {} seeds", variant.seeds_before, variant.seeds_after);
    if (is_too_few) return seeds + ": one seed shows no difference, use --seeds 10 or more.";
    const std::string how =
        variant.is_paired
            ? "the same in both, compared seed by seed: paired t test, signed ranks where that has no answer"
            : "not the same in both, compared as two samples: Welch's t test, rank sums where that has no "
              "answer";
    return fmt::format("{}, {}; p by Holm's rule over {}.", seeds, how, counted(tests, "test"));
}

std::string change_text(const SettingChange& change) {
    const auto text = [](const std::optional<nlohmann::ordered_json>& value) {
        return value ? plain(setting_text(*value)) : std::string("not set");
    };
    return text(change.before) + " → " + text(change.after);
}

std::vector<std::string> one_sided(const DiffReport& report, const VariantDiff& variant) {
    std::vector<std::string> lines;
    add_side(lines, report.before, "measured", names_of(variant.only_before));
    add_side(lines, report.after, "measured", names_of(variant.only_after));
    return lines;
}

std::vector<std::string> one_sided_variants(const DiffReport& report) {
    std::vector<std::string> lines;
    add_side(lines, report.before, "variants", report.diff.only_before);
    add_side(lines, report.after, "variants", report.diff.only_after);
    return lines;
}

}  // namespace stampede::reports
