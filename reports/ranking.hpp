#pragma once
/// Which variant is best in a metric, and which cannot be told from it.

#include <cstdint>
#include <optional>
#include <vector>

#include "reports/comparison.hpp"

namespace stampede::reports {

enum class Standing : std::uint8_t {
    unmarked,  ///< no value, or worse than the best
    best,
    tied,  ///< not shown to differ from the best
};

struct Ranking {
    std::size_t best;
    std::size_t worst;
    std::vector<Standing> standings;  ///< of every variant

    /// Whether any variant is shown to differ from the best.
    [[nodiscard]] bool has_loser() const;
};

/// By fewest seeds that say `never`, then by mean. Nothing for a neutral metric, for fewer than two variants with a
/// value or than two seeds (nothing can be claimed), and where all variants are exactly alike.
[[nodiscard]] std::optional<Ranking> rank(const std::vector<Summary>& variants, Metric metric);

}  // namespace stampede::reports
