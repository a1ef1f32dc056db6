#pragma once
#include "shatterproof/numeric/ball.hpp"

namespace shatterproof {

/// Enclosures for the bump b(x) = exp(-1/(1-x^2)) on (-1, 1) of Construction H.7, by rigorous integration.
/// All at the working precision in force. Source: spec lower-bounds 8.
struct BumpConstants {
  Ball integral;          ///< int b
  Ball integral_squared;  ///< I2 = int b^2
  Ball inflection;        ///< 3^(-1/4), where b'' changes sign
  Ball max_slope;         ///< max |b'|, at the inflection
  Ball moment0;           ///< A2 = int |b''| = 4 max |b'|
  Ball moment2;           ///< int y^2 |b''|
};
[[nodiscard]] BumpConstants enclose_bump_constants();

/// A certified upper bound of max |b''| (about 7.75), by subdivision.
[[nodiscard]] Ball enclose_largest_curvature();

/// b(x) for a rational x; 0 for |x| >= 1.
[[nodiscard]] Ball bump(const Rational& x);

/// S(eps) = sum over k = 1..K of the weighted total variation of the k-th bump's slope at c = 1, K = floor(1/eps):
/// |f_xi|_Vg = c S(eps) for every sign vector. Weight (1-|x|)^3. Requires 0 < eps <= 1 and K <= 10^6
/// (PreconditionError).
[[nodiscard]] Ball bump_seminorm_total(const BumpConstants& constants, const Rational& eps);

}  // namespace shatterproof
