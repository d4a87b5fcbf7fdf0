#include "policies/retry/pushback.hpp"

#include <algorithm>

#include "policies/random/distributions.hpp"
#include "policies/retry/retry.hpp"

namespace stampede {
namespace {

/// The rule's answer, from what the service asked for. `by_backoff()` draws the delay that the backoff would give.
template <class ByBackoff>
struct Obeyed {
    const Jitter& jitter;
    Duration told;
    Stream& random;
    ByBackoff by_backoff;

    Duration operator()(const IgnorePushback&) const { return by_backoff(); }
    Duration operator()(const ExactPushback&) const { return told; }
    Duration operator()(const SpreadPushback& rule) const {
        if (told > rule.max) return by_backoff();
        return from_seconds(to_seconds(told) * uniform(random, 1.0, 1.0 + rule.share));
    }
    Duration operator()(const JitteredPushback&) const {
        return draw(jitter, {.nominal = told, .base = told, .previous = told, .cap = longest}, random);
    }
    Duration operator()(const ClampedPushback& rule) const { return std::clamp(by_backoff(), told, told + rule.slack); }
};

}  // namespace

Duration Retry::pushed_back(Context& context, Frame& frame, std::uint32_t step, Pushback told) const {
    const auto by_backoff = [&] { return drawn(context, frame, step); };
    return std::visit(Obeyed<decltype(by_backoff)>{settings_.jitter, told, context.random, by_backoff},
                      settings_.retry_after);
}

bool Retry::restarts() const noexcept {
    const auto* exact = std::get_if<ExactPushback>(&settings_.retry_after);
    return exact != nullptr && exact->restarts;
}

}  // namespace stampede
