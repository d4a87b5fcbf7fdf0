#pragma once
/// The tables of the Markdown report. Each is empty where the report has nothing for it, else ends with a newline.

#include <string>

#include "reports/report.hpp"

namespace stampede::reports::markdown {

[[nodiscard]] std::string threshold_table(const Report&);

/// The metrics that answer the questions, variants side by side; the best is bold.
[[nodiscard]] std::string question_table(const Report&);

/// Every metric of the whole run, variants side by side.
[[nodiscard]] std::string metric_table(const Report&);

}  // namespace stampede::reports::markdown
