#pragma once
#include "shatterproof/bounds/cube_prior.hpp"

namespace shatterproof {

/// E[1 - exp(-c Phi(X)^2)] for the atom Phi of depth h (Lemma H.1) and X uniform on the unit ball: enclosed by rigorous
/// adaptive quadrature (Arb). d >= 1, 0 < h <= 1 exact or narrow, c >= 0. Relative accuracy near the working precision.
[[nodiscard]] Ball atom_laplace_deficit(long dimension, const Ball& depth, const Ball& c);

/// (A5) The exact Bayes risk of the cube prior, P-measure, enclosed:
/// N M^2 a int_0^inf sech(pi w/2) [1 - beta(w)]^n dw, beta(w) = atom_laplace_deficit((1+w^2) M^2/(2 sigma^2)).
/// Valid for sigma = 0 (limit N M^2 a (1-p)^n) and n = 0 (prior energy). A lower bound of the minimax risk.
[[nodiscard]] Ball exact_bayes_risk(const CubePrior& prior);

/// Floating-point forms, for searching over eps only; no bound on the error.
/// energy_per_cap = M^2 a(h), cap_mass = p(h); ratio = M/sigma (infinity allowed).
struct ApproxBayesInput {
  long dimension;
  double depth, samples, ratio, caps, energy_per_cap, cap_mass;
};
[[nodiscard]] double approx_bayes_risk(const ApproxBayesInput& input);
[[nodiscard]] double approx_one_line_product(const ApproxBayesInput& input);  ///< (A4) with the noise

}  // namespace shatterproof
