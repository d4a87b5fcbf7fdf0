#include "reports/verdict.hpp"

#include <fmt/format.h>

#include <cmath>

#include "reports/caution.hpp"
#include "reports/questions.hpp"
#include "reports/ranking.hpp"
#include "reports/text/quantity.hpp"
#include "reports/text/width.hpp"
#include "reports/what_happened.hpp"

namespace stampede::reports {
namespace {

const Estimate* find(const Summary& variant, Metric metric) {
    const Quantity* q = variant.find(metric);
    return q && q->estimate.has_value() ? &q->estimate : nullptr;
}

std::string value_in(const Summary& variant, Metric metric) {
    return keep_together(readable(variant.find(metric)->estimate, info(metric).unit));
}

std::string evidence(const PairedDifference& d, Unit unit) {
    std::string text;
    if (d.has_interval())
        text = "difference " + keep_together(readable_difference(std::abs(d.difference), d.half_width(), unit)) + ", ";
    if (d.test == Test::wilcoxon) text += "signed-rank test, ";
    return fmt::format("{}{}, {} seeds", text, keep_together(readable_p(d.p)), d.pairs);
}

/// "full", "full and equal", "full, equal and none": the best and those that cannot be told from it.
std::string winners(const std::vector<Summary>& variants, const Ranking& ranking) {
    std::vector<std::string> names{plain(variants[ranking.best].name)};
    for (std::size_t i = 0; i < variants.size(); ++i)
        if (ranking.standings[i] == Standing::tied) names.push_back(plain(variants[i].name));
    std::string text = names.front();
    for (std::size_t i = 1; i < names.size(); ++i) text += (i + 1 == names.size() ? " and " : ", ") + names[i];
    return text;
}

std::string compare_sentence(const Report& report, const Question& question) {
    const Metric metric = question.metrics.front();
    const MetricInfo& what = info(metric);
    std::size_t measured = 0;
    for (const Summary& variant : report.variants) measured += find(variant, metric) ? 1 : 0;
    if (measured < 2) return {};
    const auto ranking = rank(report.variants, metric);
    if (!ranking) return report.seeds.size() < 2 ? "" : fmt::format("all variants are alike in {}.", what.name);
    const Summary& best = report.variants[ranking->best];
    const Summary& worst = report.variants[ranking->worst];
    if (!ranking->has_loser())
        return fmt::format("the variants are not shown to differ in {}: {} with {}, {} with {}.", what.name,
                           value_in(best, metric), plain(best.name), value_in(worst, metric), plain(worst.name));
    const std::string leaders = winners(report.variants, *ranking);
    const std::string_view place = what.better == Better::lower ? "lowest" : "highest";
    const bool several = leaders != plain(best.name);
    return fmt::format("{} {} in {}: {} with {}, {} with {} ({}).", leaders,
                       several ? fmt::format("are {}, not told apart,", place) : fmt::format("is {}", place), what.name,
                       value_in(best, metric), plain(best.name), value_in(worst, metric), plain(worst.name),
                       evidence(compare(best, worst, metric), what.unit));
}

/// "PHRASE VALUE", joined; what was not measured is left out.
struct Phrase {
    Metric metric;
    std::string_view words;  ///< "{}" is the value
};

template <std::size_t n>
std::string join_phrases(const Summary& variant, const Phrase (&phrases)[n]) {
    std::string text;
    for (const Phrase& phrase : phrases)
        if (find(variant, phrase.metric))
            text +=
                (text.empty() ? "" : "; ") + fmt::format(fmt::runtime(phrase.words), value_in(variant, phrase.metric));
    return text.empty() ? text : text + '.';
}

constexpr Phrase herd[] = {{Metric::herd_peak_ratio, "the highest wave of arrivals is {} the normal"},
                           {Metric::arrivals_peak_per_s, "arrivals peak at {}"},
                           {Metric::herd_drain_time, "time to drain the queue: {}"},
                           {Metric::recovery_time, "time to recover: {}"}};
constexpr Phrase retries[] = {{Metric::retry_amplification, "attempts a request: {}"},
                              {Metric::retry_wasted_work, "work wasted on clients that had given up: {}"},
                              {Metric::jitter_share_at_cap, "retries at the cap, where jitter is lost: {}"}};
constexpr Phrase breakers[] = {{Metric::breaker_flaps_per_minute, "flaps of each breaker: {}"},
                               {Metric::breaker_share_open, "open {} of the time"},
                               {Metric::breaker_probe_sync, "at most {} of them probe at once"}};
constexpr Phrase users[] = {{Metric::requests_success_rate, "{} of requests succeed"},
                            {Metric::latency_p99, "99 % of these within {}"}};

std::string single_sentence(const Summary& variant, std::size_t question) {
    switch (question) {
        case 0:
            return join_phrases(variant, herd);
        case 1:
            return join_phrases(variant, retries);
        case 2:
            return join_phrases(variant, breakers);
        case 3:
            return join_phrases(variant, users);
        default:
            return {};
    }
}

void add(std::vector<Finding>& all, std::string_view title, std::string sentence) {
    if (!sentence.empty()) all.push_back({std::string(title), std::move(sentence)});
}

}  // namespace

std::vector<Finding> findings(const Report& report) {
    std::vector<Finding> all;
    if (report.variants.empty()) return all;
    const bool compares = report.variants.size() > 1;
    add(all, "What happened", compares ? what_happened_to_all(report) : what_happened(report, report.variants.front()));
    for (std::size_t i = 0; i < questions().size(); ++i) {
        const Question& question = questions()[i];
        add(all, question.title,
            compares ? compare_sentence(report, question) : single_sentence(report.variants.front(), i));
    }
    if (std::string doubt = caution(report); !doubt.empty()) all.push_back({"Too few seeds", std::move(doubt), true});
    return all;
}

}  // namespace stampede::reports
