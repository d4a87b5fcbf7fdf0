#include "reports/trace/trace.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "reports/text/digits.hpp"
#include "reports/trace/lanes.hpp"

namespace stampede::reports {
namespace {

using Json = nlohmann::ordered_json;

/// "Trace Event Format" of the Chromium project: ts and dur are microseconds, which may have fractions.
double microseconds(Duration d) { return static_cast<double>(d.count()) / 1e3; }
double microseconds(Instant t) { return microseconds(t.time_since_epoch()); }

/// A process of the format is a group of tracks here, a thread a track.
class Events {
public:
    void group(int pid, const std::string& name) {
        name_it("process_name", pid, 0, name);
        add("M", "process_sort_index", Instant{}, pid, 0, {{"sort_index", pid}});
    }

    void track(int pid, std::size_t tid, const std::string& name) { name_it("thread_name", pid, tid, name); }

    void slice(int pid, std::size_t tid, std::string_view name, Instant begin, Instant end, Json args) {
        Json event = make("X", name, begin, pid, tid);
        event["dur"] = microseconds(end - begin);
        event["args"] = std::move(args);
        put(event);
    }

    void counter(int pid, std::string_view name, Instant at, double value) {
        add("C", name, at, pid, 0, {{"value", value}});
    }

    [[nodiscard]] std::string text() const {
        return "{\"displayTimeUnit\":\"ms\",\"traceEvents\":[" + text_ + "\n]}\n";
    }

private:
    static Json make(std::string_view phase, std::string_view name, Instant at, int pid, std::size_t tid) {
        return {{"ph", phase}, {"name", name}, {"ts", microseconds(at)}, {"pid", pid}, {"tid", tid}};
    }

    void add(std::string_view phase, std::string_view name, Instant at, int pid, std::size_t tid, Json args) {
        Json event = make(phase, name, at, pid, tid);
        event["args"] = std::move(args);
        put(event);
    }

    void name_it(std::string_view what, int pid, std::size_t tid, const std::string& name) {
        add("M", what, Instant{}, pid, tid, {{"name", name}});
    }

    /// One event a line.
    void put(const Json& event) {
        text_ += text_.empty() ? "\n" : ",\n";
        text_ += event.dump(-1, ' ', false, Json::error_handler_t::replace);
    }

    std::string text_;
};

void add_agents(Events& events, int pid, const Summary& variant) {
    const Tracks tracks = place(variant.trace);
    for (std::size_t i = 0; i < tracks.names.size(); ++i) events.track(pid, i, tracks.names[i]);
    for (const PlacedSpan& placed : tracks.spans) {
        const sim::TraceSpan& span = *placed.span;
        Json args{{"request", span.request}, {"how", span.how}};
        if (span.number > 0) args["number"] = span.number;
        const std::string name = fmt::format("{}{}", to_string(span.kind),
                                             span.number > 0 ? fmt::format(" {}", span.number) : std::string{});
        events.slice(pid, placed.track, name, span.begin, placed.end, std::move(args));
    }
}

/// When the last thing happened that the variant knows of.
Instant end_of(const Summary& variant) {
    std::size_t bins = 0;
    for (const SeriesSummary& series : variant.series) bins = std::max(bins, series.bins.size());
    Instant end = Instant{} + from_seconds(variant.bin_s) * static_cast<std::int64_t>(bins);
    for (const sim::BreakerLane& lane : variant.breakers)
        if (!lane.changes.empty()) end = std::max(end, lane.changes.back().at);
    return end;
}

/// Every state until the next change; the first is closed, for which there is no reason.
void add_breakers(Events& events, int pid, const Summary& variant) {
    const Instant end = end_of(variant);
    for (std::size_t i = 0; i < variant.breakers.size(); ++i) {
        const sim::BreakerLane& lane = variant.breakers[i];
        events.track(pid, i, lane.name);
        Instant begin{};
        std::string_view state = to_string(BreakerState::closed);
        Json args = Json::object();
        for (const sim::BreakerChange& change : lane.changes) {
            events.slice(pid, i, state, begin, change.at, args);
            begin = change.at;
            state = to_string(change.to);
            args = {{"reason", to_string(change.reason)}};
        }
        events.slice(pid, i, state, begin, end, args);
    }
}

/// Each on a track of its own: faults may overlap.
void add_faults(Events& events, int pid, const Summary& variant) {
    for (std::size_t i = 0; i < variant.faults.size(); ++i) {
        const sim::FaultWindow& fault = variant.faults[i];
        events.track(pid, i, fault.subject.empty() ? fault.kind : fault.kind + " " + fault.subject);
        events.slice(pid, i, fault.kind, fault.begin, fault.end, {{"subject", fault.subject}});
    }
}

constexpr std::array<std::string_view, 3> counted{"arrivals", "queue", "goodput"};

/// A counter holds its value until the next event, so what repeats is left out.
void add_counter(Events& events, int pid, const Summary& variant, const SeriesSummary& series) {
    const bool is_rate = series.unit == "1/bin";
    const std::string name = fmt::format("{}{}{}", series.name, is_rate ? ", 1/s" : "",
                                         series.subject.empty() ? std::string{} : " " + series.subject);
    double last = no_value;
    for (std::size_t i = 0; i < series.bins.size(); ++i) {
        const double mean = six_digits(series.bins[i].mean);
        const double value = is_rate ? six_digits(mean / variant.bin_s) : mean;
        if (!std::isfinite(value) || value == last) continue;
        events.counter(pid, name, Instant{} + from_seconds(variant.bin_s) * static_cast<std::int64_t>(i), value);
        last = value;
    }
}

void add_counters(Events& events, int pid, const Summary& variant) {
    for (const SeriesSummary& series : variant.series)
        if (std::find(counted.begin(), counted.end(), series.name) != counted.end())
            add_counter(events, pid, variant, series);
}

}  // namespace

std::string render_trace(const Report& report) {
    constexpr struct {
        std::string_view name;
        void (*add)(Events&, int, const Summary&);
    } groups[] = {
        {"faults", add_faults}, {"counters", add_counters}, {"breakers", add_breakers}, {"agents", add_agents}};
    Events events;
    int pid = 0;
    for (const Summary& variant : report.variants)
        for (const auto& group : groups) {
            events.group(++pid, fmt::format("{}: {}", variant.name, group.name));
            group.add(events, pid, variant);
        }
    return events.text();
}

}  // namespace stampede::reports
