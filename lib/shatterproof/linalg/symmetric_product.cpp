#include "shatterproof/linalg/symmetric_product.hpp"

#include <arb_mat.h>

namespace shatterproof {
namespace {

/// A matrix of Arb's own.
class ArbMatrix {
 public:
  ArbMatrix(Eigen::Index rows, Eigen::Index columns) { arb_mat_init(matrix_, rows, columns); }
  ArbMatrix(const ArbMatrix&) = delete;
  ArbMatrix& operator=(const ArbMatrix&) = delete;
  ~ArbMatrix() { arb_mat_clear(matrix_); }
  [[nodiscard]] arb_ptr at(Eigen::Index i, Eigen::Index j) { return arb_mat_entry(matrix_, i, j); }
  [[nodiscard]] arb_mat_struct* get() { return matrix_; }

 private:
  arb_mat_t matrix_;
};

}  // namespace

template <>
Matrix<Ball> symmetric_product(const Matrix<Ball>& A, const Matrix<Ball>& B) {
  const Eigen::Index n = A.cols(), K = A.rows();
  ArbMatrix left(n, K), right(K, n), product(n, n);
  for (Eigen::Index i = 0; i < n; ++i)
    for (Eigen::Index k = 0; k < K; ++k) arb_set(left.at(i, k), A(k, i).get()), arb_set(right.at(k, i), B(k, i).get());
  arb_mat_mul(product.get(), left.get(), right.get(), working_precision());
  Matrix<Ball> result(n, n);
  for (Eigen::Index j = 0; j < n; ++j)
    for (Eigen::Index i = 0; i < n; ++i) arb_swap(result(i, j).get(), product.at(i, j));
  return result;
}

}  // namespace shatterproof
