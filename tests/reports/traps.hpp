#pragma once
/// Reports that formats stumble over.

#include <string>

#include "reports/report.hpp"

namespace stampede::reports::made_up {

/// Everything that a report can hold, short enough for a golden file that is read: several subjects, `never`, what was
/// not measured, a run that died, latencies, requests that overlap.
[[nodiscard]] Report everything();

/// `everything()` with this text wherever a report holds text that a user wrote.
[[nodiscard]] Report everything_named(const std::string& text);

/// What is special in one format or another, on two lines.
inline constexpr const char* nasty =
    "a,\"b\"|<c>&amp;'d'\n`e` *f* _g_ [h](i) \\j @octocat #1 ::error::%0A {k=\"l\"} $m$ ]]> ```\t\x01\x7f\xff ρ";

}  // namespace stampede::reports::made_up
