#include "sim/measure/metrics/sheet.hpp"

namespace stampede::sim {
namespace {

template <class Counts>
std::uint64_t sum(const Counts& counts, OutcomeSet outcomes) {
    std::uint64_t total = 0;
    for (const OutcomeName& each : outcome_names)
        if (outcomes.contains(each.outcome)) total += counts[static_cast<std::size_t>(each.outcome)];
    return total;
}

/// Up to the last class that there are requests of; nothing where all are of class 0.
std::vector<double> success_by_priority(const ClientTally& tally) {
    std::vector<double> shares;
    std::size_t classes = listed_priorities;
    while (classes > 0 && tally.ended_by_priority[classes - 1] == 0) --classes;
    for (std::size_t i = 0; classes > 1 && i < classes; ++i)
        shares.push_back(static_cast<double>(tally.succeeded_by_priority[i]) /
                         static_cast<double>(std::max<std::uint64_t>(1, tally.ended_by_priority[i])));
    return shares;
}

}  // namespace

void add_requests(const ClientView& view, Sheet& sheet) {
    const ClientTally& tally = view.tally;
    const std::uint64_t succeeded = sum(tally.ended, {Outcome::success});
    sheet.add(Metric::requests_total, tally.requests);
    sheet.add(Metric::requests_succeeded, succeeded);
    sheet.add(Metric::requests_failed, sum(tally.ended, service_failures | OutcomeSet{Outcome::client_error}));
    sheet.add(Metric::requests_fallback, sum(tally.ended, {Outcome::fallback}));
    sheet.add(Metric::requests_refused, sum(tally.ended, refusals));
    sheet.add(Metric::requests_running, tally.running);
    if (tally.lost > 0) sheet.add(Metric::requests_lost, tally.lost);
    if (tally.visits_ended > 0) {
        sheet.add(Metric::requests_given_up, tally.given_up);
        sheet.add(Metric::requests_reloads, tally.reloads);
        sheet.add_ratio(Metric::visits_success_rate, static_cast<double>(tally.visits_succeeded),
                        static_cast<double>(tally.visits_ended));
    }
    sheet.add_ratio(Metric::requests_success_rate, static_cast<double>(succeeded),
                    static_cast<double>(tally.requests - tally.running));
    sheet.add_ratio(Metric::requests_goodput, static_cast<double>(succeeded),
                    to_seconds(view.run.duration - view.run.warmup));
    if (auto shares = success_by_priority(tally); !shares.empty())
        sheet.add_indexed(Metric::requests_success_by_priority, std::move(shares));
}

void add_attempts(const ClientView& view, Sheet& sheet) {
    const ClientTally& tally = view.tally;
    sheet.add(Metric::attempts_total, tally.attempts);
    sheet.add(Metric::attempts_ok, sum(tally.settled, {Outcome::success}));
    sheet.add(Metric::attempts_refused_outage, sum(tally.settled, {Outcome::unavailable}));
    sheet.add(Metric::attempts_rejected_full, sum(tally.settled, {Outcome::overload}));
    sheet.add(Metric::attempts_timed_out, tally.attempts_timed_out);
    sheet.add(Metric::attempts_errors, sum(tally.settled, {Outcome::transient, Outcome::client_error, Outcome::reset}));
    sheet.add(Metric::attempts_abandoned, tally.attempts_abandoned);
    sheet.add(Metric::attempts_in_flight, tally.attempts_in_flight);
    sheet.add(Metric::attempts_late, tally.late);
    const std::uint64_t rejected = sum(tally.settled, {Outcome::pool_exhausted});
    if (view.connections != nullptr || rejected > 0) sheet.add(Metric::connections_rejected, rejected);
    if (view.messages_double) sheet.add(Metric::attempts_answered_again, tally.answered_again);
}

void add_latency(const ClientView& view, Sheet& sheet) {
    const Histogram& latency = view.tally.latency;
    if (latency.total() == 0) return;
    sheet.add(Metric::latency_p50, latency.quantile_s(0.5));
    sheet.add(Metric::latency_p90, latency.quantile_s(0.9));
    sheet.add(Metric::latency_p99, latency.quantile_s(0.99));
    sheet.add(Metric::latency_p999, latency.quantile_s(0.999));
    sheet.add(Metric::latency_max, latency.max_s());
}

void add_refusals(const ClientView& view, Sheet& sheet) {
    const ClientTally& tally = view.tally;
    if (view.breakers.count > 0) sheet.add(Metric::breaker_rejected, sum(tally.refused, {Outcome::breaker_open}));
    sheet.add(Metric::bulkhead_rejected, sum(tally.refused, {Outcome::bulkhead_full}));
    sheet.add(Metric::limiter_rejected, sum(tally.refused, {Outcome::rate_limited}));
    sheet.add(Metric::throttle_rejected, sum(tally.refused, {Outcome::throttled}));
    sheet.add(Metric::concurrency_rejected, sum(tally.refused, {Outcome::limit_reached}));
    sheet.add(Metric::shed_rejected, sum(tally.refused, {Outcome::shed}));
    sheet.add(Metric::fallback_used, tally.fallback_cached + tally.fallback_default);
    sheet.add(Metric::fallback_cached, tally.fallback_cached);
    sheet.add(Metric::fallback_default, tally.fallback_default);
    sheet.add(Metric::budget_denied, tally.budget_denied);
    sheet.add(Metric::hedge_issued, tally.hedges);
    sheet.add(Metric::hedge_won, tally.hedges_won);
}

}  // namespace stampede::sim
