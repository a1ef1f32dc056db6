#pragma once
#include "shatterproof/bounds/cube_prior.hpp"
#include "shatterproof/bounds/risk_bound.hpp"

namespace shatterproof {

/// The constants of the closed-form lower bounds of spec lower-bounds 5.3, for d >= 2 (PreconditionError otherwise).
/// Noisy: R(n) >= kappa_noisy M^(2(d-1)/(d+1)) (sigma^2/n)^(2/(d+1)) once n >= n0_noisy sigma^2/M^2.
/// Free of noise: R(n) >= kappa_free M^2 n^(-2/(d+1)) for every sigma >= 0 once n >= n0_free. P-measure.
struct ClosedFormConstants {
  Ball abar;  ///< lim a(h)/eps^(d+1) = c1 2^((d-1)/2) B((d+1)/2, 3)
  Ball kappa_noisy, n0_noisy;
  Ball kappa_free, n0_free;
};
[[nodiscard]] ClosedFormConstants closed_form_constants(long dimension);

/// exp(-U_d): the empty fraction q* of Proposition I.1 at kappa = 1. d >= 1.
[[nodiscard]] Ball empty_fraction_at_kappa_one(long dimension);

/// The two closed forms as bounds for a problem, with M = min(B, C/0.0743): N eps^(2d+2) <= 0.0743 for all d >= 2 and
/// eps <= 1/2. Not applicable below n0 and for d = 1.
[[nodiscard]] RiskBound closed_form_noisy(const MinimaxProblem& problem);
[[nodiscard]] RiskBound closed_form_free(const MinimaxProblem& problem);

}  // namespace shatterproof
