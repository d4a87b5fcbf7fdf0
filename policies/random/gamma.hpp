#pragma once
/// The gamma function and gamma-distributed numbers, portable as in distributions.hpp.

#include "policies/random/stream.hpp"

namespace stampede {

/// Γ(x) for x in [0.5, 100]; relative error below 1e-13 (C. Lanczos, SIAM J. Numer. Anal. 1, 1964, with the nine
/// coefficients for g = 7 computed by P. Godfrey, 2001).
[[nodiscard]] double gamma_function(double x) noexcept;

/// Gamma distribution of that shape and mean 1, exact (Marsaglia and Tsang, ACM Trans. Math. Softw. 26, 2000). Takes
/// one draw from the stream: rejected candidates come from a stream of their own that begins there.
[[nodiscard]] double gamma(Stream& stream, double shape) noexcept;

}  // namespace stampede
