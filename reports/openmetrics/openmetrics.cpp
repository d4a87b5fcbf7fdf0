#include "reports/openmetrics/openmetrics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "reports/openmetrics/names.hpp"
#include "reports/text/digits.hpp"

namespace stampede::reports {
namespace {

/// Families one after the other: the format wants each in one piece.
class Exposition {
public:
    /// What the samples that follow belong to. A family without samples is not written.
    void family(const FamilyName& name, std::string_view help) {
        name_ = name.name;
        head_ = fmt::format("# TYPE {} gauge\n", name.name);
        if (!name.unit.empty()) head_ += fmt::format("# UNIT {} {}\n", name.name, name.unit);
        head_ += fmt::format("# HELP {} {}\n", name.name, label_value(help));
    }

    void sample(std::string_view labels, double value, double at_s) {
        if (std::isnan(value)) return;
        text_ += head_;
        head_.clear();
        const std::string number = std::isinf(value) ? "+Inf" : fmt::format("{}", value);
        fmt::format_to(std::back_inserter(text_), "{}{{{}}} {} {}\n", name_, labels, number, at_s);
    }

    [[nodiscard]] std::string finish() && { return std::move(text_) + "# EOF\n"; }

private:
    std::string name_;
    std::string head_;  ///< until the first sample
    std::string text_;
};

std::string labels_of(const Summary& variant, const std::string& subject) {
    return fmt::format("variant=\"{}\",subject=\"{}\"", label_value(variant.name), label_value(subject));
}

double bin_start_s(const Summary& variant, std::size_t bin) {
    return to_seconds(from_seconds(variant.bin_s) * static_cast<std::int64_t>(bin));
}

double end_s(const Summary& variant) {
    std::size_t bins = 0;
    for (const SeriesSummary& series : variant.series) bins = std::max(bins, series.bins.size());
    return bin_start_s(variant, bins);
}

void add_statistic(Exposition& out, const std::string& labels, std::string_view statistic, double value, double at_s) {
    out.sample(fmt::format("{},statistic=\"{}\"", labels, statistic), value, at_s);
}

void add_estimate(Exposition& out, const std::string& labels, const Estimate& e, double at_s) {
    add_statistic(out, labels, "mean", e.nevers > 0 ? sim::never : e.mean, at_s);
    add_statistic(out, labels, "median", e.median, at_s);
    add_statistic(out, labels, "lo", e.lo, at_s);
    add_statistic(out, labels, "hi", e.hi, at_s);
}

/// A place in a list; its median is not in the JSON report.
void add_place(Exposition& out, const std::string& labels, const Estimate& e, double at_s) {
    add_statistic(out, labels, "mean", six_digits(e.mean), at_s);
    add_statistic(out, labels, "lo", six_digits(e.lo), at_s);
    add_statistic(out, labels, "hi", six_digits(e.hi), at_s);
}

void add_single(Exposition& out, const Report& report, const MetricInfo& metric) {
    for (const Summary& variant : report.variants)
        for (const Quantity& quantity : variant.quantities)
            if (quantity.metric == metric.metric)
                add_estimate(out, labels_of(variant, quantity.subject), quantity.estimate, end_s(variant));
}

/// A label says the place in the list, from 1; what the places stand for is in the metric's definition.
void add_indexed(Exposition& out, const Report& report, const MetricInfo& metric) {
    for (const Summary& variant : report.variants)
        for (const IndexedQuantity& quantity : variant.indexed)
            for (std::size_t i = 0; quantity.metric == metric.metric && i < quantity.by_index.size(); ++i)
                add_place(out, fmt::format("{},place=\"{}\"", labels_of(variant, quantity.subject), i + 1),
                          quantity.by_index[i], end_s(variant));
}

void add_metrics(Exposition& out, const Report& report) {
    for (const MetricInfo& metric : metrics()) {
        out.family(family_name(metric), metric.definition);
        if (metric.index.empty())
            add_single(out, report, metric);
        else
            add_indexed(out, report, metric);
    }
}

void add_points(Exposition& out, const Summary& variant, const SeriesSummary& series) {
    const std::string labels = labels_of(variant, series.subject) + ",statistic=\"mean\"";
    const double scale = series.unit == "1/bin" ? variant.bin_s : 1;
    for (std::size_t i = 0; i < series.bins.size(); ++i)
        out.sample(labels, six_digits(six_digits(series.bins[i].mean) / scale), bin_start_s(variant, i));
}

/// In the order in which they first appear.
std::vector<std::pair<std::string, std::string>> series_names(const Report& report) {
    std::vector<std::pair<std::string, std::string>> names;
    for (const Summary& variant : report.variants)
        for (const SeriesSummary& series : variant.series)
            if (const std::pair name{series.name, series.unit};
                std::find(names.begin(), names.end(), name) == names.end())
                names.push_back(name);
    return names;
}

void add_series(Exposition& out, const Report& report) {
    for (const auto& [name, unit] : series_names(report)) {
        out.family(series_family_name(name, unit), fmt::format("{} over simulated time", name));
        for (const Summary& variant : report.variants)
            for (const SeriesSummary& series : variant.series)
                if (series.name == name && series.unit == unit) add_points(out, variant, series);
    }
}

void add_thresholds(Exposition& out, const Report& report) {
    out.family({"stampede_threshold_passed", ""}, "1 where the condition on the metric holds, else 0");
    for (const ThresholdResult& threshold : report.thresholds) {
        const auto variant = std::find_if(report.variants.begin(), report.variants.end(),
                                          [&](const Summary& v) { return v.name == threshold.variant; });
        const std::string labels =
            fmt::format("variant=\"{}\",metric=\"{}\",condition=\"{}\"", label_value(threshold.variant),
                        label_value(threshold.metric), label_value(threshold.condition));
        out.sample(labels, threshold.passed ? 1 : 0, variant == report.variants.end() ? 0 : end_s(*variant));
    }
}

}  // namespace

std::string render_openmetrics(const Report& report) {
    Exposition out;
    add_metrics(out, report);
    add_thresholds(out, report);
    add_series(out, report);
    return std::move(out).finish();
}

}  // namespace stampede::reports
