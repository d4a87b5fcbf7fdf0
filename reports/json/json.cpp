#include "reports/json/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/json/layout.hpp"
#include "reports/settings.hpp"
#include "reports/text/digits.hpp"

namespace stampede::reports {
namespace {

using Json = nlohmann::ordered_json;

/// JSON has neither infinity nor not-a-number.
Json number(double x) {
    if (std::isnan(x)) return nullptr;
    if (std::isinf(x)) return "never";
    return x;
}

/// Far below the width of any interval, a third of the bytes.
Json short_number(double x) { return number(six_digits(x)); }

template <class Range, class Convert>
Json list(const Range& range, Convert&& convert) {
    Json result = Json::array();
    for (const auto& each : range) result.push_back(convert(each));
    return result;
}

Json single(const Quantity& quantity) {
    const Estimate& e = quantity.estimate;
    Json json{{"unit", to_string(info(quantity.metric).unit)},
              {"mean", number(e.mean)},
              {"median", number(e.median)},
              {"lo", number(e.lo)},
              {"hi", number(e.hi)},
              {"per_seed", list(quantity.per_seed, number)}};
    if (e.nevers > 0) json["nevers"] = e.nevers;
    return json;
}

/// Mean and interval of every place of a list; no list of nothing where there are no intervals.
void put_places(Json& json, const std::vector<Estimate>& places) {
    json["mean"] = list(places, [](const Estimate& e) { return short_number(e.mean); });
    json["lo"] = nullptr;
    json["hi"] = nullptr;
    if (std::none_of(places.begin(), places.end(), [](const Estimate& e) { return e.has_interval(); })) return;
    json["lo"] = list(places, [](const Estimate& e) { return short_number(e.lo); });
    json["hi"] = list(places, [](const Estimate& e) { return short_number(e.hi); });
}

Json indexed(const IndexedQuantity& quantity) {
    const MetricInfo& metric = info(quantity.metric);
    Json json{{"unit", to_string(metric.unit)}, {"index", metric.index}};
    put_places(json, quantity.by_index);
    return json;
}

/// The whole run at the top, its parts under "by".
void put_by_subject(Json& parent, const std::string& name, const std::string& subject, Json json) {
    if (subject.empty())
        parent[name].update(json);
    else
        parent[name]["by"][subject] = std::move(json);
}

Json all_metrics(const Summary& variant) {
    Json json = Json::object();
    for (const MetricInfo& metric : metrics()) {
        const std::string name{metric.name};
        for (const Quantity& q : variant.quantities)
            if (q.metric == metric.metric) put_by_subject(json, name, q.subject, single(q));
        for (const IndexedQuantity& q : variant.indexed)
            if (q.metric == metric.metric) put_by_subject(json, name, q.subject, indexed(q));
    }
    return json;
}

Json all_series(const Summary& variant) {
    Json json = Json::object();
    for (const SeriesSummary& series : variant.series) {
        Json one{{"unit", series.unit}, {"bin_s", variant.bin_s}};
        put_places(one, series.bins);
        put_by_subject(json, series.name, series.subject, std::move(one));
    }
    return json;
}

Json lane(const sim::BreakerLane& breaker) {
    return {{"name", breaker.name}, {"changes", list(breaker.changes, [](const sim::BreakerChange& change) {
                                         return Json{{"at_s", to_seconds(change.at)},
                                                     {"from", to_string(change.from)},
                                                     {"to", to_string(change.to)},
                                                     {"reason", to_string(change.reason)}};
                                     })}};
}

Json all_latencies(const Summary& variant) {
    Json json{{"buckets", Json::array()}, {"by", Json::object()}};
    for (const sim::LatencyHistogram& histogram : variant.latencies) {
        Json buckets = Json::array();
        for (std::size_t i = 0; i < histogram.counts.size(); ++i)
            buckets.push_back(Json::array({histogram.upper_s[i], histogram.counts[i]}));
        (histogram.subject.empty() ? json["buckets"] : json["by"][histogram.subject]) = std::move(buckets);
    }
    return json;
}

/// A list for each span: twenty thousand objects would say twenty thousand times what their members are called.
Json trace(const sim::Trace& trace) {
    return {{"columns", trace_columns},
            {"spans", list(trace.spans,
                           [](const sim::TraceSpan& span) {
                               return Json::array({to_string(span.kind), span.agent, span.request, span.number,
                                                   to_seconds(span.begin), to_seconds(span.end), span.how});
                           })},
            {"truncated", trace.truncated}};
}

Json fault(const sim::FaultWindow& window) {
    return {{"kind", window.kind},
            {"subject", window.subject},
            {"begin_s", to_seconds(window.begin)},
            {"end_s", to_seconds(window.end)}};
}

Json drawn(const DrawnFaults& schedule) {
    return {{"seed", schedule.seed}, {"faults", list(schedule.faults, [](const sim::FaultWindow& window) {
                                          Json json = fault(window);
                                          json["from"] = window.drawn;
                                          if (window.strength < 1) json["strength"] = window.strength;
                                          return json;
                                      })}};
}

Json failure(const FailedRun& run) { return {{"seed", run.seed}, {"what", run.what}, {"command", run.command}}; }

Json stop(const StoppedRun& run) { return {{"seed", run.seed}, {"limit", run.limit}, {"at_s", number(run.at_s)}}; }

Json variant(const Summary& summary) {
    Json json{{"name", summary.name}, {"set", Json::object()}, {"seeds", summary.seeds}};
    for (const scenarios::Override& each : summary.overrides) json["set"][each.path] = setting_value(each);
    json["fingerprints"] = list(summary.fingerprints, [](std::uint64_t hash) { return fmt::format("{:016x}", hash); });
    json["metrics"] = all_metrics(summary);
    json["series"] = all_series(summary);
    json["faults"] = list(summary.faults, fault);
    if (!summary.drawn.empty()) json["drawn_faults"] = list(summary.drawn, drawn);
    json["breakers"] = {{"count", summary.breaker_count}, {"lanes", list(summary.breakers, lane)}};
    json["latency"] = all_latencies(summary);
    json["trace"] = trace(summary.trace);
    json["failures"] = list(summary.failures, failure);
    if (!summary.stopped.empty()) json["stopped_by"] = list(summary.stopped, stop);
    return json;
}

std::string verdict(const PairedDifference& difference) {
    if (difference.sign < 0) return "b lower";
    if (difference.sign > 0) return "b higher";
    return "no difference shown";
}

Json comparison(const Comparison& comparison, const std::vector<Summary>& variants) {
    const PairedDifference& d = comparison.difference;
    constexpr std::string_view tests[] = {"none", "t", "wilcoxon"};
    return {{"metric", info(comparison.metric).name},
            {"a", variants[comparison.a].name},
            {"b", variants[comparison.b].name},
            {"pairs", d.pairs},
            {"difference", number(d.difference)},
            {"lo", number(d.lo)},
            {"hi", number(d.hi)},
            {"p", number(d.p)},
            {"p_corrected", number(d.p_corrected)},
            {"effect", number(d.effect)},
            {"rank_biserial", number(d.rank_biserial)},
            {"test", tests[static_cast<std::size_t>(d.test)]},
            {"verdict", verdict(d)}};
}

Json threshold(const ThresholdResult& result) {
    return {{"metric", result.metric},
            {"condition", result.condition},
            {"value", number(result.value)},
            {"passed", result.passed},
            {"variant", result.variant}};
}

Json precision(const Precision& p) {
    return {{"target", p.target},
            {"most_seeds", p.most_seeds},
            {"reached", p.is_reached()},
            {"widths", list(p.widths, [](const Width& width) {
                 return Json{{"variant", width.variant},
                             {"metric", info(width.metric).name},
                             {"relative_half_width", number(width.relative)}};
             })}};
}

Json environment(const Environment& e) {
    Json json{{"seconds", e.seconds}};
    if (e.run_seconds) json["run_seconds"] = *e.run_seconds;
    json["parallel"] = e.parallel;
    json["attempts_per_s"] = e.attempts_per_s;
    json["events_per_s"] = e.events_per_s;
    json["peak_rss_mib"] = e.peak_rss_mib;
    return json;
}

}  // namespace

std::string render_json(const Report& report) {
    Json json{{"stampede", format_version},
              {"version", report.version},
              {"command", report.command},
              {"scenario", report.scenario},
              {"seeds", report.seeds},
              {"interrupted", report.interrupted},
              {"variants", list(report.variants, variant)},
              {"comparisons",
               list(report.comparisons, [&](const Comparison& each) { return comparison(each, report.variants); })},
              {"thresholds", list(report.thresholds, threshold)}};
    if (report.precision) json["precision"] = precision(*report.precision);
    if (report.environment) json["environment"] = environment(*report.environment);
    return lay_out(json);
}

}  // namespace stampede::reports
