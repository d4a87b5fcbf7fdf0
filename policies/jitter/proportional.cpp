#include <algorithm>
#include <cmath>

#include "policies/jitter/jitter.hpp"

namespace stampede {

Duration ProportionalJitter::draw(const DelayRequest& request, Stream& stream) const {
    if (unit > Duration::zero()) {
        const double units = to_seconds(request.nominal) / to_seconds(unit);
        const double low = units * (1 - factor);
        const double drawn = std::floor(low + stream.uniform() * (2 * factor * units + 1));
        return from_seconds(std::max(1.0, drawn) * to_seconds(unit));
    }
    const double deviation = factor * (2 * stream.uniform() - 1);
    return from_seconds(to_seconds(request.nominal) * (1 + deviation));
}

}  // namespace stampede
