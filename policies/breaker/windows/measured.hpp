#pragma once
/// What windows take in and what they give out.

#include <cstdint>

namespace stampede {

/// What a breaker knows of one outcome that counts. A failure may be slow too.
struct Counted {
    bool failure = false;
    bool slow = false;
};

/// What a window holds. The rates are not numbers where it holds no call.
struct Measured {
    std::uint32_t calls = 0;
    std::uint32_t failures = 0;
    double failure_rate = 0;
    double slow_rate = 0;
};

struct WindowCounts {
    std::uint32_t calls = 0;
    std::uint32_t failures = 0;
    std::uint32_t slow = 0;

    void add(Counted outcome) noexcept {
        failures += outcome.failure ? 1U : 0U;
        slow += outcome.slow ? 1U : 0U;
    }
    WindowCounts& operator-=(const WindowCounts& other) noexcept {
        calls -= other.calls;
        failures -= other.failures;
        slow -= other.slow;
        return *this;
    }
    /// Quotients, not products: 7 of 100 is then exactly what 0.07 is read as.
    [[nodiscard]] Measured measured() const noexcept {
        const auto all = static_cast<double>(calls);
        return {calls, failures, static_cast<double>(failures) / all, static_cast<double>(slow) / all};
    }
};

}  // namespace stampede
