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

/// initial · multiplier^(retry-1), cut at every step. Where a step no longer grows it has come to rest.
double grown_in_steps(const ExponentialBackoff& backoff, std::uint32_t retry, double limit) {
    const auto unit = static_cast<double>(backoff.cut_to.count());
    auto units = static_cast<double>(backoff.initial / backoff.cut_to);
    for (std::uint32_t n = 1; n < retry && units * unit < limit; ++n) {
        const double next = static_cast<double>(static_cast<std::int64_t>(units * backoff.multiplier));
        if (next == units) break;
        units = next;
    }
    return units * unit;
}

}  // namespace

void ExponentialBackoff::check(Problems& problems) const {
    if (max < initial) problems.add("max", "max must not be below initial");
}

Duration ExponentialBackoff::nominal(std::uint32_t retry, Duration limit) const {
    if (initial <= Duration::zero()) return Duration::zero();  // also keeps 0·infinity away
    if (initial >= limit) return limit;
    const double nanoseconds = cut_to > Duration::zero()
                                   ? grown_in_steps(*this, retry, static_cast<double>(limit.count()))
                                   : static_cast<double>(initial.count()) * power(multiplier, retry - 1);
    // Not "nanoseconds >= limit": the product may have grown to infinity.
    if (!(nanoseconds < static_cast<double>(limit.count()))) return limit;
    return std::min(limit, Duration{static_cast<std::int64_t>(nanoseconds + 0.5)});
}

}  // namespace stampede
