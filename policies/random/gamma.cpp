#include "policies/random/gamma.hpp"

#include <array>
#include <cmath>

#include "policies/random/distributions.hpp"

namespace stampede {
namespace {

double power(double base, double exponent) noexcept { return portable_exp(exponent * portable_log(base)); }

/// Shape of at least 1; mean equal to the shape.
double gamma_above_one(Stream& stream, double shape) noexcept {
    const double d = shape - 1.0 / 3;
    const double c = 1 / std::sqrt(9 * d);
    while (true) {
        const double x = normal_quantile(stream.uniform());
        const double cube_root = 1 + c * x;
        if (cube_root <= 0) continue;
        const double v = cube_root * cube_root * cube_root;
        if (portable_log(stream.uniform()) < 0.5 * x * x + d - d * v + d * portable_log(v)) return d * v;
    }
}

}  // namespace

double gamma_function(double x) noexcept {
    constexpr double g = 7;
    constexpr std::array<double, 9> c{0.99999999999980993,  676.5203681218851,     -1259.1392167224028,
                                      771.32342877765313,   -176.61502916214059,   12.507343278686905,
                                      -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7};
    constexpr double root_two_pi = 2.5066282746310005;
    double sum = c[0];
    for (std::size_t i = 1; i < c.size(); ++i) sum += c[i] / (x - 1 + static_cast<double>(i));
    const double t = x + g - 0.5;
    return root_two_pi * power(t, x - 0.5) * portable_exp(-t) * sum;
}

double gamma(Stream& stream, double shape) noexcept {
    Stream own{stream.bits()};
    if (shape >= 1) return gamma_above_one(own, shape) / shape;
    // X of shape a + 1 times U^(1/a) has shape a.
    const double larger = gamma_above_one(own, shape + 1);
    return larger * power(own.uniform(), 1 / shape) / shape;
}

}  // namespace stampede
