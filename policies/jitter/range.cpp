#include <algorithm>

#include "policies/jitter/jitter.hpp"

namespace stampede {

Duration RangeJitter::draw(const DelayRequest& request, Stream& stream) const {
    const double cap = to_seconds(request.cap);
    const double start = std::min(to_seconds(request.nominal), cap / growth);
    return std::min(request.cap, uniform(stream, from_seconds(start), from_seconds(std::min(cap, start * growth))));
}

}  // namespace stampede
