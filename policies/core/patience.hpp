#pragma once
/// How long a call can wait.

#include <algorithm>

#include "policies/core/layer.hpp"

namespace stampede {

/// How long a call can wait, if it would wait so long: not beyond its deadline.
[[nodiscard]] inline Duration patience(const Context& context, Duration longest_wait) noexcept {
    if (context.facts.deadline == Instant::max()) return longest_wait;
    return std::clamp(context.facts.deadline - context.now, Duration::zero(), longest_wait);
}

}  // namespace stampede
