#pragma once

#include <span>
#include <vector>

namespace stampede::reports {

/// p-values of a family of tests, corrected so that the chance of any false claim among them stays below the level: the
/// step-down rule of S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
/// Statistics 6 (1979); as R's p.adjust(p, "holm"). In the order of the input. A not-a-number is no test: it stays and
/// does not count.
[[nodiscard]] std::vector<double> holm(std::span<const double> p);

}  // namespace stampede::reports
