#pragma once
/// What must hold for the trace reader on any bytes whatever; shared by the fuzzer and by ordinary tests.

#include <string>

#include "replay/trace.hpp"
#include "tests/fuzz/reader_properties.hpp"

namespace stampede::replay {

/// Reads `text`; answers what is broken, or nothing.
inline std::string broken_by_trace(const std::string& text) {
    scenarios::Diagnostics diagnostics;
    const auto trace = read_trace(text, "fuzz.trace", diagnostics);
    if (trace.has_value() != diagnostics.empty()) return "the answer and the diagnostics differ";
    if (!trace) return scenarios::broken_by_diagnostics(text, diagnostics);
    Instant last{};
    for (const TracedCall& call : *trace) {
        if (call.at < last) return "a call comes before the one before it";
        if (call.duration < Duration::zero()) return "a call takes less than no time";
        if (call.id.empty()) return "a call without an id";
        last = call.at;
    }
    return {};
}

}  // namespace stampede::replay
