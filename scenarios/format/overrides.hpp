#pragma once

#include "scenarios/format/mistakes.hpp"
#include "scenarios/format/node.hpp"

namespace stampede::scenarios {

/// A path and where it is written, for mistakes in it.
struct Path {
    std::string_view text;
    const Source* source;
    Span span;
};

/// Replaces what stands at the path, or puts it in where the tables know it. Leaves a mistake where the path leads
/// nowhere.
void set_value(Node& root, const Path& path, Node value, Mistakes& mistakes);

}  // namespace stampede::scenarios
