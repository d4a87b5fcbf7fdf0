#include <algorithm>

#include "policies/backoff/backoff.hpp"

namespace stampede {

void FibonacciBackoff::check(Problems& problems) const {
    if (max < initial) problems.add("max", "max must not be below initial");
}

Duration FibonacciBackoff::nominal(std::uint32_t retry, Duration limit) const {
    if (initial <= Duration::zero()) return Duration::zero();
    Duration before{};
    Duration delay = std::min(initial, limit);
    for (std::uint32_t n = 1; n < retry && delay < limit; ++n) {
        const Duration next = delay > limit - before ? limit : before + delay;
        before = delay;
        delay = next;
    }
    return delay;
}

}  // namespace stampede
