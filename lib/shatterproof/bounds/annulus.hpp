#pragma once
#include <optional>

#include "shatterproof/numeric/ball.hpp"

namespace shatterproof {

/// Points in the annulus {1-eps <= |x| <= 1}: n_A ~ Binomial(n, p), p = 1 - (1-eps)^d (Lemma F.7, spec upper-bounds 7).
[[nodiscard]] Rational annulus_mass(long dimension, const Rational& eps);

/// P(Binomial(n, p) >= k), exactly. 0 <= p <= 1, n >= 0; 1 for k <= 0 and 0 for k > n.
[[nodiscard]] Rational binomial_upper_tail(long n, const Rational& p, long k);

/// The least j with P(n_A > j) <= delta, exactly; 0 <= delta < 1.
[[nodiscard]] long binomial_quantile(long n, const Rational& p, const Rational& delta);

/// Right sides of "n_A/n <= ... with probability at least 1 - delta", 0 < delta < 1, n >= 1, 0 <= p <= 1.
[[nodiscard]] Ball chernoff_annulus_bound(const Integer& n, const Ball& p,
                                          const Rational& delta);  ///< as printed in F.7
[[nodiscard]] Ball bernstein_annulus_bound(const Integer& n, const Ball& p,
                                           const Rational& delta);  ///< holds for all n, p, delta

/// P(n_A/n > bound), exactly; empty when floor(n bound) cannot be decided from the enclosure.
[[nodiscard]] std::optional<Rational> probability_above(long n, const Rational& p, const Ball& bound);

/// The guard under which the printed form is right: n p >= 3 log(1/delta) certainly.
[[nodiscard]] bool is_certainly_chernoff_range(const Integer& n, const Ball& p, const Rational& delta);

}  // namespace shatterproof
