#include "policies/jitter/jitter.hpp"

namespace stampede {

Duration GrpcJitter::draw(const DelayRequest& request, Stream& stream) const {
    return ProportionalJitter{.factor = 0.2}.draw(request, stream);
}

}  // namespace stampede
