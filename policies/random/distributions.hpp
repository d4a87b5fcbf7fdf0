#pragma once
/// Our own distributions. `std::*_distribution` differs between standard libraries and `std::log` between machines;
/// these use only IEEE additions, multiplications, divisions and square roots, so a seed means the same bytes anywhere.
/// Each takes exactly one draw from its stream (inversion), which keeps streams aligned between compared variants.

#include "policies/random/stream.hpp"

namespace stampede {

/// Natural logarithm of a positive, normal number; relative error below 1 ulp (the algorithm of FreeBSD's e_log.c).
[[nodiscard]] double portable_log(double x) noexcept;

/// e to the x for |x| <= 700; error below 1 ulp (the algorithm of FreeBSD's e_exp.c).
[[nodiscard]] double portable_exp(double x) noexcept;

/// Quantile of the standard normal distribution at p in (0, 1); relative error about 1e-16
/// (M. J. Wichura, algorithm AS 241, PPND16, Applied Statistics 37, 1988).
[[nodiscard]] double normal_quantile(double p) noexcept;

/// Uniform in (low, high).
[[nodiscard]] inline double uniform(Stream& stream, double low, double high) noexcept {
    return low + (high - low) * stream.uniform();
}

/// Exponential with the given mean: -mean * ln U.
[[nodiscard]] inline double exponential(Stream& stream, double mean) noexcept {
    return -mean * portable_log(stream.uniform());
}

/// exp(mu + sigma Z) with Z standard normal.
[[nodiscard]] inline double lognormal(Stream& stream, double mu, double sigma) noexcept {
    return portable_exp(mu + sigma * normal_quantile(stream.uniform()));
}

}  // namespace stampede
