#pragma once
/// Random streams: small, fast, and fixed for ever, so that a seed means the same draws everywhere.

#include <cstdint>

namespace stampede {

/// Finaliser of MurmurHash3 as tuned by D. Stafford ("Better bit mixing", variant 13); a bijection of 64 bits.
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t z) noexcept {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

/// SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014): 8 bytes of state.
class Stream {
public:
    constexpr explicit Stream(std::uint64_t state = 0) noexcept : state_(state) {}

    /// The stream of one (seed, entity, purpose): streams of different triples are unrelated,
    /// so drawing more from one changes nothing in another (common random numbers).
    [[nodiscard]] static constexpr Stream of(std::uint64_t seed, std::uint64_t entity, std::uint64_t purpose) noexcept {
        return Stream{mix(mix(mix(seed + golden) + entity * golden + 1) + purpose * golden + 2)};
    }

    /// 64 uniform bits.
    constexpr std::uint64_t bits() noexcept { return mix(state_ += golden); }

    /// Uniform in the open interval (0, 1), symmetric about 1/2, never 0 and never 1. 52 bits and a half: with 53 the
    /// largest draw would round up to 1.
    constexpr double uniform() noexcept { return to_uniform(bits()); }

    /// What `uniform` makes of 64 random bits.
    [[nodiscard]] static constexpr double to_uniform(std::uint64_t bits) noexcept {
        return (static_cast<double>(bits >> 12) + 0.5) * 0x1p-52;
    }

    friend constexpr bool operator==(Stream, Stream) = default;

private:
    static constexpr std::uint64_t golden = 0x9e3779b97f4a7c15ULL;
    std::uint64_t state_;
};

}  // namespace stampede
