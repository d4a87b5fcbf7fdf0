#include <algorithm>

#include "policies/jitter/jitter.hpp"
#include "policies/random/distributions.hpp"

namespace stampede {

Duration LognormalJitter::draw(const DelayRequest& request, Stream& stream) const {
    const Duration drawn = from_seconds(to_seconds(request.nominal) * lognormal(stream, 0, sigma));
    return std::min(request.cap, std::max(request.base, drawn));
}

}  // namespace stampede
