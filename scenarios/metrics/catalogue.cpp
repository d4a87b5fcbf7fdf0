#include "scenarios/metrics/catalogue.hpp"

#include <algorithm>

namespace stampede {
namespace {

using enum Unit;
using enum Better;
using enum Subject;
using enum Metric;

constexpr std::string_view single{};

constexpr auto table = std::to_array<MetricInfo>({
    {requests_total, "requests.total", count, neutral, clients, single, "calls that clients began after the warm-up"},
    {requests_succeeded, "requests.succeeded", count, higher, clients, single,
     "requests that ended with the service's own answer"},
    {requests_failed, "requests.failed", count, lower, clients, single,
     "requests that ended with an error or a timeout of the service"},
    {requests_fallback, "requests.fallback", count, neutral, clients, single,
     "requests that ended with a fallback's value"},
    {requests_refused, "requests.refused", count, lower, clients, single,
     "requests that ended with a refusal by a policy of the client's own"},
    {requests_running, "requests.running", count, neutral, clients, single,
     "requests that had not ended when the run did"},
    {requests_lost, "requests.lost", count, lower, clients, single,
     "requests that were under way when their client went away (fault reconnect)"},
    {requests_given_up, "requests.given_up", count, lower, clients, single,
     "requests that nobody wanted to wait for any longer (patience of clients)"},
    {requests_reloads, "requests.reloads", count, lower, clients, single,
     "of requests.total, those that are reloads: begun by somebody who had given up before, or had met a failure"},
    {requests_success_rate, "requests.success_rate", share, higher, clients, single,
     "requests.succeeded / requests that ended"},
    {requests_goodput, "requests.goodput", per_second, higher, clients, single,
     "requests.succeeded a second of measured time"},
    {requests_success_by_priority, "requests.success_by_priority", share, neutral, clients, "priority",
     "share of the ended requests of class 0, 1, … that succeeded; the 8th place holds all beyond"},
    {visits_success_rate, "visits.success_rate", share, higher, clients, single,
     "share of the visits that ended with a success; a visit is a request and the reloads that follow it, and ends "
     "with the one that is not reloaded"},
    {attempts_total, "attempts.total", count, lower, clients, single,
     "tries, of requests begun after the warm-up: each is in one of the next seven or, if it got no connection, in "
     "connections.rejected"},
    {attempts_ok, "attempts.ok", count, neutral, clients, single,
     "attempts that the service answered in time, without error"},
    {attempts_refused_outage, "attempts.refused_outage", count, lower, clients, single,
     "attempts refused because the service was down"},
    {attempts_rejected_full, "attempts.rejected_full", count, lower, clients, single,
     "attempts rejected because the service's queue was full"},
    {attempts_timed_out, "attempts.timed_out", count, lower, clients, single,
     "attempts cut by the timeout around each attempt"},
    {attempts_errors, "attempts.errors", count, lower, clients, single, "attempts answered with an error"},
    {attempts_abandoned, "attempts.abandoned", count, lower, clients, single,
     "attempts cut because the whole request was given up, or because another try of a hedge was answered first"},
    {attempts_in_flight, "attempts.in_flight", count, neutral, clients, single,
     "attempts under way when the run ended"},
    {attempts_late, "attempts.late", count, lower, clients, single,
     "answers that came, after the warm-up, when the client had stopped waiting for them"},
    {attempts_answered_again, "attempts.answered_again", count, lower, clients, single,
     "answers that came, after the warm-up, to attempts that had one already, because the network doubled a message; "
     "no value where it doubles none"},
    {arrivals_peak_per_s, "arrivals.peak_per_s", per_second, lower, services, single,
     "highest number of attempts sent to a service, those lost on the way included, in any whole second"},
    {latency_p50, "latency.p50", Unit::seconds, lower, clients, single,
     "of successful requests, from the request to its outcome, all attempts and waits included: median"},
    {latency_p90, "latency.p90", Unit::seconds, lower, clients, single,
     "latency of successful requests: 90th percentile"},
    {latency_p99, "latency.p99", Unit::seconds, lower, clients, single,
     "latency of successful requests: 99th percentile"},
    {latency_p999, "latency.p999", Unit::seconds, lower, clients, single,
     "latency of successful requests: 99.9th percentile"},
    {latency_max, "latency.max", Unit::seconds, lower, clients, single, "latency of successful requests: longest"},
    {retry_amplification, "retry.amplification", ratio, lower, clients, single,
     "attempts / requests, over the measured time"},
    {retry_amplification_fault, "retry.amplification_fault", ratio, lower, clients, single,
     "attempts / requests, both as begun while a fault was on"},
    {retry_amplification_recovery, "retry.amplification_recovery", ratio, lower, clients, single,
     "attempts / requests, both as begun in the recovery window"},
    {retry_attempts_histogram, "retry.attempts_histogram", count, neutral, clients, "attempts",
     "requests that ended after 0, 1, 2, … attempts; the last place holds 16 and more"},
    {retry_success_by_attempt, "retry.success_by_attempt", share, neutral, clients, "attempt",
     "share of first, second, … attempts that succeeded; the 16th place holds all beyond"},
    {retry_wasted_work, "retry.wasted_work", share, lower, services, single,
     "service time spent on attempts whose client had given up / all service time"},
    {retry_backoff_total, "retry.backoff_total", Unit::seconds, lower, clients, single,
     "time that requests were told to wait before retries, summed"},
    {herd_peak_ratio, "herd.peak_ratio", ratio, lower, services, single,
     "highest arrivals in any bin of a recovery window / mean arrivals a bin before the first fault; without a fault: "
     "over all measured time / mean first attempts a bin"},
    {herd_peak_100ms_by_attempt, "herd.peak_100ms_by_attempt", count, neutral, services, "attempt",
     "arrivals in the highest bin (run.bin, 100 ms unless set) of the recovery windows, by attempt number; the 16th "
     "place holds all beyond"},
    {herd_overshoot, "herd.overshoot", count, lower, services, single,
     "arrivals above the service's capacity in the recovery windows, bin by bin, summed"},
    {herd_dispersion, "herd.dispersion", ratio, lower, services, single,
     "variance / mean of the arrivals per bin in the recovery windows (1 for a Poisson stream)"},
    {herd_drain_time, "herd.drain_time", Unit::seconds, lower, services, single,
     "from the end of the last fault until the queue is at or below its 95th percentile from before the first, "
     "and in nine of ten bins of the 5 s that follow"},
    {recovery_time, "recovery.time", Unit::seconds, lower, clients, single,
     "from the end of the last fault until goodput over the next 5 s is at least 99 % of what it was before the first, "
     "and no second of them is a bad one as in recovery.degraded_after"},
    {recovery_metastable, "recovery.metastable", yes_no, lower, clients, single,
     "goodput never recovers although the fault is over and offered first attempts are within capacity"},
    {recovery_lost_goodput, "recovery.lost_goodput", count, lower, clients, single,
     "goodput before the first fault minus goodput, summed from that fault's beginning to the end of the run: what is "
     "caught up later counts against it"},
    {recovery_degraded_after, "recovery.degraded_after", Unit::seconds, higher, clients, single,
     "from the beginning of the first fault until goodput over the next second is below 90 % of what it was before, by "
     "more than chance (four standard deviations of a Poisson count), and below its 5th percentile over a second from "
     "before; no value where that never comes"},
    {recovery_lowest_goodput, "recovery.lowest_goodput", share, higher, clients, single,
     "lowest goodput in any second from the beginning of the first fault on / what it was before"},
    {recovery_goodput_at_end, "recovery.goodput_at_end", share, higher, clients, single,
     "goodput in the last 5 s of the run / what it was before the first fault; no value where a fault reaches into "
     "them"},
    {jitter_share_at_cap, "jitter.share_at_cap", share, lower, clients, single,
     "share of retries whose delay was exactly the cap: these clients come back together"},
    {jitter_delay_mean, "jitter.delay_mean", Unit::seconds, neutral, clients, "retry",
     "mean delay before the first, second, … retry"},
    {jitter_delay_histogram, "jitter.delay_histogram", count, neutral, clients, "delay",
     "retries by their delay, in steps of a power of two milliseconds: up to 1 ms, 2 ms, 4 ms, …; also for the first, "
     "second, … retries alone"},
    {breaker_transitions, "breaker.transitions", count, lower, clients, single, "changes of state of all breakers"},
    {breaker_flaps, "breaker.flaps", count, lower, clients, single,
     "times that a breaker went open → half-open → open"},
    {breaker_flaps_per_minute, "breaker.flaps_per_minute", per_minute, lower, clients, single,
     "flaps per breaker and minute of measured time"},
    {breaker_share_closed, "breaker.share_closed", share, higher, clients, single, "share of breaker-seconds closed"},
    {breaker_share_open, "breaker.share_open", share, lower, clients, single, "share of breaker-seconds open"},
    {breaker_share_half_open, "breaker.share_half_open", share, neutral, clients, single,
     "share of breaker-seconds half-open"},
    {breaker_time_to_open, "breaker.time_to_open", Unit::seconds, lower, clients, single,
     "from the start of the first fault to a breaker's first opening after it; mean over the breakers that opened"},
    {breaker_attempts_before_open, "breaker.attempts_before_open", count, lower, clients, single,
     "failures counted by a breaker in the closed state that its first opening after the first fault's start ended; "
     "mean"},
    {breaker_false_open, "breaker.false_open", Unit::seconds, lower, clients, single,
     "breaker-seconds open while no fault was on and arrivals were within capacity"},
    {breaker_reopen_lag, "breaker.reopen_lag", Unit::seconds, lower, clients, single,
     "from the end of the last fault to a breaker's closing for good; mean over the breakers not closed at that end; "
     "never where one stays open"},
    {breaker_probe_sync, "breaker.probe_sync", share, lower, clients, single,
     "highest share of the fleet's breakers that went half-open in one bin"},
    {breaker_rejected, "breaker.rejected", count, neutral, clients, single,
     "calls turned away by open or half-open breakers"},
    {bulkhead_rejected, "bulkhead.rejected", count, lower, clients, single, "calls turned away by full bulkheads"},
    {limiter_rejected, "limiter.rejected", count, lower, clients, single, "calls turned away by rate limiters"},
    {throttle_rejected, "throttle.rejected", count, lower, clients, single, "calls turned away by adaptive throttling"},
    {concurrency_rejected, "concurrency.rejected", count, lower, clients, single,
     "calls turned away by adaptive concurrency limits"},
    {shed_rejected, "shed.rejected", count, lower, clients, single, "calls turned away by load shedding"},
    {connections_opened, "connections.opened", count, lower, clients, single,
     "connections that attempts set out to open because no free one was kept"},
    {connections_asked_again, "connections.asked_again", count, lower, clients, single,
     "times that a caller asked again for a connection because nothing had answered (a SYN sent again)"},
    {connections_broken, "connections.broken", count, lower, clients, single,
     "connections closed because their attempt was given up or ended with reset or unavailable"},
    {connections_wait_mean, "connections.wait_mean", Unit::seconds, lower, clients, single,
     "mean wait of attempts for a place in the pool of connections, those that did not wait included"},
    {connections_utilisation, "connections.utilisation", share, lower, clients, single,
     "connections in use, being opened included / all that the pools may have open, over the measured time"},
    {connections_rejected, "connections.rejected", count, lower, clients, single,
     "of attempts.total, those that were not sent, because they got no connection (pool_exhausted)"},
    {fallback_used, "fallback.used", count, neutral, clients, single, "times that a fallback gave a value"},
    {fallback_cached, "fallback.cached", count, neutral, clients, single, "of these, from the cache: perhaps stale"},
    {fallback_default, "fallback.default", count, neutral, clients, single, "of these, the default value"},
    {budget_denied, "budget.denied", count, neutral, clients, single,
     "retries and hedges that were not made because a budget allowed no more of them"},
    {hedge_issued, "hedge.issued", count, neutral, clients, single,
     "tries begun beside one that had not been answered, first tries not counted"},
    {hedge_won, "hedge.won", count, neutral, clients, single, "of these, those whose answer came first"},
    {service_utilisation, "service.utilisation", share, neutral, services, single,
     "busy worker-seconds / worker-seconds of measured time"},
    {service_queue_mean, "service.queue_mean", count, lower, services, single,
     "calls waiting, mean over measured time; of several services, summed"},
    {service_queue_peak, "service.queue_peak", count, lower, services, single,
     "most calls waiting at once, at one service"},
    {service_wait_mean, "service.wait_mean", Unit::seconds, lower, services, single,
     "time in the queue of calls taken into service, those that did not wait included: mean"},
    {service_waited, "service.waited", share, lower, services, single,
     "share of calls taken into service that had to wait"},
    {service_shed, "service.shed", count, lower, services, single, "calls rejected because the queue was full"},
    {service_called, "service.called", count, neutral, services, single,
     "attempts sent to the service, by clients or by other services, after the warm-up"},
    {service_amplification, "service.amplification", ratio, lower, services, single,
     "service.called / requests that all clients began in the same time: what one request at the top becomes at this "
     "service"},
    {service_crashes, "service.crashes", count, lower, services, single, "times that an instance died"},
    {service_busiest, "service.busiest", share, neutral, services, single,
     "highest utilisation over any 5 s, from the beginning of the first fault on if there is one; of several services, "
     "the highest"},
    {service_offered_load, "service.offered_load", share, lower, services, single,
     "first attempts sent after the last fault (all measured time without one) / what the service could do meanwhile; "
     "of several services, the highest"},
    {service_arriving_load, "service.arriving_load", share, lower, services, single,
     "all attempts sent after the last fault (all measured time without one) / what the service could do meanwhile; "
     "of several services, the highest"},
});

constexpr bool in_order() {
    for (std::size_t i = 0; i < table.size(); ++i)
        if (static_cast<std::size_t>(table[i].metric) != i) return false;
    return true;
}
static_assert(in_order(), "the table follows the enumeration");

}  // namespace

std::string_view to_string(Unit unit) {
    switch (unit) {
        case count:
            return "count";
        case per_second:
            return "1/s";
        case per_minute:
            return "1/min";
        case Unit::seconds:
            return "s";
        case ratio:
            return "ratio";
        case share:
            return "share";
        case yes_no:
            return "yes/no";
    }
    return "?";
}

std::span<const MetricInfo> metrics() { return table; }

const MetricInfo& info(Metric metric) { return table[static_cast<std::size_t>(metric)]; }

std::optional<Metric> find_metric(std::string_view name) {
    const auto found = std::find_if(table.begin(), table.end(), [&](const MetricInfo& m) { return m.name == name; });
    if (found == table.end()) return std::nullopt;
    return found->metric;
}

}  // namespace stampede
