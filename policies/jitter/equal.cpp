#include "policies/jitter/jitter.hpp"

namespace stampede {

Duration EqualJitter::draw(const DelayRequest& request, Stream& stream) const {
    return uniform(stream, request.nominal / 2, request.nominal);
}

}  // namespace stampede
