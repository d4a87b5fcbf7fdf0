#include "policies/latency/sketch.hpp"

#include <algorithm>
#include <bit>

namespace stampede {

std::uint32_t LatencySketch::place_of(Duration latency) noexcept {
    const auto ns = static_cast<std::uint64_t>(std::max<std::int64_t>(latency.count(), 1 << lowest));
    const auto octave = static_cast<std::uint32_t>(std::bit_width(ns) - 1 - lowest);
    if (octave >= octaves) return places - 1;
    const auto part = static_cast<std::uint32_t>(ns >> (octave + lowest - 4)) % parts;
    return octave * parts + part;
}

/// The least latency of a place, in nanoseconds.
double LatencySketch::floor_of(std::uint32_t place) noexcept {
    return static_cast<double>(std::uint64_t{parts + place % parts} << (place / parts + lowest - 4));
}

void LatencySketch::fade(Instant now) noexcept {
    if (now - halved_ < half_life_) return;
    const std::int64_t halvings = (now - halved_) / half_life_;
    halved_ += halvings * half_life_;
    const float kept = halvings > 60 ? 0 : 1.0F / static_cast<float>(std::uint64_t{1} << halvings);
    weight_ = 0;
    for (std::uint32_t place = 0; counts_ && place < places; ++place) weight_ += (counts_[place] *= kept);
}

void LatencySketch::add(Instant now, Duration latency) {
    if (!counts_) counts_ = std::make_unique<float[]>(places);
    fade(now);
    counts_[place_of(latency)] += 1;
    weight_ += 1;
}

Duration LatencySketch::quantile(double share) const noexcept {
    if (weight_ <= 0) return Duration::zero();
    double below = share * weight_;
    std::uint32_t last = 0;
    for (std::uint32_t place = 0; place < places; ++place) {
        if (counts_[place] <= 0) continue;
        last = place;
        if (below <= counts_[place]) break;
        below -= counts_[place];
    }
    const double into = std::min(1.0, below / counts_[last]);
    return from_seconds((floor_of(last) + into * (floor_of(last + 1) - floor_of(last))) / 1e9);
}

void LatencySketch::clear() noexcept {
    if (counts_) std::fill_n(counts_.get(), places, 0.0F);
    weight_ = 0;
}

}  // namespace stampede
