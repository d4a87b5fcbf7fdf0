#pragma once
/// Quantiles of latencies.

#include <cstdint>
#include <memory>

#include "policies/core/time.hpp"

namespace stampede {

/// Quantiles of latencies as they come in: counts in 16 buckets of equal width for each power of two from 1 µs to
/// 73 minutes, the layout of HdrHistogram (G. Tene), so that an answer is within 1/16 of the truth. Every half-life the
/// counts are halved, so that old latencies are forgotten (the forward decay of Cormode, Shkapenyuk, Srivastava and Xu,
/// ICDE 2009, in steps). Takes 2 KiB, when the first latency is added.
class LatencySketch {
public:
    /// Without a half-life nothing is forgotten.
    explicit LatencySketch(Duration half_life = longest) noexcept : half_life_(half_life) {}

    void add(Instant now, Duration latency);
    /// Weight of what has been added: its number, but for what has been halved.
    [[nodiscard]] double weight() const noexcept { return weight_; }
    /// Below which the given share of the weight lies; zero where there is none.
    [[nodiscard]] Duration quantile(double share) const noexcept;
    void clear() noexcept;

private:
    static constexpr std::uint32_t parts = 16;    ///< of a power of two
    static constexpr int lowest = 10;             ///< latencies below 2^10 ns count as that
    static constexpr std::uint32_t octaves = 32;  ///< latencies above 2^42 ns count as that
    static constexpr std::uint32_t places = parts * octaves;

    [[nodiscard]] static std::uint32_t place_of(Duration latency) noexcept;
    [[nodiscard]] static double floor_of(std::uint32_t place) noexcept;
    void fade(Instant now) noexcept;

    Duration half_life_;
    Instant halved_{};
    double weight_ = 0;
    std::unique_ptr<float[]> counts_;
};

}  // namespace stampede
