#pragma once
/// What one run yields: every metric of the catalogue that has a value, time series, and the breakers' histories.

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "policies/core/observer.hpp"
#include "policies/core/time.hpp"
#include "scenarios/metrics/catalogue.hpp"

namespace stampede::sim {

/// The value of a time that never came (metrics `recovery.time`, `herd.drain_time`, `breaker.reopen_lag`).
inline constexpr double never = std::numeric_limits<double>::infinity();

/// `subject` is empty for the whole run, else "clients.NAME" or "services.NAME".
struct Value {
    Metric metric;
    std::string subject;
    double value;
    friend bool operator==(const Value&, const Value&) = default;
};

/// A metric that is listed by an index (MetricInfo::index): `values[0]` belongs to the first attempt, retry, step.
/// `subject` as in Value, or "retry.N" for what the N-th retries of the whole run have of it.
/// A place where nothing was measured holds not-a-number.
struct IndexedValue {
    Metric metric;
    std::string subject;
    std::vector<double> values;
};

/// One value a bin, from the start of the run; the warm-up is in it.
struct Series {
    std::string name;     ///< "arrivals", "goodput", "queue", "utilisation", "capacity", "breakers_open",
                          ///< "arrivals_by_attempt.1", …
    std::string subject;  ///< as in Value
    std::string unit;     ///< "1/bin", "count", "share"
    std::vector<double> values;
};

struct BreakerChange {
    Instant at;
    BreakerState from;
    BreakerState to;
    BreakerReason reason;
};

/// The history of one breaker; it starts closed.
struct BreakerLane {
    std::string name;  ///< "clients.web/breaker[17]"
    std::vector<BreakerChange> changes;
};

/// How latencies of successful requests are spread: upper edges of buckets that hold any (in seconds), and how many.
struct LatencyHistogram {
    std::string subject;
    std::vector<double> upper_s;
    std::vector<std::uint64_t> counts;
};

enum class SpanKind : std::uint8_t { request, attempt, backoff, refusal };

[[nodiscard]] constexpr std::string_view to_string(SpanKind kind) noexcept {
    switch (kind) {
        case SpanKind::request:
            return "request";
        case SpanKind::attempt:
            return "attempt";
        case SpanKind::backoff:
            return "backoff";
        case SpanKind::refusal:
            return "refusal";
    }
    return "?";
}

/// Something that an agent went through.
struct TraceSpan {
    SpanKind kind;
    std::uint32_t agent;    ///< number in the run
    std::uint64_t request;  ///< number among the requests that are traced, from 1
    std::uint32_t number;   ///< of the attempt or retry, from 1
    Instant begin;
    Instant end;
    std::string how;  ///< an outcome, "abandoned", "waited", or "running" at the end of the run
};

/// A few agents followed closely: the first of each population.
struct Trace {
    std::vector<TraceSpan> spans;  ///< in the order of their beginnings
    bool truncated = false;        ///< there were more than are kept
};

/// When something was wrong, for shading and for windows.
struct FaultWindow {
    std::string kind;  ///< "outage"
    std::string subject;
    Instant begin;
    Instant end;
    std::int32_t drawn = -1;  ///< where it was drawn: its place among those that it was drawn from
    double strength = 1;      ///< likewise: share of what is written that it was drawn with
};

struct Result {
    std::uint64_t seed = 0;
    std::vector<Value> values;  ///< in the order of the catalogue, the whole run before its parts
    std::vector<IndexedValue> indexed;
    double bin_s = 0.1;
    std::vector<Series> series;
    std::vector<FaultWindow> faults;
    std::vector<BreakerLane> breakers;  ///< a sample, see `breaker_count`
    std::uint64_t breaker_count = 0;
    std::vector<LatencyHistogram> latencies;  ///< the whole run first, then each population
    Trace trace;
    std::string stopped_by;         ///< the limit (run.limits) that ended the run early; empty where none did
    Instant end{};                  ///< of the run
    std::uint64_t fingerprint = 0;  ///< hash over every event of the run: equal runs have equal fingerprints

    // How the run went on this machine; differs from run to run.
    double wall_s = 0;
    std::uint64_t events = 0;
    std::uint64_t attempts = 0;  ///< all of them, those of the warm-up too
    double peak_rss_mib = 0;
};

}  // namespace stampede::sim
