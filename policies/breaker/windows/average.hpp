#pragma once
/// A window that forgets little by little.

#include <limits>

#include "policies/breaker/windows/measured.hpp"

namespace stampede {

/// Exponential moving averages of failures and of slow outcomes: a += (x - a)·2/(n + 1), from the first outcome on. The
/// weights of the last n outcomes then sum up to 1 - (1 - 2/(n + 1))^n, about 86 %.
class AverageWindow {
public:
    explicit AverageWindow(std::uint32_t calls) noexcept : weight_(2 / (static_cast<double>(calls) + 1)) {}

    void add(Counted outcome) noexcept {
        const double weight = calls_ == 0 ? 1 : weight_;
        failures_ += weight * ((outcome.failure ? 1.0 : 0.0) - failures_);
        slow_ += weight * ((outcome.slow ? 1.0 : 0.0) - slow_);
        if (calls_ == most) return;
        ++calls_;
        failed_ += outcome.failure ? 1U : 0U;
    }

    [[nodiscard]] Measured measured() const noexcept { return {calls_, failed_, failures_, slow_}; }
    void clear() noexcept { *this = AverageWindow{weight_}; }

private:
    static constexpr std::uint32_t most = std::numeric_limits<std::uint32_t>::max();
    explicit AverageWindow(double weight) noexcept : weight_(weight) {}

    double weight_;
    double failures_ = 0;
    double slow_ = 0;
    std::uint32_t calls_ = 0;
    std::uint32_t failed_ = 0;
};

}  // namespace stampede
