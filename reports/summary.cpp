#include "reports/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace stampede::reports {
namespace {

/// Things of one kind out of several results, brought together by what they are called: in the order in which they
/// first appear, one cell a seed, empty where a seed has none.
template <class Key, class Cell>
class Rows {
public:
    explicit Rows(std::size_t seeds) : seeds_(seeds) {}

    void put(const Key& key, std::size_t seed, const Cell* cell) {
        const auto [place, is_new] = places_.try_emplace(key, rows_.size());
        if (is_new) rows_.push_back({key, std::vector<const Cell*>(seeds_, nullptr)});
        rows_[place->second].cells[seed] = cell;
    }

    struct Row {
        Key key;
        std::vector<const Cell*> cells;
    };
    [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }

private:
    std::size_t seeds_;
    std::map<Key, std::size_t> places_;
    std::vector<Row> rows_;
};

using MetricKey = std::pair<Metric, std::string>;

/// The estimate of every place in lists that may differ in length.
template <class Cell>
std::vector<Estimate> by_place(const std::vector<const Cell*>& cells) {
    std::size_t length = 0;
    for (const Cell* cell : cells)
        if (cell) length = std::max(length, cell->values.size());
    std::vector<Estimate> estimates(length);
    std::vector<double> sample(cells.size());
    for (std::size_t i = 0; i < length; ++i) {
        for (std::size_t seed = 0; seed < cells.size(); ++seed)
            sample[seed] = cells[seed] && i < cells[seed]->values.size() ? cells[seed]->values[i] : no_value;
        estimates[i] = estimate(sample);
    }
    return estimates;
}

/// A subject that only a later seed has must not break the catalogue's order.
template <class Quantities>
void sort_by_metric(Quantities& quantities) {
    std::stable_sort(quantities.begin(), quantities.end(), [](const auto& a, const auto& b) {
        return std::pair{a.metric, !a.subject.empty()} < std::pair{b.metric, !b.subject.empty()};
    });
}

void summarise_values(Summary& summary, const std::vector<sim::Result>& results) {
    Rows<MetricKey, sim::Value> rows(results.size());
    for (std::size_t seed = 0; seed < results.size(); ++seed)
        for (const sim::Value& value : results[seed].values) rows.put({value.metric, value.subject}, seed, &value);
    for (const auto& [key, cells] : rows.rows()) {
        Quantity quantity{key.first, key.second, {}, {}};
        for (const sim::Value* cell : cells) quantity.per_seed.push_back(cell ? cell->value : no_value);
        quantity.estimate = estimate(quantity.per_seed);
        summary.quantities.push_back(std::move(quantity));
    }
    sort_by_metric(summary.quantities);
}

void summarise_indexed(Summary& summary, const std::vector<sim::Result>& results) {
    Rows<MetricKey, sim::IndexedValue> rows(results.size());
    for (std::size_t seed = 0; seed < results.size(); ++seed)
        for (const sim::IndexedValue& value : results[seed].indexed)
            rows.put({value.metric, value.subject}, seed, &value);
    for (const auto& [key, cells] : rows.rows()) summary.indexed.push_back({key.first, key.second, by_place(cells)});
    sort_by_metric(summary.indexed);
}

/// A name's whole run and then its parts, as the JSON report lists them: what is read back has the same order.
void group_by_name(std::vector<SeriesSummary>& series) {
    std::map<std::string, std::size_t> places;
    for (const SeriesSummary& each : series) places.try_emplace(each.name, places.size());
    std::stable_sort(series.begin(), series.end(), [&](const SeriesSummary& a, const SeriesSummary& b) {
        return std::pair{places.at(a.name), !a.subject.empty()} < std::pair{places.at(b.name), !b.subject.empty()};
    });
}

void summarise_series(Summary& summary, const std::vector<sim::Result>& results) {
    Rows<std::pair<std::string, std::string>, sim::Series> rows(results.size());
    std::map<std::string, std::string> units;
    for (std::size_t seed = 0; seed < results.size(); ++seed)
        for (const sim::Series& series : results[seed].series) {
            rows.put({series.name, series.subject}, seed, &series);
            units.try_emplace(series.name, series.unit);
        }
    for (const auto& [key, cells] : rows.rows())
        summary.series.push_back({key.first, key.second, units.at(key.first), by_place(cells)});
    group_by_name(summary.series);
}

/// Counts of equal buckets are added: every run cuts time into the same buckets.
void merge_latencies(Summary& summary, const std::vector<sim::Result>& results) {
    std::map<std::string, std::map<double, std::uint64_t>> by_subject;
    for (const sim::Result& result : results)
        for (const sim::LatencyHistogram& histogram : result.latencies) {
            auto& buckets = by_subject[histogram.subject];
            for (std::size_t i = 0; i < histogram.counts.size(); ++i)
                buckets[histogram.upper_s[i]] += histogram.counts[i];
        }
    for (const auto& [subject, buckets] : by_subject) {  // the whole run's empty name is first
        sim::LatencyHistogram& merged = summary.latencies.emplace_back();
        merged.subject = subject;
        for (const auto& [upper_s, count] : buckets) {
            merged.upper_s.push_back(upper_s);
            merged.counts.push_back(count);
        }
    }
}

}  // namespace

const Quantity* Summary::find(Metric metric, std::string_view subject) const {
    const auto found = std::find_if(quantities.begin(), quantities.end(),
                                    [&](const Quantity& q) { return q.metric == metric && q.subject == subject; });
    return found == quantities.end() ? nullptr : &*found;
}

namespace {

void summarise_drawn(Summary& summary, const std::vector<sim::Result>& results) {
    for (const sim::Result& result : results) {
        DrawnFaults drawn{result.seed, {}};
        for (const sim::FaultWindow& fault : result.faults)
            if (fault.drawn >= 0) drawn.faults.push_back(fault);
        if (!drawn.faults.empty()) summary.drawn.push_back(std::move(drawn));
    }
}

}  // namespace

const SeriesSummary* Summary::find_series(std::string_view series_name, std::string_view subject) const {
    const auto found = std::find_if(series.begin(), series.end(), [&](const SeriesSummary& s) {
        return s.name == series_name && s.subject == subject;
    });
    return found == series.end() ? nullptr : &*found;
}

std::string stop_sentence(const Summary& variant, const StoppedRun& run) {
    return fmt::format("{}, seed {}: stopped at {:.6g} s by run.limits.{}; its numbers are of the time until then",
                       variant.name, run.seed, run.at_s, run.limit);
}

Summary summarise(std::string name, std::vector<scenarios::Override> overrides, const std::vector<sim::Result>& results,
                  std::vector<FailedRun> failures) {
    Summary summary;
    summary.name = std::move(name);
    summary.overrides = std::move(overrides);
    summary.failures = std::move(failures);
    for (const sim::Result& result : results) {
        summary.seeds.push_back(result.seed);
        summary.fingerprints.push_back(result.fingerprint);
        if (!result.stopped_by.empty())
            summary.stopped.push_back({result.seed, result.stopped_by, to_seconds(result.end)});
    }
    summarise_values(summary, results);
    summarise_indexed(summary, results);
    summarise_series(summary, results);
    merge_latencies(summary, results);
    summarise_drawn(summary, results);
    if (!results.empty()) {
        const sim::Result& first = results.front();
        summary.bin_s = first.bin_s;
        summary.faults = first.faults;
        summary.breakers = first.breakers;
        summary.breaker_count = first.breaker_count;
        summary.trace = first.trace;
    }
    return summary;
}

}  // namespace stampede::reports
