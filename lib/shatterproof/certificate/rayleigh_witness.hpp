#pragma once
#include <vector>

#include "shatterproof/certificate/definite_factor.hpp"

namespace shatterproof {

/// An integer vector u of R^N, in the order of Hessian, with u^T H u >= bound |u|^2.
struct RayleighWitness {
  std::vector<Integer> vector;
  Rational bound;  ///< a decimal below the enclosed Rayleigh quotient
};

/// The best of three candidates: inverse iteration with A = n sigma (I - M_sigma) carried to the parameters by
/// (sigma I - D)^{-1} Phi (H10), the top eigenvector of the largest block of D, and the coordinate of beta.
/// bound has `digits` significant digits. Proved by the ball arithmetic of the Rayleigh quotient.
[[nodiscard]] RayleighWitness rayleigh_witness(const Hessian<Ball>& hessian, const Rational& sigma,
                                               const DefiniteFactor& factor, int digits);

}  // namespace shatterproof
