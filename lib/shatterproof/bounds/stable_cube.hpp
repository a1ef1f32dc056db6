#pragma once
#include "shatterproof/bounds/risk_bound.hpp"
#include "shatterproof/numeric/ball.hpp"

namespace shatterproof {

/// The hypercube f_xi = L sum_j xi_j Phi_j on m disjoint caps of depth eps^2, every f_xi realised with balanced layers
/// and labelled by itself: lambda_max <= 1 + 2 sqrt(2) L Zmax/n, Zmax the most samples in one cap (spec lower-bounds 9,
/// repair (c) of Corollary I.3). On {Zmax <= z} all f_xi are stable at step size eta.
struct StableCube {
  long dimension = 2;
  Integer samples = 1;
  Rational eps;            ///< in (0, 1]
  Integer caps;            ///< m
  Rational amplitude = 1;  ///< L > 0
  Rational eta = 1;        ///< step size, in (0, 2]

  [[nodiscard]] Ball mass() const;        ///< p of one cap
  [[nodiscard]] Integer allowed() const;  ///< a z with 1 + 2 sqrt(2) L z/n <= 2/eta: the largest that is certain
  /// An upper bound of P(Zmax > z): m (e n p/(z+1))^(z+1).
  [[nodiscard]] Ball failure() const;
};

/// Uses every cap that certified_caps vouches for. Throws PreconditionError for d < 1, n < 1, eps outside (0, 1],
/// L <= 0, eta outside (0, 2].
[[nodiscard]] StableCube make_stable_cube(long dimension, const Integer& samples, const Rational& eps,
                                          const Rational& amplitude, const Rational& eta);

/// For every estimator, max over xi of E[ ||fhat - f_xi||_P^2 ; all f_xi stable ] >= L^2 a m ((1-p)^n - P(Zmax > z)).
/// P-measure; without noise. Vacuous when the difference is not certainly positive (so at eta = 2, where z = 0).
[[nodiscard]] RiskBound stable_cube_bound(const StableCube& cube);

}  // namespace shatterproof
