#pragma once
#include "shatterproof/flatness/bounded_hessian.hpp"

namespace shatterproof {

/// An upper bound of the Frobenius norm of G = Phi Phi^T / n, right to about 1e-4; infinite when a number is too large.
/// The n x n matrix Phi^T Phi is formed row by row in float from lists of the active neurons; nothing n x n is stored.
/// Source   proofs_notes/certificates/temple-ladder.md, step 10.
[[nodiscard]] double gram_norm_bound(const BoundedHessian& bounded);

}  // namespace shatterproof
