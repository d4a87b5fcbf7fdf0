#pragma once
/// What differs between two reports: what was set, and what came of it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/diff/settings.hpp"
#include "reports/report.hpp"

namespace stampede::reports {

/// How two values of a metric were compared.
enum class Rule : std::uint8_t {
    identical,     ///< every seed has the same value in both
    too_few,       ///< a seed alone shows nothing
    paired_t,      ///< same seeds: paired.hpp
    signed_ranks,  ///< same seeds
    welch,         ///< other seeds: unpaired.hpp
    rank_sums,     ///< other seeds
};

[[nodiscard]] std::string_view to_string(Rule rule);

/// One metric of the whole run, in one variant.
struct MetricChange {
    Metric metric{};
    Rule rule = Rule::identical;
    Estimate before;
    Estimate after;
    double difference = no_value;  ///< of the means, after - before; not-a-number where a seed says `never`
    double lo = no_value;          ///< 95 % interval of the difference
    double hi = no_value;
    double p = no_value;
    double p_corrected = no_value;  ///< by Holm's rule over all tests of the diff
    int sign = 0;                   ///< +1 it rose, -1 it fell, 0 no difference is shown

    [[nodiscard]] bool is_worse() const;
    [[nodiscard]] bool is_better() const;
    /// Worse, and by more than this share of the value before. Where there is an interval all of it must lie beyond;
    /// where a seed says `never` the median must, or more seeds must say so.
    [[nodiscard]] bool is_worse_beyond(double tolerance) const;
};

struct VariantDiff {
    std::string name;
    std::vector<SettingChange> settings;  ///< that not all variants share
    std::size_t seeds_before = 0;
    std::size_t seeds_after = 0;
    bool is_paired = false;             ///< both ran the same seeds
    std::vector<MetricChange> metrics;  ///< those that both have, in the order of the catalogue
    std::vector<Metric> only_before;
    std::vector<Metric> only_after;
};

struct Diff {
    std::string version_before;
    std::string version_after;
    std::vector<SettingChange> settings;   ///< of every variant that both have
    std::vector<std::string> only_before;  ///< variants
    std::vector<std::string> only_after;
    std::vector<VariantDiff> variants;  ///< that both have, in the order of the first
    std::size_t tests = 0;              ///< in the family that Holm's rule corrects

    /// The same settings, variants and values of every seed.
    [[nodiscard]] bool is_empty() const;
    [[nodiscard]] bool has_worse_beyond(double tolerance) const;
};

/// Only these metrics where any are named, else all. Fewer questions make each easier to answer.
[[nodiscard]] Diff diff(const Report& before, const Report& after, const std::vector<Metric>& only = {});

}  // namespace stampede::reports
