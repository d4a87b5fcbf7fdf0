#include "policies/jitter/jitter.hpp"

namespace stampede {

Duration ProportionalJitter::draw(const DelayRequest& request, Stream& stream) const {
    const double deviation = factor * (2 * stream.uniform() - 1);
    return from_seconds(to_seconds(request.nominal) * (1 + deviation));
}

}  // namespace stampede
