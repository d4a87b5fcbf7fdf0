#pragma once
/// Metrics as rows, variants as columns.

#include <string>
#include <vector>

#include "reports/report.hpp"

namespace stampede::reports::html {

struct Row {
    std::string_view group;  ///< rows of one group stand under its name; may be empty
    Metric metric;
    std::string subject;  ///< as of Quantity
};

/// The metric as a column's or a panel's name, with its definition for the pointer.
[[nodiscard]] std::string name_of(Metric metric);

/// The best of each row marked, and what is not shown to differ from it; rows without any value are left out.
/// One variant has its smallest and largest seed beside the mean.
[[nodiscard]] std::string metric_table(const Report& report, const std::vector<Row>& rows, std::string_view caption);

}  // namespace stampede::reports::html
