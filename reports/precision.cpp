#include "reports/precision.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/text/width.hpp"

namespace stampede::reports {
namespace {

std::string percent(double share) { return fmt::format("±{:.3g} %", share * 100); }

/// The least known mean; one without an interval is known least of all.
const Width* widest_of(const Precision& precision) {
    const auto is_narrower = [](const Width& a, const Width& b) {
        return std::isnan(b.relative) ? !std::isnan(a.relative) : a.relative < b.relative;
    };
    const auto widest = std::max_element(precision.widths.begin(), precision.widths.end(), is_narrower);
    return widest == precision.widths.end() ? nullptr : &*widest;
}

}  // namespace

bool Precision::is_reached() const {
    return std::all_of(widths.begin(), widths.end(), [this](const Width& each) { return each.relative <= target; });
}

double relative_half_width(std::span<const double> per_seed) {
    const std::vector<double> values = sorted_values(per_seed);
    if (values.size() < 2) return no_value;
    if (values.front() == values.back()) return 0;
    const Estimate known = estimate(values);
    if (!known.has_interval() || known.mean == 0) return no_value;
    return known.half_width() / std::abs(known.mean);
}

std::uint64_t next_seed_count(const Precision& precision, std::uint64_t seeds) {
    constexpr std::uint64_t fewest_more = 5;
    const Width* widest = widest_of(precision);
    const double times = widest ? std::pow(widest->relative / precision.target, 2) : 1;
    const double most = 2 * static_cast<double>(seeds);
    const double wanted = times <= 2 ? std::ceil(times * static_cast<double>(seeds)) : most;  // also for not-a-number
    return std::min(precision.most_seeds, std::max(seeds + fewest_more, static_cast<std::uint64_t>(wanted)));
}

std::string precision_sentence(const Precision& precision, std::size_t seeds) {
    const Width* widest = widest_of(precision);
    if (!widest) return fmt::format("{} seeds; none of the metrics whose precision was asked for was measured", seeds);
    if (precision.is_reached())
        return fmt::format("{} seeds were enough: the means that were asked for are known to {} or better", seeds,
                           percent(precision.target));
    const std::string known = std::isnan(widest->relative) ? "has no such interval (some seeds say never, or it is 0)"
                                                           : "is known to " + percent(widest->relative);
    return fmt::format("{} seeds did not reach {} (at most {} were allowed): {} of {} {}", seeds,
                       percent(precision.target), precision.most_seeds, info(widest->metric).name,
                       plain(widest->variant), known);
}

}  // namespace stampede::reports
