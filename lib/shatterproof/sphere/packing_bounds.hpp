#pragma once
#include "shatterproof/numeric/ball.hpp"

namespace shatterproof {

/// Upper and lower bounds on A(d, 2 theta), the largest number of caps (spec lower-bounds 2). All enclosures.
/// h = eps^2 in (0, 1]; s = cos 2 theta = 1 - 4h + 2h^2.
[[nodiscard]] Ball area_bound(long d, const Ball& h);         ///< (U1) 1/sigma_d(theta)
[[nodiscard]] Ball disc_bound(long d, const Ball& h);         ///< (U1')
[[nodiscard]] Ball rankin_bound(long d, const Ball& h);       ///< (U2); indeterminate unless theta < pi/4
[[nodiscard]] Ball levenshtein_bound(long d, const Ball& s);  ///< (U3), -1 <= s < 1; indeterminate if the degree exceeds its cap
[[nodiscard]] Ball fejes_toth_bound(const Ball& h);           ///< (U4), d = 3
[[nodiscard]] Ball greedy_bound(long d, const Ball& h);       ///< (L1) 1/sigma_d(2 theta): a code with >= ceil of it exists
/// The exact value of (U3) for rational s; throws PreconditionError outside [-1, 1).
[[nodiscard]] Rational levenshtein_exact(long d, const Rational& s);
/// The least certified integer upper bound on the number of caps, and which bound gave it.
struct CapCountBound {
  Integer count;
  std::string name;
};
[[nodiscard]] CapCountBound best_upper_bound(long d, const Rational& eps);

}  // namespace shatterproof
