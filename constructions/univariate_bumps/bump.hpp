#pragma once
#include "shatterproof/core/verdict.hpp"
#include "shatterproof/numeric/ball.hpp"

namespace shatterproof {

// The bump b(x) = exp(-1/(1-x^2)) on (-1, 1) of Construction H.7; its integrals are in bounds/univariate.hpp.

/// b(x) for a rational x; 0 for |x| >= 1.
[[nodiscard]] Ball bump(const Rational& x);

/// A certified upper bound of max |b''| (about 7.75), by subdivision.
[[nodiscard]] Ball enclose_largest_curvature();

/// The amplitude c named by a word (crude = 1/(2 A2), exact = 1/S(1/8), inverse = 1/A2, e, one), or any positive
/// number. Throws PreconditionError for another word.
[[nodiscard]] Ball bump_amplitude(const std::string& text);

/// Membership of every f_xi in F_{1,1}: ||f||_inf = c/e <= 1 and |f|_Vg = c S(eps) <= 1.
struct BumpMembership {
  Ball sup_norm, seminorm;
  Verdict verdict;  ///< proved member, refuted, or undecided (a bound met exactly as far as can be told)
};
[[nodiscard]] BumpMembership judge_bump_membership(const Ball& c, const Rational& eps);

}  // namespace shatterproof
