#include "cli/report_file.hpp"

#include <fmt/format.h>

#include "cli/exit.hpp"
#include "cli/files.hpp"
#include "cli/scenario_file.hpp"
#include "reports/json/read.hpp"

namespace stampede::cli {

reports::Report load_report(const std::string& file, ColourWish colour) {
    scenarios::Diagnostics diagnostics;
    auto report = reports::read_report(read_file(file, reports::max_report_bytes), file, diagnostics);
    if (report) return std::move(*report);
    show(diagnostics, colour);
    throw Stop(Exit::invalid_scenario, fmt::format("{} is no report that this program can read", file));
}

}  // namespace stampede::cli
