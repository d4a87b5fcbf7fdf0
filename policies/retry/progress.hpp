#pragma once
/// How far a call has come in a retry layer, in the 32 bits of its frame.

#include <bit>
#include <cstdint>

#include "policies/budget/rules.hpp"
#include "policies/core/outcome.hpp"

namespace stampede {

struct RetryProgress {
    std::uint32_t attempts : 10 = 0;  ///< so far
    std::uint32_t step : 10 = 0;      ///< of the backoff: delays since the call, or a pushback, began it
    std::uint32_t grant : 2 = 0;      ///< what the last retry was granted as
    std::uint32_t last : 4 = 0;       ///< the outcome that is retried
    std::uint32_t held : 1 = 0;       ///< the budget counts the last retry as not over
    std::uint32_t asleep : 1 = 0;     ///< the budget counts the call as waiting for its retry
    std::uint32_t spare : 4 = 0;

    [[nodiscard]] static RetryProgress of(std::uint32_t word) noexcept { return std::bit_cast<RetryProgress>(word); }
    [[nodiscard]] std::uint32_t word() const noexcept { return std::bit_cast<std::uint32_t>(*this); }
};

static_assert(outcome_count <= 16, "an outcome has four bits");
static_assert(sizeof(RetryProgress) == sizeof(std::uint32_t));

}  // namespace stampede
