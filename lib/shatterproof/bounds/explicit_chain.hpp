#pragma once
#include "shatterproof/bounds/risk_bound.hpp"
#include "shatterproof/numeric/ball.hpp"

namespace shatterproof {

/// What the explicit upper bound of spec upper-bounds 12 needs. X uniform on the unit ball (R = 1); every bound holds
/// with probability at least 1 - delta over the sample, simultaneously for all flat networks.
struct ExplicitChain {
  enum class Kind {
    gap,  ///< |R(f) - Rhat(f)| for all f in Theta_flat(eta; D) with sup|f|, |y| <= M (Theorem 3.5); trivial value 4 M^2
    mse   ///< (1/n) sum (f - f0)^2(x_i) for optimised f, sup|f|, sup|f0| <= B (Theorem 3.6); trivial value 4 B^2
  };
  Kind kind = Kind::gap;
  long dimension = 1;
  Integer samples = 1;
  Rational eta = Rational(1, 2);
  Rational sup = 1;  ///< M for the gap, B for the mse
  Rational delta = Rational(1, 20);
  bool sharp = true;             ///< c_R = sqrt(2)/2 in place of the paper's 2
  Rational sigma = 1;            ///< noise level (mse)
  Rational target_seminorm = 0;  ///< |f0|_Vg (mse)

  [[nodiscard]] Ball budget() const;   ///< A of step 1
  [[nodiscard]] Ball trivial() const;  ///< 4 sup^2
};

/// Throws PreconditionError for d < 1, n < 1, eta <= 0, sup <= 0, delta outside (0, 1), sigma < 0, |f0| < 0; and for
/// eta > 2, where Theta_flat is empty (lambda_max >= 1 for every network with a trained output bias), so there is
/// nothing to bound.
void require_valid(const ExplicitChain& chain);

/// The chain evaluated at one eps in (0, 1): an upper bound in ball arithmetic, with monotone bounds between the nodes
/// of a grid in t; empty (indeterminate) when g_lb cannot be shown positive up to 1 - eps. `slope_radius` is r of step
/// 3, 0 < r <= 1-eps.
[[nodiscard]] Ball enclose_explicit_bound(const ExplicitChain& chain, const Rational& eps, const Rational& slope_radius,
                                          int nodes = 1500);

/// Floating point: the value at eps with the best r on a grid, infinity when there is none. For searching only.
struct ApproxExplicit {
  double value, eps, slope_radius;
};
[[nodiscard]] ApproxExplicit approx_explicit_bound(const ExplicitChain& chain, double eps);
[[nodiscard]] ApproxExplicit approx_best_explicit(const ExplicitChain& chain);  ///< the least over a grid of eps

/// Minimises over eps in floating point, then evaluates in ball arithmetic at the minimiser (eps is chosen without the
/// data). The value is a certified upper bound; vacuous when it is not certainly below the trivial bound.
struct ExplicitBound {
  RiskBound bound;
  Rational eps = 0;  ///< the eps used; 0 when there is none
};
[[nodiscard]] ExplicitBound best_explicit_bound(const ExplicitChain& chain);

/// S_d(n) = 2 sum_{i<=d} C(n-1, i): the number of half-space dichotomies of n points in R^d (Cover). Exact.
[[nodiscard]] Integer half_space_dichotomies(long dimension, const Integer& points);

}  // namespace shatterproof
