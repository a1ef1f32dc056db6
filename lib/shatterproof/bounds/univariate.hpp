#pragma once
#include "shatterproof/bounds/cube_prior.hpp"
#include "shatterproof/bounds/risk_bound.hpp"

namespace shatterproof {

/// Constants of the smooth bump b(x) = exp(-1/(1-x^2)) on (-1, 1) of construction H.7 (d = 1); enclosures.
struct BumpConstants {
  Ball integral;          ///< int b
  Ball integral_square;   ///< I2 = int b^2
  Ball inflection;        ///< 3^(-1/4), where |b'| is largest
  Ball max_slope;         ///< max |b'|
  Ball curvature;         ///< A2 = int |b''| = 4 max |b'|
  Ball curvature_moment;  ///< int y^2 |b''|
};
[[nodiscard]] BumpConstants bump_constants();

/// S(eps): the worst-sign V_g seminorm of f_xi per unit of c, exact weights (1-|x|)^3; the K = floor(1/eps) bumps of
/// width eps^2 stand on [1-eps, 1]. 0 < eps <= 1.
[[nodiscard]] Ball bump_seminorm(const Rational& eps);
[[nodiscard]] Ball bump_seminorm_limit();  ///< A2/2 = lim S(eps)
/// 1/(2 A2): the constant of the paper's termwise route, good for every eps <= 1.
[[nodiscard]] Ball crude_bump_constant();

/// Assouad (A2) with the K bumps, c = 1/S(eps) and amplitude min(B, C): H.8 and H.9 with constants, P-measure. d = 1
/// only. sup|f_xi| = c/e < 1 and |f_xi|_Vg <= 1 before scaling, so the scaled family lies in F(B, C).
[[nodiscard]] RiskBound univariate_bumps(const MinimaxProblem& problem, const Rational& eps);
/// The same bumps by the paper's route, Varshamov-Gilbert and Fano with the largest pairwise KL; needs K >= 8.
[[nodiscard]] RiskBound univariate_fano(const MinimaxProblem& problem, const Rational& eps);

}  // namespace shatterproof
