#pragma once
#include "shatterproof/numeric/ball.hpp"
#include "shatterproof/sphere/packing.hpp"

namespace shatterproof {

/// The minimax problem of Theorem 3.7: n samples X_i uniform on the unit ball of R^d, Y_i = f(X_i) + sigma Z_i with Z_i
/// standard normal, f in F(B, C) = { ||f||_inf <= B, |f|_Vg <= C }, g = (1-|t|)^(d+2).
struct MinimaxProblem {
  long dimension = 2;
  Integer samples = 1;
  Rational sigma = 1;
  Rational sup_norm = 1;  ///< B
  Rational seminorm = 1;  ///< C
};
/// Throws PreconditionError unless d >= 1, n >= 0, sigma >= 0, B >= 0, C >= 0.
void require_valid(const MinimaxProblem& problem);

/// The hypercube family H.4: f_xi = M sum_i xi_i Phi_{u_i,h}, xi in {-1,1}^N, h = eps^2, with the uniform prior on xi.
/// Made only by make_cube_prior, so N caps are known to exist and every f_xi lies in F(B, C).
struct CubePrior {
  MinimaxProblem problem;
  Rational eps;
  Integer caps;        ///< N
  Rational amplitude;  ///< M = min(B, C / (N eps^(2d+2)))

  [[nodiscard]] Ball depth() const;           ///< h
  [[nodiscard]] Ball energy_per_cap() const;  ///< M^2 a(h), P-measure
  [[nodiscard]] Ball prior_energy() const;    ///< N M^2 a(h): the risk of the estimator 0 under the prior
  [[nodiscard]] Ball cap_mass() const;        ///< p(h)
  /// s = n M^2 a / sigma^2. Requires sigma > 0 (PreconditionError).
  [[nodiscard]] Ball signal_to_noise() const;
};

/// The largest number of disjoint caps this library can vouch for: the best code that it can build, or the greedy
/// (volume) existence bound if that is larger. 0 < eps <= 1, d >= 1.
[[nodiscard]] Integer certified_caps(long dimension, const Rational& eps);

/// Throws PreconditionError for an invalid problem, eps outside (0, 1], N < 1, or N above certified_caps: more caps
/// than are proved to fit would make every bound below false.
[[nodiscard]] CubePrior make_cube_prior(const MinimaxProblem& problem, const Rational& eps, const Integer& caps);
/// The same on the caps of a packing, which may be more than certified_caps; throws PreconditionError unless it is
/// certified and of that dimension.
[[nodiscard]] CubePrior make_cube_prior(const MinimaxProblem& problem, const Packing& packing);

/// Throws PreconditionError unless the packing is certified and of that dimension.
void require_certified(const Packing& packing, long dimension);

}  // namespace shatterproof
