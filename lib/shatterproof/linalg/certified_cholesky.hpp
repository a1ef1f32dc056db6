#pragma once
#include <optional>

#include "shatterproof/linalg/matrix.hpp"

namespace shatterproof {

/// The lower triangular factor L of A = L L^T in ball arithmetic at the working precision in force.
/// Statement     a factor exists only if every symmetric matrix enclosed by A is positive definite.
/// Shapes        A: n x n, n >= 1. Both triangles are read: where they differ, their hull is taken, so that the
/// statement
///               also holds for the quadratic form x^T A x of an unsymmetric A.
/// Guarantee     a returned factor is a proof; every pivot was certainly positive (no library status is trusted).
/// On failure    empty: not square, 0 x 0, an entry that is not finite, or a pivot not certainly positive. Empty does
/// NOT
///               mean indefinite: the precision may be too low.
/// Limits        O(n^3/6) ball operations; loses about n/4 bits, besides those of the condition number.
[[nodiscard]] std::optional<Matrix<Ball>> certified_cholesky(const Matrix<Ball>& A);

/// True means proved (see certified_cholesky); false means not proved.
[[nodiscard]] bool is_certainly_positive_definite(const Matrix<Ball>& A);

/// Encloses the solution of L L^T x = b. The factor must come from certified_cholesky; b has its size.
[[nodiscard]] Vector<Ball> solve_with_factor(const Matrix<Ball>& L, const Vector<Ball>& b);

}  // namespace shatterproof
