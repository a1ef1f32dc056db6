#pragma once
#include "shatterproof/network/problem.hpp"
#include "shatterproof/numeric/ball.hpp"

namespace shatterproof {

/// The explicit bound of Theorem E.5': with probability at least 1 - delta over n samples of any law on the closed unit
/// ball of R^d, sup |g_n - g_P| <= sqrt(2) delta_s + 2 delta_zeta. Source: spec flatness-and-weights 7.
struct WeightDeviationBound {
  Ball log_patterns;  ///< log N', N' = sum_{k<=d} C(n-1, k), half-space dichotomies up to complement
  Ball delta_s;       ///< bound on |s_n - s|
  Ball delta_zeta;    ///< bound on ||(p_n; q_n) - (p; q)||
  Ball bound;
};

/// Requires d >= 1, n >= 2, 0 < delta < 1 (PreconditionError).
[[nodiscard]] WeightDeviationBound weight_deviation_bound(long dimension, long samples, const Rational& delta);

/// 2 (sqrt 2 + sqrt 10) D: for d = 1 a bound on sup |g_n - g_P| for every sample with sup |P_n(X > t) - P(X > t)| <= D.
[[nodiscard]] Ball pathwise_bound(const Ball& distance);

/// The bound for d = 1 from the inequality of Dvoretzky, Kiefer, Wolfowitz and Massart: D = sqrt(log(2/delta)/(2n)).
[[nodiscard]] Ball weight_deviation_bound_line(long samples, const Rational& delta);

/// sup_t |P_n(X > t) - P(X > t)| for the uniform law on [-1, 1], exactly. X: n x 1 in [-1, 1].
[[nodiscard]] Rational distribution_distance(const Matrix<Rational>& X);

/// sqrt(2)/4: no two weights of laws on the unit ball differ by more, since g <= sqrt(2) p(1-p) sqrt(1-t^2).
[[nodiscard]] Ball trivial_weight_deviation();

}  // namespace shatterproof
