#include "policies/random/distributions.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace stampede {
namespace {

using Coefficients = std::array<double, 8>;

double polynomial(const Coefficients& c, double x) noexcept {
    double sum = c[7];
    for (std::size_t i = 7; i-- > 0;) sum = sum * x + c[i];
    return sum;
}

/// Numerator and denominator of one of the three rational approximations of AS 241.
struct Rational {
    Coefficients numerator;
    Coefficients denominator;

    double operator()(double x) const noexcept { return polynomial(numerator, x) / polynomial(denominator, x); }
};

constexpr Rational central{
    {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
     4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3},
    {1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3, 2.1213794301586595867e4,
     3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3}};

constexpr Rational tail{
    {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
     1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4},
    {1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1, 1.48103976427480074590e-1,
     1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9}};

constexpr Rational far_tail{
    {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
     2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7},
    {1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2, 7.86869131145613259100e-4,
     1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15}};

}  // namespace

double normal_quantile(double p) noexcept {
    const double q = p - 0.5;
    if (std::abs(q) <= 0.425) return q * central(0.180625 - q * q);
    const double r = std::sqrt(-portable_log(q < 0 ? p : 1.0 - p));
    const double z = r <= 5.0 ? tail(r - 1.6) : far_tail(r - 5.0);
    return q < 0 ? -z : z;
}

// x = k·ln2 + r with |r| <= ln2/2, and e^r by a rational function of r². Constants and method: FreeBSD's e_exp.c.
// Copyright (C) 2004 by Sun Microsystems, Inc. All rights reserved. Permission to use, copy, modify, and distribute
// this software is freely granted, provided that this notice is preserved.
double portable_exp(double x) noexcept {
    constexpr double ln2_high = 6.93147180369123816490e-01;
    constexpr double ln2_low = 1.90821492927058770002e-10;
    constexpr double one_over_ln2 = 1.44269504088896338700e+00;
    x = std::clamp(x, -700.0, 700.0);
    const auto k = static_cast<std::int32_t>(one_over_ln2 * x + (x < 0 ? -0.5 : 0.5));
    const double high = x - k * ln2_high;
    const double low = k * ln2_low;
    const double r = high - low;
    const double rr = r * r;
    const double c = r - rr * (1.66666666666666019037e-01 +
                               rr * (-2.77777777770155933842e-03 +
                                     rr * (6.61375632143793436117e-05 +
                                           rr * (-1.65339022054652515390e-06 + rr * 4.13813679705723846039e-08))));
    const double power = 1.0 + (r * c / (2.0 - c) - low + high);
    const auto scale = std::bit_cast<double>(static_cast<std::uint64_t>(1023 + k) << 52);  // 2^k: |k| <= 1010
    return power * scale;
}

}  // namespace stampede
