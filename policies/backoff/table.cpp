#include <algorithm>

#include "policies/backoff/backoff.hpp"

namespace stampede {

void TableBackoff::check(Problems& problems) const {
    if (delays.empty()) problems.add("delays", "at least one delay is needed");
    const auto out_of_range = [](Duration d) { return d < Duration::zero() || d > std::chrono::hours{24}; };
    if (std::any_of(delays.begin(), delays.end(), out_of_range)) problems.add("delays", "a delay is from 0s to 24h");
}

Duration TableBackoff::nominal(std::uint32_t retry, Duration limit) const {
    return std::min(limit, delays[std::min<std::size_t>(retry, delays.size()) - 1]);
}

Duration TableBackoff::cap() const { return *std::max_element(delays.begin(), delays.end()); }

}  // namespace stampede
