#pragma once
/// Reading single values. Each answers nothing, and says why, where the value is not of its kind or out of range.

#include <optional>
#include <string_view>
#include <vector>

#include "policies/core/outcome.hpp"
#include "policies/core/settings.hpp"
#include "policies/core/time.hpp"
#include "scenarios/format/mistakes.hpp"
#include "scenarios/format/node.hpp"
#include "scenarios/format/sizes.hpp"

namespace stampede::scenarios {

[[nodiscard]] std::optional<Duration> read_duration(const Node&, const Limits&, Mistakes&);
[[nodiscard]] std::optional<Rate> read_rate(const Node&, const Limits&, Mistakes&);
[[nodiscard]] std::optional<Size> read_size(const Node&, const Limits&, Mistakes&);
[[nodiscard]] std::optional<Bandwidth> read_bandwidth(const Node&, const Limits&, Mistakes&);
[[nodiscard]] std::optional<double> read_number(const Node&, const Limits&, Mistakes&);
/// A whole number, however it is written (5, 5.0, 5e0).
[[nodiscard]] std::optional<double> read_integer(const Node&, const Limits&, Mistakes&);
[[nodiscard]] std::optional<bool> read_boolean(const Node&, Mistakes&);
[[nodiscard]] std::optional<std::string> read_text(const Node&, Mistakes&);
[[nodiscard]] std::optional<OutcomeSet> read_outcomes(const Node&, Mistakes&);

/// The place of a word among those known; `kind` is what it names ("layer").
[[nodiscard]] std::optional<std::size_t> read_word(const Node&, const std::vector<std::string_view>& known, Mistakes&);

enum class Written : std::uint8_t { plain, duration, rate, size, bandwidth };

/// "from 0s to 24h", "above 0", "1": for messages and documentation; empty where there are no limits.
[[nodiscard]] std::string range_text(const Limits& limits, Written written);

}  // namespace stampede::scenarios
