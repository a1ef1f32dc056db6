#pragma once
#include <functional>
#include <vector>

#include "shatterproof/numeric/ball.hpp"

namespace shatterproof {

/// n independent points, m disjoint cells of equal mass p (m p <= 1): how many cells stay empty? (Appendix I, spec
/// lower-bounds 9.) The mass is a function, because the exact law needs it at a precision of its own.
struct Occupancy {
  long cells = 1;              ///< m >= 1
  Integer points;              ///< n >= 0
  std::function<Ball()> mass;  ///< p at the working precision in force

  [[nodiscard]] Ball empty_probability() const;  ///< q = (1-p)^n, one cell
  [[nodiscard]] Ball mean() const;               ///< m q
  [[nodiscard]] Ball variance() const;           ///< m q(1-q) + m(m-1)((1-2p)^n - (1-p)^(2n))
  /// P(#empty = r), r = 0..m, by inclusion and exclusion with enough bits for the cancellation. PreconditionError for
  /// m < 1, m > 2000, n < 0 or m p certainly above 1.
  [[nodiscard]] std::vector<Ball> distribution() const;
};

/// P(#empty <= r) from the distribution; 0 for r < 0.
[[nodiscard]] Ball probability_at_most(const std::vector<Ball>& distribution, long r);

/// kl(x||y) = x log(x/y) + (1-x) log((1-x)/(1-y)), 0 <= x < 1, 0 < y < 1.
[[nodiscard]] Ball bernoulli_kl(const Ball& x, const Ball& y);

/// I.1'': upper bounds of P(#empty <= (q - delta) m): exp(-m kl(q-delta||q)) and exp(-2 delta^2 m), with q = (1-p)^n.
[[nodiscard]] Ball empty_tail_chernoff(long cells, const Ball& q, const Ball& delta);
[[nodiscard]] Ball empty_tail_hoeffding(long cells, const Ball& delta);

}  // namespace shatterproof
