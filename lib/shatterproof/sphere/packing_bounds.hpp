#pragma once
#include <string>
#include <vector>

#include "shatterproof/numeric/ball.hpp"

namespace shatterproof {

/// Upper and lower bounds on A(d, 2 theta), the largest number of caps (spec lower-bounds 2), d >= 2. All enclosures.
/// h = eps^2 in (0, 1]; s = cos 2 theta = 1 - 4h + 2h^2. Outside the stated range the ball is indeterminate; d < 2
/// throws PreconditionError.
[[nodiscard]] Ball area_bound(long d, const Ball& h);    ///< (U1) 1/sigma_d(theta)
[[nodiscard]] Ball disc_bound(long d, const Ball& h);    ///< (U1') (d/c1) (h(2-h))^(-(d-1)/2)
[[nodiscard]] Ball rankin_bound(long d, const Ball& h);  ///< (U2); indeterminate unless theta < pi/4
/// (U3), -1 <= s < 1, to the precision in force when s is sharp enough; indeterminate when the degree would exceed
/// kLevenshteinDegreeCap (eps below about 5e-5: Rankin's bound is as good there).
[[nodiscard]] Ball levenshtein_bound(long d, const Ball& s);
[[nodiscard]] Ball fejes_toth_bound(const Ball& h);      ///< (U4), d = 3, cos 2 theta > -1/2 and theta < pi/2
[[nodiscard]] Ball greedy_bound(long d, const Ball& h);  ///< (L1) 1/sigma_d(2 theta): a code with >= ceil of it exists

/// The exact value of (U3) for rational s. Throws PreconditionError outside [-1, 1), UndecidedError when the degree
/// exceeds 1200 (the fractions would grow without use; levenshtein_bound goes on).
[[nodiscard]] Rational levenshtein_exact(long d, const Rational& s);

/// Largest k in L_(2k-1), L_(2k) that levenshtein_bound looks at.
inline constexpr long kLevenshteinDegreeCap = 50000;

/// cos 2 theta = 1 - 4h + 2h^2 with h = eps^2, exactly.
[[nodiscard]] Rational cosine_of_separation(const Rational& eps);

/// An upper bound on the number of caps, and which bound gave it.
struct CapCountBound {
  Integer count;
  std::string name;
};
/// Every upper bound that applies to eps in (0, 1] exactly, as certified integers; d >= 1.
[[nodiscard]] std::vector<CapCountBound> upper_bounds(long d, const Rational& eps);
/// The least of them. Exact (not only an upper bound) for d <= 2 and for cos 2 theta <= 0.
[[nodiscard]] CapCountBound best_upper_bound(long d, const Rational& eps);
/// ceil of greedy_bound, certified (rounded to the safe side): so many caps always fit. d >= 1.
[[nodiscard]] Integer greedy_lower_bound(long d, const Rational& eps);

/// Throws PreconditionError unless 1 <= d <= 10000 and 1e-100 <= eps <= 1.
void require_cap_parameters(long d, const Rational& eps);

}  // namespace shatterproof
