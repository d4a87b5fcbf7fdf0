#include "reports/diff/diff.hpp"

#include <algorithm>
#include <cmath>

#include "reports/statistics/holm.hpp"
#include "reports/statistics/paired.hpp"
#include "reports/statistics/unpaired.hpp"

namespace stampede::reports {
namespace {

/// Two not-a-numbers are the same: neither seed has a value.
bool is_same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

template <class Difference>
void take(MetricChange& change, const Difference& difference) {
    change.difference = difference.difference;
    change.lo = difference.lo;
    change.hi = difference.hi;
    change.p = difference.p;
    change.sign = difference.sign;
}

void compare_paired(MetricChange& change, const Quantity& before, const Quantity& after) {
    const PairedDifference difference = paired_difference(before.per_seed, after.per_seed);
    constexpr Rule rules[] = {Rule::too_few, Rule::paired_t, Rule::signed_ranks};
    change.rule = rules[static_cast<std::size_t>(difference.test)];
    take(change, difference);
}

void compare_unpaired(MetricChange& change, const Quantity& before, const Quantity& after) {
    const UnpairedDifference difference = unpaired_difference(before.per_seed, after.per_seed);
    constexpr Rule rules[] = {Rule::too_few, Rule::welch, Rule::rank_sums};
    change.rule = rules[static_cast<std::size_t>(difference.test)];
    take(change, difference);
}

MetricChange compare(const Quantity& before, const Quantity& after, bool is_paired) {
    MetricChange change;
    change.metric = before.metric;
    change.before = before.estimate;
    change.after = after.estimate;
    const bool is_identical = is_paired && std::equal(before.per_seed.begin(), before.per_seed.end(),
                                                      after.per_seed.begin(), after.per_seed.end(), is_same);
    if (is_identical) {
        change.difference = change.before.nevers > 0 ? no_value : 0;
        return change;
    }
    if (is_paired)
        compare_paired(change, before, after);
    else
        compare_unpaired(change, before, after);
    return change;
}

bool is_asked(Metric metric, const std::vector<Metric>& only) {
    return only.empty() || std::find(only.begin(), only.end(), metric) != only.end();
}

/// What was measured of the whole run; null where no seed has a value.
const Quantity* measured(const Summary& variant, Metric metric) {
    const Quantity* quantity = variant.find(metric);
    return quantity && quantity->estimate.has_value() ? quantity : nullptr;
}

VariantDiff compare(const Summary& before, const Summary& after, const std::vector<Metric>& only) {
    VariantDiff result;
    result.name = before.name;
    result.seeds_before = before.seeds.size();
    result.seeds_after = after.seeds.size();
    result.is_paired = before.seeds == after.seeds;
    for (const MetricInfo& what : metrics()) {
        if (!what.index.empty() || !is_asked(what.metric, only)) continue;
        const Quantity* a = measured(before, what.metric);
        const Quantity* b = measured(after, what.metric);
        if (a && b) result.metrics.push_back(compare(*a, *b, result.is_paired));
        if (a && !b) result.only_before.push_back(what.metric);
        if (b && !a) result.only_after.push_back(what.metric);
    }
    return result;
}

/// The tests of all variants and metrics are one family: that any of them claims a difference where there is none has a
/// chance below 5 %.
void correct(Diff& diff) {
    std::vector<MetricChange*> family;
    std::vector<double> p;
    for (VariantDiff& variant : diff.variants)
        for (MetricChange& change : variant.metrics)
            if (!std::isnan(change.p)) {
                family.push_back(&change);
                p.push_back(change.p);
            }
    const std::vector<double> corrected = holm(p);
    for (std::size_t i = 0; i < family.size(); ++i) {
        family[i]->p_corrected = corrected[i];
        if (!(corrected[i] < 1 - confidence)) family[i]->sign = 0;
    }
    diff.tests = family.size();
}

/// What all variants share is said once.
void share_settings(Diff& diff) {
    if (diff.variants.empty()) return;
    const auto is_everywhere = [&](const SettingChange& change) {
        return std::all_of(diff.variants.begin(), diff.variants.end(), [&](const VariantDiff& each) {
            return std::find(each.settings.begin(), each.settings.end(), change) != each.settings.end();
        });
    };
    const std::vector<SettingChange> first = diff.variants.front().settings;
    std::copy_if(first.begin(), first.end(), std::back_inserter(diff.settings), is_everywhere);
    for (VariantDiff& variant : diff.variants)
        std::erase_if(variant.settings, [&](const SettingChange& change) {
            return std::find(diff.settings.begin(), diff.settings.end(), change) != diff.settings.end();
        });
}

const Summary* find(const Report& report, const std::string& name) {
    const auto found = std::find_if(report.variants.begin(), report.variants.end(),
                                    [&](const Summary& each) { return each.name == name; });
    return found == report.variants.end() ? nullptr : &*found;
}

/// How far the value went up, as a share of what it was.
double relative(double before, double shift) {
    if (shift == 0) return 0;
    return before == 0 ? std::copysign(INFINITY, shift) : shift / std::abs(before);
}

}  // namespace

std::string_view to_string(Rule rule) {
    constexpr std::string_view names[] = {"identical",    "too few seeds", "paired t",
                                          "signed ranks", "Welch's t",     "rank sums"};
    return names[static_cast<std::size_t>(rule)];
}

bool MetricChange::is_worse() const {
    const Better better = info(metric).better;
    return (better == Better::lower && sign > 0) || (better == Better::higher && sign < 0);
}

bool MetricChange::is_better() const {
    const Better better = info(metric).better;
    return (better == Better::lower && sign < 0) || (better == Better::higher && sign > 0);
}

bool MetricChange::is_worse_beyond(double tolerance) const {
    if (!is_worse()) return false;
    if (!std::isnan(lo)) return relative(before.mean, sign > 0 ? lo : -hi) > tolerance;
    const bool is_oftener = after.nevers * before.count > before.nevers * after.count;
    if (is_oftener || std::isinf(after.median)) return is_oftener;
    return relative(before.median, std::abs(after.median - before.median)) > tolerance;
}

bool Diff::is_empty() const {
    const auto is_same_variant = [](const VariantDiff& variant) {
        return variant.is_paired && variant.settings.empty() && variant.only_before.empty() &&
               variant.only_after.empty() &&
               std::all_of(variant.metrics.begin(), variant.metrics.end(),
                           [](const MetricChange& change) { return change.rule == Rule::identical; });
    };
    return settings.empty() && only_before.empty() && only_after.empty() &&
           std::all_of(variants.begin(), variants.end(), is_same_variant);
}

bool Diff::has_worse_beyond(double tolerance) const {
    return std::any_of(variants.begin(), variants.end(), [&](const VariantDiff& variant) {
        return std::any_of(variant.metrics.begin(), variant.metrics.end(),
                           [&](const MetricChange& change) { return change.is_worse_beyond(tolerance); });
    });
}

Diff diff(const Report& before, const Report& after, const std::vector<Metric>& only) {
    Diff result;
    result.version_before = before.version;
    result.version_after = after.version;
    for (const Summary& variant : before.variants) {
        const Summary* same = find(after, variant.name);
        if (!same) {
            result.only_before.push_back(variant.name);
            continue;
        }
        result.variants.push_back(compare(variant, *same, only));
        result.variants.back().settings = setting_changes(scenario_of(before, variant), scenario_of(after, *same));
    }
    for (const Summary& variant : after.variants)
        if (!find(before, variant.name)) result.only_after.push_back(variant.name);
    share_settings(result);
    correct(result);
    return result;
}

}  // namespace stampede::reports
