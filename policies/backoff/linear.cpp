#include "policies/backoff/backoff.hpp"

namespace stampede {

void LinearBackoff::check(Problems& problems) const {
    if (max < initial) problems.add("max", "max must not be below initial");
}

Duration LinearBackoff::nominal(std::uint32_t retry, Duration limit) const {
    if (initial >= limit) return limit;
    if (step <= Duration::zero()) return initial;
    // Compared as steps, because the sum may not fit into a Duration.
    const std::int64_t steps = retry - 1;
    return steps > (limit - initial) / step ? limit : initial + steps * step;
}

}  // namespace stampede
