#pragma once

#include <string>

#include "reports/report.hpp"

namespace stampede::reports {

/// One line a variant, subject, metric and seed: variant,subject,metric,unit,seed,value. RFC 4180, with a header and
/// lines that end with CRLF. An empty subject is the whole run; an empty value was not measured; `inf` is a time that
/// never came; yes is 1 and no is 0. Metrics that are listed by an index are not in it: they are not kept by seed.
[[nodiscard]] std::string render_csv(const Report& report);

/// The time series, one line a variant, subject, series and bin: variant,subject,series,unit,bin_start_s,mean,lo,hi.
/// `lo` and `hi` are the 95 % interval of the mean over the seeds, empty where there is none.
[[nodiscard]] std::string render_series_csv(const Report& report);

}  // namespace stampede::reports
