#pragma once
/// What must hold for the scenario reader on any bytes whatever; shared by the fuzzer and by ordinary tests.

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "scenarios/format/document.hpp"

namespace stampede::scenarios {

/// For texts that may name any file: none is there.
inline std::shared_ptr<Files> no_files() {
    struct None final : Files {
        None() : Files({}) {}
        void load(Entry& entry) const override {
            entry.problem = Cause::missing_file;
            entry.why = "there is no file";
        }
    };
    return std::make_shared<None>();
}

/// What is wrong with how mistakes in `text` were told; empty where nothing is.
inline std::string broken_by_diagnostics(const std::string& text, const Diagnostics& diagnostics) {
    const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
    for (const Diagnostic& d : diagnostics) {
        if (d.message.empty()) return "a diagnostic says nothing";
        if (d.line < 1 || d.column < 1 || d.length < 1) return "a place before the text";
        if (d.indent > d.text.size()) return "a caret beyond its line";
        if (d.source != "--set" && (d.line > lines || d.column > text.size() + 1)) return "a place beyond the text";
    }
    if (!diagnostics.empty() && render(diagnostics).empty()) return "diagnostics render to nothing";
    return {};
}

/// Reads `text`; answers what is broken, or nothing. A scenario that is read must survive being written and read again.
inline std::string broken_by_reading(const std::string& text) {
    Diagnostics diagnostics;
    const auto document = Document::parse(text, "fuzz.json", diagnostics, no_files());
    if (!document && diagnostics.size() != 1) return "not JSON, but not exactly one diagnostic";
    if (!document) return broken_by_diagnostics(text, diagnostics);
    if (!diagnostics.empty()) return "JSON, but a diagnostic";

    const bool fine = document->check(diagnostics);
    if (fine != diagnostics.empty()) return "the answer and the diagnostics differ";
    if (!fine) return broken_by_diagnostics(text, diagnostics);

    Diagnostics again;
    const auto rewritten = Document::parse(document->json().dump(), "again.json", again, no_files());
    if (!rewritten || !rewritten->read(again)) return "valid, but not when written again: " + render(again);
    return {};
}

/// Makes one override on `text`; answers what is broken, or nothing.
inline std::string broken_by_override(const std::string& text, const Override& change) {
    Diagnostics diagnostics;
    const auto document = Document::parse(text, "fuzz.json", diagnostics, no_files());
    if (!document) return {};
    const auto changed = document->with({change}, diagnostics);
    if (changed.has_value() != diagnostics.empty()) return "an override failed without a reason, or the reverse";
    if (changed && !changed->read(diagnostics) && diagnostics.empty()) return "not read, without a reason";
    return broken_by_diagnostics(text, diagnostics);
}

}  // namespace stampede::scenarios
