#pragma once
#include "constructions/construction.hpp"
#include "constructions/univariate_bumps/bump.hpp"

namespace shatterproof {

/// Construction H.7: K = floor(1/eps) smooth bumps next to the end x = 1 of [-1, 1]. Not a finite ReLU network: its
/// quantities are enclosed for the smooth function, the file holds a piecewise linear interpolant.
/// See README.md of this folder for parameters and claims.
[[nodiscard]] ConstructionKind univariate_bumps_kind();

/// Membership of every f_xi in F_{1,1}: ||f||_inf = c/e <= 1 and |f|_Vg = c S(eps) <= 1.
struct BumpMembership {
  Ball sup_norm, seminorm;
  Verdict verdict;  ///< proved member, refuted, or undecided (a bound met exactly as far as can be told)
};
[[nodiscard]] BumpMembership judge_bump_membership(const Ball& c, const Ball& seminorm_total);

/// The amplitude c named by a word (crude = 1/(2 A2), exact = 1/S(1/8), inverse = 1/A2, e, one), or any positive
/// number. Throws PreconditionError for another word.
[[nodiscard]] Ball bump_amplitude(const std::string& text, const BumpConstants& constants);

}  // namespace shatterproof
