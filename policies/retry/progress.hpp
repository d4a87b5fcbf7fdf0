#pragma once
/// How far a call has come in a retry layer, in the 32 bits of its frame.

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

    [[nodiscard]] static constexpr RetryProgress of(std::uint32_t word) noexcept {
        RetryProgress p;
        p.attempts = word & 0x3ffU;
        p.step = word >> 10U & 0x3ffU;
        p.grant = word >> 20U & 3U;
        p.last = word >> 22U & 15U;
        p.held = word >> 26U & 1U;
        p.asleep = word >> 27U & 1U;
        return p;
    }
    [[nodiscard]] constexpr std::uint32_t word() const noexcept {
        return attempts | step << 10U | grant << 20U | last << 22U | held << 26U | asleep << 27U;
    }
};

static_assert(outcome_count <= 16, "an outcome has four bits");
static_assert(sizeof(RetryProgress) == sizeof(std::uint32_t));

}  // namespace stampede
