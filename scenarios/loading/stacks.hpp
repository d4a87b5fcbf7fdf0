#pragma once
/// Stacks of policies from files, for programs that run them.
///
///     const Stacks stacks = load_stacks("checkout.json");
///     LiveStack checkout{stacks.at("checkout")};
///     …
///     executor.swap(checkout, load_stacks("checkout.json").at("checkout"));   // the file has changed
///
/// A file is a whole scenario, of which only the `policies` are looked at, so that what was simulated is what runs; or
/// a document of policies alone:
///
///     { "policies": { "checkout": [ { "timeout": { "after": "2s" } }, "retry", "breaker" ] } }

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "policies/core/settings.hpp"
#include "policies/stack.hpp"
#include "scenarios/format/diagnostics.hpp"

namespace stampede {

/// `what` is the text to show: for every mistake file, line and column, the line, a caret and what was meant.
class LoadError : public std::runtime_error {
public:
    explicit LoadError(scenarios::Diagnostics diagnostics);
    explicit LoadError(const std::string& message) : std::runtime_error(message) {}

    /// Empty where the file could not be read, or has no stack of that name.
    [[nodiscard]] const scenarios::Diagnostics& diagnostics() const noexcept { return diagnostics_; }

private:
    scenarios::Diagnostics diagnostics_;
};

/// The stacks of one file. Every setting in them is in range.
class Stacks {
public:
    Stacks(std::string file, Table<StackSettings> table) : file_(std::move(file)), table_(std::move(table)) {}

    /// Throws LoadError, with a suggestion, where there is none of that name.
    [[nodiscard]] const StackSettings& at(std::string_view name) const;
    /// In the order of the file.
    [[nodiscard]] std::vector<std::string> names() const;

private:
    std::string file_;
    Table<StackSettings> table_;
};

/// Throws LoadError where the file cannot be read or is not right, with all its mistakes.
[[nodiscard]] Stacks load_stacks(const std::filesystem::path& file);

/// The same from text; `name` is what mistakes call it.
[[nodiscard]] Stacks parse_stacks(std::string text, std::string name);

/// One stack from text: a list of layers, outermost first, or a single layer as it stands in such a list. Throws
/// LoadError.
[[nodiscard]] StackSettings parse_stack(std::string text, std::string name);

}  // namespace stampede
