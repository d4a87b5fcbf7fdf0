#pragma once
/// What adaptive limits learn from.

#include <cstdint>

#include "policies/core/time.hpp"
#include "policies/random/stream.hpp"

namespace stampede {

/// A call that has ended, as an adaptive limit learns from it.
struct ConcurrencySample {
    Instant started;
    Instant now;
    std::uint32_t under_way;  ///< calls under way when it began, itself included
    bool dropped;             ///< it ended as overload does
    Stream& random;

    [[nodiscard]] Duration latency() const noexcept { return now - started; }
};

}  // namespace stampede
