#pragma once
/// What every renderer of a diff says.

#include <string>
#include <vector>

#include "reports/diff/render.hpp"

namespace stampede::reports {

/// "worse", "better", "higher", "lower", "no difference shown", "identical".
[[nodiscard]] std::string verdict_of(const MetricChange& change);

/// A metric that moved, in words.
struct MovedRow {
    const MetricChange* change;
    std::string before;
    std::string after;
    std::string difference;  ///< "+0.9 ±0.1×"; empty where a seed says `never`
    std::string evidence;    ///< "p < 0.001, paired t", and "within 2 %" where it got worse and may
};

/// Those that are shown to differ: the worse ones first.
[[nodiscard]] std::vector<MovedRow> moved_rows(const VariantDiff& variant, double tolerance);

/// "37 metrics are identical, 5 not shown to differ."; empty where all have moved.
[[nodiscard]] std::string unmoved_sentence(const VariantDiff& variant);

/// The outcome in one sentence.
[[nodiscard]] std::string outcome(const DiffReport& report);

/// How the variant's metrics were compared; empty where there was nothing to test.
[[nodiscard]] std::string rule_sentence(const VariantDiff& variant, std::size_t tests);

/// "none → full"; what was not set is "not set".
[[nodiscard]] std::string change_text(const SettingChange& change);

/// "only in main.json: a, b" for variants and for metrics; one line each, without markup.
[[nodiscard]] std::vector<std::string> one_sided(const DiffReport& report, const VariantDiff& variant);
[[nodiscard]] std::vector<std::string> one_sided_variants(const DiffReport& report);

}  // namespace stampede::reports
