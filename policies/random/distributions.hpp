#pragma once
/// Our own distributions. `std::*_distribution` differs between standard libraries and `std::log` between machines;
/// these use only IEEE additions, multiplications, divisions and square roots, so a seed means the same bytes anywhere.
/// Each takes exactly one draw from its stream (inversion), which keeps streams aligned between compared variants.

#include <bit>
#include <cstdint>

#include "policies/random/stream.hpp"

namespace stampede {

/// Natural logarithm of a positive, normal number; error below 1 ulp. Anything else gives a meaningless number.
///
/// The algorithm and constants of FreeBSD's e_log.c, with the reduction done on the bits without a branch:
/// x = 2^k·(1+f) with sqrt(1/2) <= 1+f < sqrt(2); log(1+f) = f - f²/2 + s·(f²/2 + R(s²)), s = f/(2+f).
/// In the header, because an arrival or a service time costs one of these.
///
/// Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems, Inc.
/// business. Permission to use, copy, modify, and distribute this software is freely granted, provided that this
/// notice is preserved.
[[nodiscard]] constexpr double portable_log(double x) noexcept {
    constexpr std::uint64_t root_half = 0x3fe6a09e00000000;  // the upper word of sqrt(1/2)
    constexpr std::uint64_t exponent_bits = 0xfff0000000000000;
    const auto bits = std::bit_cast<std::uint64_t>(x);
    const std::uint64_t above = bits - root_half;
    const auto k = static_cast<double>(static_cast<std::int32_t>(static_cast<std::int64_t>(above) >> 52));
    const double f = std::bit_cast<double>(bits - (above & exponent_bits)) - 1.0;

    const double s = f / (2.0 + f);
    const double z = s * s;
    const double w = z * z;
    const double even = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
    const double odd =
        z * (6.666666666666735130e-01 +
             w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
    const double half_square = 0.5 * f * f;
    constexpr double ln2_high = 6.93147180369123816490e-01;  // its low bits are zero: k·ln2_high is exact
    constexpr double ln2_low = 1.90821492927058770002e-10;
    return s * (half_square + (even + odd)) + k * ln2_low - half_square + f + k * ln2_high;
}

/// e to the x; error below 1 ulp (the algorithm of FreeBSD's e_exp.c). Below -700 and above 700 it stays what it is
/// there, about 1e-304 and 1e304.
[[nodiscard]] double portable_exp(double x) noexcept;

/// Quantile of the standard normal distribution at p in (0, 1); relative error about 1e-16
/// (M. J. Wichura, algorithm AS 241, PPND16, Applied Statistics 37, 1988).
[[nodiscard]] double normal_quantile(double p) noexcept;

/// Uniform in (low, high), but for rounding at the ends.
[[nodiscard]] inline double uniform(Stream& stream, double low, double high) noexcept {
    return low + (high - low) * stream.uniform();
}

/// Exponential with the given mean: -mean · ln U.
[[nodiscard]] inline double exponential(Stream& stream, double mean) noexcept {
    return -mean * portable_log(stream.uniform());
}

/// exp(mu + sigma·Z) with Z standard normal.
[[nodiscard]] inline double lognormal(Stream& stream, double mu, double sigma) noexcept {
    return portable_exp(mu + sigma * normal_quantile(stream.uniform()));
}

}  // namespace stampede
