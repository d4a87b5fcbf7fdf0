#include <algorithm>

#include "policies/jitter/jitter.hpp"

namespace stampede {

Duration EnvoyJitter::draw(const DelayRequest& request, Stream& stream) const {
    using std::chrono::milliseconds;
    const auto choices = std::chrono::duration_cast<milliseconds>(request.nominal).count();
    return std::min<Duration>(request.cap,
                              milliseconds{static_cast<std::int64_t>(stream.uniform() * static_cast<double>(choices))});
}

}  // namespace stampede
