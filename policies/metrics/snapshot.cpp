#include "policies/metrics/snapshot.hpp"

#include <cmath>
#include <numeric>

namespace stampede {
namespace {

template <class Counts>
std::uint64_t total(const Counts& counts) noexcept {
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

}  // namespace

std::uint64_t DurationHistogram::count() const noexcept { return total(counts); }

std::optional<Duration> DurationHistogram::mean() const noexcept {
    const std::uint64_t n = count();
    if (n == 0) return std::nullopt;
    return sum / static_cast<std::int64_t>(n);
}

std::optional<Duration> DurationHistogram::quantile(double share) const noexcept {
    const std::uint64_t n = count();
    if (n == 0) return std::nullopt;
    const double wanted = std::ceil(share * static_cast<double>(n));
    std::uint64_t so_far = 0;
    for (std::size_t i = 0; i < bounds.size(); ++i) {
        so_far += counts[i];
        if (so_far > 0 && static_cast<double>(so_far) >= wanted) return bounds[i];
    }
    return Duration::max();
}

std::uint64_t Snapshot::calls_finished() const noexcept { return total(calls); }

std::uint64_t Snapshot::attempts_settled() const noexcept {
    std::uint64_t settled = 0;
    for (const auto& by_outcome : attempts) settled += total(by_outcome);
    return settled;
}

}  // namespace stampede
