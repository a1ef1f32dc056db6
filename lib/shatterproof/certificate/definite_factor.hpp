#pragma once
#include <vector>

#include "shatterproof/flatness/hessian.hpp"

namespace shatterproof {

/// The symmetric matrix whose definiteness is the same as that of sigma I - H.
enum class ShiftedMatrix {
  of_samples,     ///< n sigma (I - M_sigma), n x n (H8)
  of_parameters,  ///< n (sigma I - H), N x N
};
/// The one that is cheaper to form and to factor.
[[nodiscard]] ShiftedMatrix cheaper_matrix(Eigen::Index samples, Eigen::Index neurons, Eigen::Index parameters);

/// A lower triangular matrix L 2^-scale of integers.
struct DefiniteFactor {
  ShiftedMatrix matrix = ShiftedMatrix::of_samples;
  long scale = 0;
  std::vector<std::vector<Integer>> rows;  ///< row i has i + 1 entries, the diagonal is positive
};

/// L with L L^T close below A = n sigma (I - M_sigma) (H8) or n (sigma I - H), so that A - L L^T is about n room/4
/// times the identity. Approximate: the checker decides. room: a lower bound of sigma - lambda_max(H), which makes the
/// least eigenvalue of A at least n room/2, for d/dsigma ln lambda_max(M_sigma) <= -1/(sigma + |D|) (H10) and |D| <
/// sigma. bits: behind the point; the working precision must be larger. Throws UndecidedError when a pivot is not
/// positive.
[[nodiscard]] DefiniteFactor definite_factor(const Hessian<Ball>& hessian, ShiftedMatrix matrix, const Rational& sigma,
                                             const Rational& room, Bits bits);

/// An approximation to the solution of L L^T x = y, at the working precision.
[[nodiscard]] Vector<Ball> approx_solve(const DefiniteFactor& factor, const Vector<Ball>& y);

}  // namespace shatterproof
