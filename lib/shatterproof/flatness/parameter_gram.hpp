#pragma once
#include "shatterproof/flatness/bounded_hessian.hpp"

namespace shatterproof {

/// True where Phi Phi^T is cheaper to form than Phi^T Phi: few parameters, many samples.
[[nodiscard]] bool has_few_parameters(const MaskedHessian<double>& hessian);

/// An upper bound of the Frobenius norm of G = Phi Phi^T / n, right to about 1e-5; infinite when a number is too large.
/// The matrix of the parameters is formed in double, in O(n p^2) flops and 8 p^2 numbers, p at most 2000.
/// Requires has_few_parameters. Source   proofs_notes/certificates/temple-ladder.md, step 10b.
[[nodiscard]] double parameter_gram_norm(const BoundedHessian& bounded);

}  // namespace shatterproof
