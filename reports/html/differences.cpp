#include "reports/html/differences.hpp"

#include <fmt/format.h>

#include <cmath>

#include "reports/html/markup.hpp"
#include "reports/html/table.hpp"
#include "reports/questions.hpp"
#include "reports/ranking.hpp"
#include "reports/statistics/bootstrap.hpp"
#include "reports/text/quantity.hpp"

namespace stampede::reports::html {
namespace {

/// The mean of one variant over that of another, with its interval: "2.40 (2.31 to 2.49)". A ratio of means has no
/// formula for one, so it is bootstrapped over the seeds that both have.
std::string ratio_of(const Quantity& other, const Quantity& best) {
    std::vector<std::pair<double, double>> pairs;
    for (std::size_t i = 0; i < std::min(other.per_seed.size(), best.per_seed.size()); ++i)
        if (std::isfinite(other.per_seed[i]) && std::isfinite(best.per_seed[i]))
            pairs.emplace_back(other.per_seed[i], best.per_seed[i]);
    const bool has_gaps = pairs.size() != other.per_seed.size() || pairs.size() != best.per_seed.size();
    if (has_gaps || pairs.empty()) return "–";
    const auto ratio = [&](std::span<const std::size_t> seeds) {
        double above = 0;
        double below = 0;
        for (std::size_t seed : seeds) {
            above += pairs[seed].first;
            below += pairs[seed].second;
        }
        return above / below;
    };
    const Interval interval = bca_interval(pairs.size(), ratio);
    if (!std::isfinite(interval.lo)) return "–";
    return fmt::format("<b>{:.3g}</b> ({:.3g} to {:.3g})", other.estimate.mean / best.estimate.mean, interval.lo,
                       interval.hi);
}

std::string difference_of(const PairedDifference& d, Unit unit) {
    if (!std::isfinite(d.difference)) return "–";
    if (!d.has_interval()) return escape(readable_difference(d.difference, 0, unit));
    return escape(readable_difference(d.difference, d.half_width(), unit));
}

/// Below three digits nobody distinguishes sizes of an effect.
std::string effect_of(const PairedDifference& d) {
    if (!std::isfinite(d.effect)) return "–";
    return std::abs(d.effect) >= 100 ? (d.effect > 0 ? "over 100" : "below −100") : fmt::format("{:.1f}", d.effect);
}

std::string row_of(const Report& report, Metric metric, std::size_t best, const Comparison& comparison) {
    const std::size_t other = comparison.a == best ? comparison.b : comparison.a;
    // Always other − best, whichever comes first in the report.
    const double turn = comparison.a == best ? 1 : -1;
    PairedDifference d = comparison.difference;
    d.difference *= turn;
    d.effect *= turn;
    const Quantity* of_best = report.variants[best].find(metric);
    const Quantity* of_other = report.variants[other].find(metric);
    return fmt::format(
        "<tr><th scope=\"row\"><i class=\"swatch "
        "{}\"></i>{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td>"
        "</tr>\n",
        colour_class(other), escape(report.variants[other].name), difference_of(d, info(metric).unit),
        of_best && of_other ? ratio_of(*of_other, *of_best) : "–", effect_of(d), escape(readable_p(d.p_corrected)),
        d.sign != 0 ? "a difference" : "not told apart");
}

std::string rows_of(const Report& report, Metric metric) {
    const auto ranking = rank(report.variants, metric);
    if (!ranking) return {};
    std::string rows;
    for (const Comparison& each : compare_in(report.variants, metric))
        if ((each.a == ranking->best || each.b == ranking->best) && each.difference.test != Test::none)
            rows += row_of(report, metric, ranking->best, each);
    if (rows.empty()) return {};
    return fmt::format("<tr class=\"group\"><th scope=\"colgroup\" colspan=\"6\">{}, against {}</th></tr>\n{}",
                       name_of(metric), escape(report.variants[ranking->best].name), rows);
}

}  // namespace

std::string differences(const Report& report) {
    std::string rows;
    for (const Question& question : questions())
        for (Metric metric : question.metrics) rows += rows_of(report, metric);
    if (rows.empty()) return {};
    return "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Differences from the best\">"
           "<table class=\"metrics\"><caption class=\"sr\">Differences from the best</caption>\n"
           "<thead><tr><th scope=\"col\">variant</th><th scope=\"col\">difference</th><th scope=\"col\">ratio</th>"
           "<th scope=\"col\">effect</th><th scope=\"col\">p</th><th "
           "scope=\"col\">called</th></tr></thead>\n<tbody>\n" +
           rows +
           "</tbody></table></div>\n<p class=\"note\">Difference: mean over the seeds of this variant − the best, ± "
           "half "
           "its paired 95 % interval. Ratio: of the means, with its bootstrapped (BCa) 95 % interval. Effect: the mean "
           "difference in standard deviations of the differences (Cohen's dz). p: paired t test, or signed ranks where "
           "a "
           "seed says never, corrected for all comparisons of the metric (Holm). It is called a difference where p is "
           "below 5 % and the interval excludes zero.</p>\n";
}

}  // namespace stampede::reports::html
