#include "reports/text/digits.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace stampede::reports {

double six_digits(double value) {
    if (!std::isfinite(value)) return value;
    const std::string digits = fmt::format("{:.6g}", value);
    double rounded = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), rounded);
    return rounded;
}

}  // namespace stampede::reports
