#pragma once
#include "shatterproof/network/problem.hpp"

namespace shatterproof {

/// A continuous piecewise linear function on [-1, 1] that is 0 left of its first knot: values at increasing knots,
/// exact.
struct PiecewiseLinear {
  std::vector<Rational> knots, values;

  [[nodiscard]] Rational at(const Rational& x) const;  ///< 0 left of the first knot, constant slope 0 right of the last
  /// sum over the knots of |change of slope| (1-|t|)^3 = |f|_Vg in d = 1 (knots are distinct, all with direction +1).
  [[nodiscard]] Rational canonical_seminorm() const;
  [[nodiscard]] Rational norm2_lebesgue() const;  ///< int f^2 over [first knot, last knot]
  [[nodiscard]] std::vector<Rational> slope_changes()
      const;  ///< one a knot; the slope is 0 before the first and after the last
  /// sum_j (slope change j) relu(x - t_j) over knots t_j < 1 with a change that is not 0.
  [[nodiscard]] Network<Rational> network() const;
};

/// Interpolates f_xi = sum_k xi_k c b((x - centre_k)/(eps^2/2)) of Construction H.7 at `segments` + 1 equally spaced
/// knots a bump, with b rounded to double at the knots and c a rational.
[[nodiscard]] PiecewiseLinear bump_interpolant(const Rational& eps, const Rational& c, const std::vector<int>& signs,
                                               long segments);

}  // namespace shatterproof
