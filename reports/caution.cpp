#include "reports/caution.hpp"

#include <fmt/format.h>

#include <cmath>

#include "reports/questions.hpp"
#include "reports/ranking.hpp"
#include "reports/statistics/power.hpp"
#include "reports/statistics/wilcoxon.hpp"
#include "reports/text/width.hpp"

namespace stampede::reports {
namespace {

/// Signed ranks show nothing with fewer, however large the differences are.
std::size_t seeds_for_ranks(double level) {
    std::size_t n = 1;
    while (smallest_p(n) >= level) ++n;
    return n;
}

/// More than `most_seeds_asked_for` where no number of seeds would do. `mean` is what the difference is relative to.
std::size_t seeds_wanted(const PairedDifference& d, double mean, double level) {
    if (d.test == Test::wilcoxon) return seeds_for_ranks(level);
    if (!(d.standard_deviation > 0) || !(mean != 0)) return 0;
    return seeds_for(wanted_difference * mean / d.standard_deviation, level).value_or(most_seeds_asked_for + 1);
}

/// The pair that needs most seeds among the best and those not told from it.
struct Doubt {
    std::size_t variant = 0;
    std::size_t pairs = 0;
    std::size_t wanted = 0;
};

Doubt greatest_doubt(const Report& report, Metric metric, const Ranking& ranking) {
    const Summary& best = report.variants[ranking.best];
    const std::size_t family = compare_in(report.variants, metric).size();
    // The smallest p of a family must pass this (Holm's first step).
    const double level = (1 - confidence) / static_cast<double>(std::max<std::size_t>(family, 1));
    Doubt greatest;
    for (std::size_t i = 0; i < report.variants.size(); ++i) {
        if (ranking.standings[i] != Standing::tied) continue;
        const PairedDifference d = compare(best, report.variants[i], metric);
        const std::size_t wanted = seeds_wanted(d, best.find(metric)->estimate.mean, level);
        if (wanted > d.pairs && wanted > greatest.wanted) greatest = {i, d.pairs, wanted};
    }
    return greatest;
}

std::string clause(const Report& report, Metric metric) {
    const auto ranking = rank(report.variants, metric);
    if (!ranking) return {};
    const Doubt doubt = greatest_doubt(report, metric, *ranking);
    if (doubt.wanted == 0) return {};
    const std::string number = doubt.wanted > most_seeds_asked_for ? fmt::format("more than {}", most_seeds_asked_for)
                                                                   : fmt::format("about {}", doubt.wanted);
    return fmt::format("in {}, {} and {} may differ by {:.0f} % unseen: that takes {} seeds, not {}", info(metric).name,
                       plain(report.variants[ranking->best].name), plain(report.variants[doubt.variant].name),
                       100 * wanted_difference, keep_together(number), doubt.pairs);
}

}  // namespace

std::string caution(const Report& report) {
    if (report.variants.size() < 2) return {};
    if (report.seeds.size() < 2) return "one seed cannot show a difference: use --seeds 10 or more.";
    std::string text;
    for (const Question& question : questions())
        if (const std::string part = clause(report, question.metrics.front()); !part.empty())
            text += (text.empty() ? "" : "; ") + part;
    return text.empty() ? text : text + '.';
}

}  // namespace stampede::reports
