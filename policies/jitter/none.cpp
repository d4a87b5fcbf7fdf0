#include "policies/jitter/jitter.hpp"

namespace stampede {

Duration NoJitter::draw(const DelayRequest& request, Stream& /*stream*/) const { return request.nominal; }

}  // namespace stampede
