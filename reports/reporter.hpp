#pragma once
/// The formats that a report can be written in. A new one is one new source and one line in reporters.cpp.

#include <span>
#include <string>
#include <string_view>

#include "reports/report.hpp"

namespace stampede::reports {

struct Reporter {
    std::string_view extension;  ///< ".json"; a file's name says what is written to it
    std::string_view doc;        ///< one line for --help
    std::string (*render)(const Report&);
};

[[nodiscard]] std::span<const Reporter> reporters();

/// By the longest extension that the name ends with; nothing for a name that says no format.
[[nodiscard]] const Reporter* reporter_for(std::string_view file_name);

}  // namespace stampede::reports
