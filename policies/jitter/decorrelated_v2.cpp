#include <algorithm>
#include <bit>
#include <cmath>

#include "policies/jitter/jitter.hpp"
#include "policies/random/distributions.hpp"

namespace stampede {
namespace {

double tanh_of(double x) { return 1 - 2 / (portable_exp(2 * x) + 1); }

}  // namespace

Duration DecorrelatedV2Jitter::draw(const DelayRequest& request, JitterMemory& memory, Stream& stream) const {
    constexpr double scale = 1.4;  // makes the median of the first delay about the base
    const double t = request.step - 1 + stream.uniform();
    const double p = portable_exp(t * portable_log(growth)) * tanh_of(std::sqrt(4 * t));
    const double before = request.step == 1 ? 0 : std::bit_cast<double>(memory);
    memory = std::bit_cast<JitterMemory>(p);
    return std::min(request.cap, from_seconds((p - before) / scale * to_seconds(request.base)));
}

}  // namespace stampede
