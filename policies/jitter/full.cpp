#include "policies/jitter/jitter.hpp"

namespace stampede {

Duration FullJitter::draw(const DelayRequest& request, Stream& stream) const {
    return uniform(stream, Duration::zero(), request.nominal);
}

}  // namespace stampede
