#include "reports/ranking.hpp"

#include <algorithm>

namespace stampede::reports {
namespace {

/// Smaller is better.
std::pair<double, double> merit(const Estimate& e, Better better) {
    const double nevers = static_cast<double>(e.nevers) / static_cast<double>(e.count);
    const double typical = e.nevers > 0 ? e.median : e.mean;
    return {nevers, better == Better::lower ? typical : -typical};
}

bool is_alike(const Quantity& a, const Quantity& b) {
    return std::equal(a.per_seed.begin(), a.per_seed.end(), b.per_seed.begin(), b.per_seed.end());
}

}  // namespace

bool Ranking::has_loser() const { return standings[worst] == Standing::unmarked; }

std::optional<Ranking> rank(const std::vector<Summary>& variants, Metric metric) {
    const Better better = info(metric).better;
    if (better == Better::neutral) return std::nullopt;
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < variants.size(); ++i) {
        const Quantity* q = variants[i].find(metric);
        if (q && q->estimate.count >= 2) order.push_back(i);
    }
    if (order.size() < 2) return std::nullopt;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return merit(variants[a].find(metric)->estimate, better) < merit(variants[b].find(metric)->estimate, better);
    });
    const Summary& best = variants[order.front()];
    const bool differ = std::any_of(order.begin(), order.end(), [&](std::size_t i) {
        return !is_alike(*best.find(metric), *variants[i].find(metric));
    });
    if (!differ) return std::nullopt;
    Ranking ranking{order.front(), order.back(), std::vector(variants.size(), Standing::unmarked)};
    ranking.standings[ranking.best] = Standing::best;
    for (std::size_t i : order)
        if (i != ranking.best) ranking.standings[i] = Standing::tied;
    for (const Comparison& each : compare_in(variants, metric)) {
        const bool has_best = each.a == ranking.best || each.b == ranking.best;
        if (has_best && each.difference.sign != 0)
            ranking.standings[each.a == ranking.best ? each.b : each.a] = Standing::unmarked;
    }
    for (std::size_t i : order)  // the worst of those that differ: a worse mean may still be a tie
        if (ranking.standings[i] == Standing::unmarked) ranking.worst = i;
    return ranking;
}

}  // namespace stampede::reports
