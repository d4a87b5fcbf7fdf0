#pragma once
/// The parts of the terminal report. Each is empty where the report has nothing for it, else ends with a newline.

#include <span>
#include <string>
#include <vector>

#include "reports/questions.hpp"
#include "reports/report.hpp"
#include "reports/terminal/paint.hpp"

namespace stampede::reports {

/// How wide, and in which colours.
struct Page {
    std::size_t width;
    Paint paint;
    bool has_wide_table = false;           ///< as of TerminalOptions
    std::span<const Metric> metrics = {};  ///< as of TerminalOptions

    /// The groups of a table's rows: the questions, or one group without a title where metrics are asked for.
    [[nodiscard]] std::vector<Question> groups() const {
        if (!metrics.empty()) return {{{}, metrics}};
        return {questions().begin(), questions().end()};
    }
};

/// Variants side by side, the best marked; in several blocks where they do not fit side by side.
[[nodiscard]] std::string comparison_table(const Report&, const Page&);

/// One variant: mean with interval, smallest and largest over the seeds.
[[nodiscard]] std::string single_table(const Report&, const Page&);

/// Arrivals over time, a chart for each variant on a common scale, faults and capacity marked.
[[nodiscard]] std::string arrivals_plot(const Report&, const Page&);

/// What chaos drew for each seed; of many seeds the first.
[[nodiscard]] std::string drawn_faults(const Report&, const Page&);

/// Sentences that answer the questions and quote the numbers that they rest on.
[[nodiscard]] std::string verdict_text(const Report&, const Page&);

[[nodiscard]] std::string threshold_table(const Report&, const Page&);

}  // namespace stampede::reports
