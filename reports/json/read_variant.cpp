#include "reports/json/read_variant.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "reports/json/fields.hpp"
#include "reports/json/json.hpp"
#include "reports/settings.hpp"
#include "scenarios/format/suggest.hpp"

namespace stampede::reports {
namespace {

using scenarios::Node;

constexpr std::uint64_t most_32_bits = UINT32_MAX;

Instant instant(const Node& node) { return Instant{} + from_seconds(seconds_of(node)); }

std::uint64_t fingerprint(const Node& node) {
    const std::string& digits = text(node);
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (digits.size() != 16 || error != std::errc{} || end != digits.data() + digits.size())
        refuse(node, "expected 16 hexadecimal digits");
    return value;
}

/// One value a seed.
template <class Values>
void expect_one_a_seed(const Node& node, const Values& values, std::size_t seeds) {
    if (values.size() != seeds)
        refuse(node,
               fmt::format("expected {} values, one for each of the variant's seeds, found {}", seeds, values.size()));
}

Metric metric(const Node& node) {
    if (const auto found = find_metric(node.key)) return *found;
    std::vector<std::string_view> known;
    for (const MetricInfo& each : metrics()) known.push_back(each.name);
    refuse(node,
           fmt::format("unknown metric {}: {}", scenarios::in_quotes(node.key), scenarios::suggest(node.key, known)));
}

/// The whole run where it has `mark`, then every part under "by".
template <class Read>
void for_each_subject(const Node& node, std::string_view mark, Read&& read) {
    if (!node.is(Node::Kind::object)) (void)member(node, mark);
    if (node.find(mark)) read(node, std::string{});
    if (const Node* by = node.find("by"))
        for (const Node& part : members(*by)) read(part, part.key);
}

std::vector<double> bound(const Node& node, std::string_view name, std::size_t length) {
    const Node& list = member(node, name);
    if (list.is(Node::Kind::null)) return std::vector<double>(length, no_value);
    std::vector<double> values = list_of(list, number);
    if (values.size() != length) refuse(list, fmt::format("expected {} values, as \"mean\" has", length));
    return values;
}

/// Mean and interval of every place; how many seeds had a value there is not written, so those with a mean have all.
std::vector<Estimate> places(const Node& node, std::size_t seeds) {
    const std::vector<double> mean = list_of(member(node, "mean"), number);
    const std::vector<double> lo = bound(node, "lo", mean.size());
    const std::vector<double> hi = bound(node, "hi", mean.size());
    std::vector<Estimate> result(mean.size());
    for (std::size_t i = 0; i < mean.size(); ++i) {
        result[i].count = std::isnan(mean[i]) ? 0 : seeds;
        result[i].mean = mean[i];
        result[i].lo = lo[i];
        result[i].hi = hi[i];
    }
    return result;
}

void read_metrics(Summary& summary, const Node& all) {
    const std::size_t seeds = summary.seeds.size();
    for (const Node& node : members(all)) {
        const Metric which = metric(node);
        const bool is_single = info(which).index.empty();
        for_each_subject(node, is_single ? "per_seed" : "mean", [&](const Node& part, std::string subject) {
            if (!is_single) {
                summary.indexed.push_back({which, std::move(subject), places(part, seeds)});
                return;
            }
            const Node& values = member(part, "per_seed");
            std::vector<double> per_seed = list_of(values, number);
            expect_one_a_seed(values, per_seed, seeds);
            const Estimate estimated = estimate(per_seed);
            summary.quantities.push_back({which, std::move(subject), std::move(per_seed), estimated});
        });
    }
    const auto by_metric = [](const auto& a, const auto& b) { return a.metric < b.metric; };
    std::stable_sort(summary.quantities.begin(), summary.quantities.end(), by_metric);
    std::stable_sort(summary.indexed.begin(), summary.indexed.end(), by_metric);
}

void read_series(Summary& summary, const Node& all) {
    for (const Node& node : members(all))
        for_each_subject(node, "mean", [&](const Node& part, std::string subject) {
            summary.bin_s = seconds_of(member(part, "bin_s"));
            if (summary.bin_s <= 0) refuse(member(part, "bin_s"), "a bin has a width above 0");
            summary.series.push_back(
                {node.key, std::move(subject), text(member(part, "unit")), places(part, summary.seeds.size())});
        });
}

sim::LatencyHistogram histogram(const Node& buckets, std::string subject) {
    sim::LatencyHistogram result{std::move(subject), {}, {}};
    for (const Node& bucket : elements(buckets)) {
        if (elements(bucket).size() != 2) refuse(bucket, "expected a bucket: its upper edge in seconds and a count");
        const double upper_s = seconds_of(bucket.children[0]);
        if (!result.upper_s.empty() && upper_s <= result.upper_s.back())
            refuse(bucket, "expected buckets in ascending order");
        result.upper_s.push_back(upper_s);
        result.counts.push_back(whole(bucket.children[1]));
    }
    return result;
}

void read_latencies(Summary& summary, const Node& node) {
    const Node& whole_run = member(node, "buckets");
    if (!elements(whole_run).empty()) summary.latencies.push_back(histogram(whole_run, {}));
    for (const Node& part : members(member(node, "by"))) summary.latencies.push_back(histogram(part, part.key));
}

sim::TraceSpan span(const Node& node) {
    using enum sim::SpanKind;
    constexpr std::array kinds{request, attempt, backoff, refusal};
    if (elements(node).size() != trace_columns.size())
        refuse(node, fmt::format("expected {} values, one for each of \"columns\"", trace_columns.size()));
    const std::vector<Node>& c = node.children;
    return {word<sim::SpanKind>(c[0], kinds),
            static_cast<std::uint32_t>(whole(c[1], most_32_bits)),
            whole(c[2]),
            static_cast<std::uint32_t>(whole(c[3], most_32_bits)),
            instant(c[4]),
            instant(c[5]),
            text(c[6])};
}

sim::Trace trace(const Node& node) {
    const Node& columns = member(node, "columns");
    const std::vector<std::string> names = list_of(columns, text);
    if (!std::equal(names.begin(), names.end(), trace_columns.begin(), trace_columns.end()))
        refuse(columns, fmt::format("expected the columns {}", fmt::join(trace_columns, ", ")));
    return {list_of(member(node, "spans"), span), flag(member(node, "truncated"))};
}

sim::FaultWindow fault(const Node& node) {
    return {text(member(node, "kind")), text(member(node, "subject")), instant(member(node, "begin_s")),
            instant(member(node, "end_s"))};
}

DrawnFaults drawn(const Node& node) {
    const auto one = [](const Node& each) {
        sim::FaultWindow window = fault(each);
        window.drawn = static_cast<std::int32_t>(whole(member(each, "from")));
        if (const Node* strength = each.find("strength")) window.strength = number(*strength);
        return window;
    };
    return {whole(member(node, "seed")), list_of(member(node, "faults"), one)};
}

sim::BreakerChange change(const Node& node) {
    using State = BreakerState;
    constexpr std::array states{State::closed, State::open, State::half_open};
    return {instant(member(node, "at_s")), word<State>(member(node, "from"), states),
            word<State>(member(node, "to"), states), word<BreakerReason>(member(node, "reason"), breaker_reasons)};
}

sim::BreakerLane lane(const Node& node) {
    return {text(member(node, "name")), list_of(member(node, "changes"), change)};
}

FailedRun failure(const Node& node) {
    return {whole(member(node, "seed")), text(member(node, "what")), text(member(node, "command"))};
}

StoppedRun stop(const Node& node) {
    return {whole(member(node, "seed")), text(member(node, "limit")), number(member(node, "at_s"))};
}

}  // namespace

Summary read_variant(const Node& node) {
    Summary summary;
    summary.name = text(member(node, "name"));
    for (const Node& each : members(member(node, "set")))
        summary.overrides.push_back(setting_of(each.key, to_json(each)));
    summary.seeds = list_of(member(node, "seeds"), [](const Node& seed) { return whole(seed); });
    const Node& fingerprints = member(node, "fingerprints");
    summary.fingerprints = list_of(fingerprints, fingerprint);
    expect_one_a_seed(fingerprints, summary.fingerprints, summary.seeds.size());
    read_metrics(summary, member(node, "metrics"));
    read_series(summary, member(node, "series"));
    summary.faults = list_of(member(node, "faults"), fault);
    if (const Node* schedules = node.find("drawn_faults")) summary.drawn = list_of(*schedules, drawn);
    const Node& breakers = member(node, "breakers");
    summary.breaker_count = whole(member(breakers, "count"));
    summary.breakers = list_of(member(breakers, "lanes"), lane);
    read_latencies(summary, member(node, "latency"));
    summary.trace = trace(member(node, "trace"));
    summary.failures = list_of(member(node, "failures"), failure);
    if (const Node* stopped = node.find("stopped_by")) summary.stopped = list_of(*stopped, stop);
    return summary;
}

}  // namespace stampede::reports
