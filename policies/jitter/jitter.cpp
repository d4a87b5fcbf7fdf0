#include "policies/jitter/jitter.hpp"

#include "policies/random/distributions.hpp"

namespace stampede {

Duration draw(const Jitter& jitter, const DelayRequest& request, JitterMemory& memory, Stream& stream) {
    return std::visit(
        [&](const auto& strategy) {
            if constexpr (requires { strategy.draw(request, memory, stream); }) {
                return strategy.draw(request, memory, stream);
            } else {
                const Duration delay = strategy.draw(request, stream);
                memory = delay.count();
                return delay;
            }
        },
        jitter);
}

Duration draw(const Jitter& jitter, const DelayRequest& request, Stream& stream) {
    JitterMemory memory = 0;
    return draw(jitter, request, memory, stream);
}

Duration uniform(Stream& stream, Duration low, Duration high) {
    const double nanoseconds = uniform(stream, static_cast<double>(low.count()), static_cast<double>(high.count()));
    if (!(nanoseconds < static_cast<double>(longest.count()))) return longest;
    return Duration{static_cast<std::int64_t>(nanoseconds + 0.5)};
}

}  // namespace stampede
