#include "policies/jitter/jitter.hpp"

namespace stampede {

Duration AbsoluteJitter::draw(const DelayRequest& request, Stream& stream) const {
    return from_seconds(to_seconds(request.nominal) + to_seconds(spread) * (2 * stream.uniform() - 1));
}

}  // namespace stampede
