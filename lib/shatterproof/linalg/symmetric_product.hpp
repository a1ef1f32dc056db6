#pragma once
#include "shatterproof/linalg/dot.hpp"

namespace shatterproof {

/// A^T B where it is known to be symmetric. Shapes   A, B: K x n; result n x n.
template <class Scalar>
[[nodiscard]] Matrix<Scalar> symmetric_product(const Matrix<Scalar>& A, const Matrix<Scalar>& B) {
  const Eigen::Index n = A.cols(), K = A.rows();
  Matrix<Scalar> product(n, n);
  for (Eigen::Index i = 0; i < n; ++i)
    for (Eigen::Index j = 0; j <= i; ++j) product(i, j) = product(j, i) = dot(A.data() + i * K, B.data() + j * K, K);
  return product;
}

/// By the fast product of whole matrices of Arb.
template <>
[[nodiscard]] Matrix<Ball> symmetric_product(const Matrix<Ball>& A, const Matrix<Ball>& B);

}  // namespace shatterproof
