#include <algorithm>

#include "policies/jitter/jitter.hpp"

namespace stampede {

Duration FinagleJitter::draw(const DelayRequest& request, Stream& stream) const {
    if (request.step == 1) return std::min(request.base, request.cap);
    const std::uint32_t shift = std::min(request.step - 1, 62U);
    if (request.previous >= request.cap / (std::int64_t{1} << shift)) return request.cap;
    return uniform(stream, Duration::zero(), request.previous * (std::int64_t{1} << shift));
}

}  // namespace stampede
