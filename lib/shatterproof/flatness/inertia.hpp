#pragma once
#include "shatterproof/network/activation.hpp"

namespace shatterproof {

/// Numbers of positive, negative and zero eigenvalues.
struct Inertia {
  Eigen::Index positive = 0, negative = 0, zero = 0;
};

/// The inertia of a symmetric rational matrix, exactly, by congruence (Sylvester's law). Reads the lower triangle.
/// Throws PreconditionError if the matrix is not square.
[[nodiscard]] Inertia exact_inertia(Matrix<Rational> A);

/// #{eigenvalues of H above sigma}, exactly, as #{eig(D) > sigma} + #{eig(M_sigma) > 1} (spec H9, Haynsworth): an n x n
/// matrix instead of N x N. Throws PreconditionError if sigma is 0 or +-||s_k|| for some k.
[[nodiscard]] Eigen::Index count_eigenvalues_above(const Problem<Rational>& problem, const ActivationPattern& pattern,
                                                   const Rational& sigma);

}  // namespace shatterproof
