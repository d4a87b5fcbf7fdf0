#pragma once
/// A scenario file as text that was understood as JSON, with the place of everything in it.

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/format/diagnostics.hpp"
#include "scenarios/format/files.hpp"
#include "scenarios/format/override.hpp"
#include "scenarios/format/scenario.hpp"

namespace stampede::scenarios {

class Document {
public:
    /// Never throws on any bytes; answers nothing, and says why in `diagnostics`, where the text is not JSON.
    /// Files that the scenario names are looked for beside `file_name`, unless `files` says otherwise.
    [[nodiscard]] static std::optional<Document> parse(std::string text, std::string file_name,
                                                       Diagnostics& diagnostics,
                                                       std::shared_ptr<Files> files = nullptr);

    /// A copy with the overrides made, in their order. A path that leads nowhere is a mistake with a suggestion.
    /// Paths may leave out the name of a choice's only alternative (`retry.backoff.max`); a setting that the file
    /// leaves out starts from its default. The new value itself is checked by `read`.
    [[nodiscard]] std::optional<Document> with(const std::vector<Override>& overrides, Diagnostics& diagnostics) const;

    /// Everything is checked: keys, types, units, ranges, references; all mistakes are reported, not the first.
    [[nodiscard]] std::optional<Scenario> read(Diagnostics& diagnostics) const;

    /// The `policies` section alone, checked as `read` checks it. What else a scenario may hold is not looked at and
    /// may be missing; what no scenario may hold is a mistake.
    [[nodiscard]] std::optional<Table<StackSettings>> policies(Diagnostics& diagnostics) const;

    /// The file's `variants` section, in its order; empty where there is none.
    [[nodiscard]] std::optional<std::vector<Variant>> variants(Diagnostics& diagnostics) const;

    /// What `validate` asks: the scenario and every one of its variants can be read.
    [[nodiscard]] bool check(Diagnostics& diagnostics) const;

    /// The document without `variants`, as plain JSON: what the report quotes as the scenario that was run. What
    /// files hold stands in it, so that the report can be made again without them.
    [[nodiscard]] nlohmann::ordered_json json() const;

    /// The line, from 1, on which the file demands this of a metric. Nothing for what an override brought.
    [[nodiscard]] std::optional<std::size_t> threshold_line(std::string_view metric, std::string_view condition) const;

private:
    struct State;
    explicit Document(std::shared_ptr<const State> state) : state_(std::move(state)) {}
    std::shared_ptr<const State> state_;
};

/// The JSON Schema (draft 2020-12) of scenario files, from the same tables as the reader.
[[nodiscard]] nlohmann::ordered_json schema();

}  // namespace stampede::scenarios
