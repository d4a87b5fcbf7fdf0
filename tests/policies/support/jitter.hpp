#pragma once
/// What the tests of the jitters share: arbitrary requests, and the moments of many draws.

#include <rapidcheck.h>

#include <algorithm>
#include <cstdint>

#include "policies/jitter/jitter.hpp"

namespace stampede::test {

/// Any request that a retry could make: base <= nominal <= cap, base <= previous.
inline DelayRequest any_request() {
    const auto upto = [](Duration high) { return Duration{*rc::gen::inRange<std::int64_t>(0, high.count() + 1)}; };
    const Duration cap = upto(std::chrono::hours{24});
    const Duration nominal = upto(cap);
    const Duration base = upto(nominal);
    return {.nominal = nominal, .base = base, .previous = base + upto(cap - base), .cap = cap};
}

struct Spread {
    double least;
    double mean;
    double most;
};

/// Of 20,000 draws, in seconds.
inline Spread spread(const Jitter& jitter, const DelayRequest& request) {
    Stream stream = Stream::of(3, 1, 4);
    Spread result{1e300, 0, 0};
    constexpr int n = 20'000;
    for (int i = 0; i < n; ++i) {
        const double delay = to_seconds(draw(jitter, request, stream));
        result.least = std::min(result.least, delay);
        result.most = std::max(result.most, delay);
        result.mean += delay / n;
    }
    return result;
}

}  // namespace stampede::test
