#pragma once
#include <vector>

#include "shatterproof/bounds/cube_prior.hpp"
#include "shatterproof/bounds/risk_bound.hpp"

namespace shatterproof {

/// Lower bounds of the minimax risk R(n) over F(B, C) from one hypercube prior, as enclosures in P-measure (times v_d
/// for Lebesgue). Each is proved for every estimator; a nonpositive Fano bracket is clipped to 0 and called vacuous.
/// Source: spec lower-bounds 5.1 (Proposition H.5 with all constants) and 5.2.
/// sigma = 0 makes the noise-driven ones vacuous; C = 0 or B = 0 (no admissible amplitude) makes all not applicable.

/// (F-1/4) Varshamov-Gilbert + Fano + largest pairwise KL: the paper's route. Needs N >= 8.
[[nodiscard]] RiskBound fano_vg_quarter(const CubePrior& prior);
/// (F-1/2) The same with the constant s^2/2, which holds for a squared Hilbert norm. Needs N >= 8.
[[nodiscard]] RiskBound fano_vg_half(const CubePrior& prior);
/// Improved Fano: constant 1/2, KL to the centre, a Gilbert code of the best distance w with 2^N/V(N, w-1) words. N
/// >= 2. N <= 300: exact volumes and every w; above: V(N, r) <= exp(N H(r/N)) and one good w (a lower bound of the
/// best).
[[nodiscard]] RiskBound fano_gilbert(const CubePrior& prior);
[[nodiscard]] RiskBound assouad_two_point(const CubePrior& prior);  ///< (A1) N M^2 a erfc(sqrt(s/2))
[[nodiscard]] RiskBound assouad_mmse(const CubePrior& prior);       ///< (A2) N M^2 a mmse(s)
[[nodiscard]] RiskBound one_line_exp(const CubePrior& prior);       ///< (A3) N M^2 a exp(-s)
/// (A4) N M^2 a (1 - E[1 - exp(-M^2 Phi^2/sigma^2)])^n.
[[nodiscard]] RiskBound one_line_product(const CubePrior& prior);
[[nodiscard]] RiskBound empty_caps(const CubePrior& prior);   ///< (A4), every sigma >= 0: N M^2 a (1-p)^n
[[nodiscard]] RiskBound bayes_exact(const CubePrior& prior);  ///< (A5) exact Bayes risk of the prior

/// All of the above, in this order.
[[nodiscard]] std::vector<RiskBound> cube_lower_bounds(const CubePrior& prior);

}  // namespace shatterproof
