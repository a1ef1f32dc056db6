#pragma once
#include "shatterproof/bounds/risk_bound.hpp"
#include "shatterproof/bounds/slab.hpp"

namespace shatterproof {

/// E[1 - exp(-c psi(depth of X)^2)] for the hat psi over the depths [start, start + width] and X uniform on the unit
/// ball: rigorous quadrature (Arb). d >= 1, start >= 0, width > 0, start + width <= 1, c >= 0.
[[nodiscard]] Ball hat_laplace_deficit(long dimension, const Rational& start, const Rational& width, const Ball& c);

/// The exact Bayes risk of the uniform prior on the slab family, P-measure:
/// N M^2 sum_k b_k int_0^inf sech(pi w/2) [1 - beta_k(w)]^n dw, beta_k(w) = hat_laplace_deficit((1+w^2) M^2/(2
/// sigma^2)). A lower bound of the minimax risk, at least slab_mmse. K quadratures for each of some 50 nodes: seconds
/// for K = 50. Source: Theorem S with (A5) of spec lower-bounds 5.2. sigma = 0 gives the limit, slab_sigma_free.
[[nodiscard]] RiskBound slab_bayes_exact(const SlabFamily& family);

}  // namespace shatterproof
