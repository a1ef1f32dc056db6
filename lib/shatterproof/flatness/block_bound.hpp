#pragma once
#include "shatterproof/flatness/bounded_hessian.hpp"

namespace shatterproof {

/// An upper bound of lambda_2(G) from the blocks of samples that share active neurons, in O(number of active pairs):
/// Phi^T Phi = 1 1^T + B, so lambda_2(G) <= lambda_1(B)/n, and B is a block for each set of samples connected by
/// neurons. lambda_1 of a block is at most its largest row sum of absolute values. Infinite where the pattern is dense.
/// Source   proofs_notes/certificates/temple-ladder.md, step 10a.
[[nodiscard]] double block_bound(const BoundedHessian& bounded);

}  // namespace shatterproof
