#pragma once
/// Whole stacks as libraries put them together, each layer in that library's dialect.
///
///     "policies": { "checkout": { "preset": "resilience4j", "retry.max_attempts": 5 } }
///
/// stands for the list of layers, with the other keys as paths into it. Expanded before anything else looks at the
/// file, so that paths, diagnostics and reports see ordinary layers.

#include <span>
#include <string_view>

#include "scenarios/format/mistakes.hpp"
#include "scenarios/format/node.hpp"

namespace stampede::scenarios {

struct Preset {
    std::string_view name;
    std::string_view doc;
    std::string_view layers;  ///< as they would be written in a file, outermost first
};

/// The key that names one.
inline constexpr std::string_view preset_key = "preset";

[[nodiscard]] std::span<const Preset> presets();

/// Puts its layers in the place of every stack of the document that names a preset.
void expand_presets(Node& root, Mistakes& mistakes);

}  // namespace stampede::scenarios
