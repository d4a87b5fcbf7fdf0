#include <algorithm>

#include "policies/jitter/jitter.hpp"

namespace stampede {

Duration DecorrelatedJitter::draw(const DelayRequest& request, Stream& stream) const {
    const Duration high = 3 * std::min(request.previous, longest / 3);
    if (from_previous) return std::min(request.cap, uniform(stream, request.previous, std::min(request.cap, high)));
    // A cap below the base makes 3·previous fall below the base as well; the cap decides then.
    return std::min(request.cap, uniform(stream, request.base, std::max(request.base, high)));
}

}  // namespace stampede
