#include "reports/statistics/holm.hpp"

#include <algorithm>
#include <cmath>

namespace stampede::reports {

std::vector<double> holm(std::span<const double> p) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < p.size(); ++i)
        if (!std::isnan(p[i])) order.push_back(i);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
    std::vector<double> corrected(p.begin(), p.end());
    double largest = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        largest = std::max(largest, p[order[i]] * static_cast<double>(order.size() - i));
        corrected[order[i]] = std::min(1.0, largest);
    }
    return corrected;
}

}  // namespace stampede::reports
