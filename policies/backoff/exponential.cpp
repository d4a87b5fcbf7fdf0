#include <algorithm>

#include "policies/backoff/backoff.hpp"

namespace stampede {
namespace {

/// base^exponent by squaring: only multiplications, which are the same on every machine (std::pow is not).
double power(double base, std::uint32_t exponent) {
    double result = 1;
    for (; exponent != 0; exponent >>= 1, base *= base)
        if ((exponent & 1U) != 0) result *= base;
    return result;
}

}  // namespace

void ExponentialBackoff::check(Problems& problems) const {
    if (max < initial) problems.add("max", "max must not be below initial");
}

Duration ExponentialBackoff::nominal(std::uint32_t retry) const {
    if (initial <= Duration::zero()) return Duration::zero();  // also keeps 0·infinity away
    if (initial >= max) return max;
    const double nanoseconds = static_cast<double>(initial.count()) * power(multiplier, retry - 1);
    // Not "nanoseconds >= max": the product may have grown to infinity.
    if (!(nanoseconds < static_cast<double>(max.count()))) return max;
    return std::min(max, Duration{static_cast<std::int64_t>(nanoseconds + 0.5)});
}

}  // namespace stampede
