#include "shatterproof/linalg/certified_cholesky.hpp"

#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

bool all_finite(const Matrix<Ball>& A) {
  for (Index j = 0; j < A.cols(); ++j)
    for (Index i = 0; i < A.rows(); ++i)
      if (!A(i, j).is_finite()) return false;
  return true;
}

Ball symmetric_entry(const Matrix<Ball>& A, Index i, Index j) {
  if (arb_equal(A(i, j).get(), A(j, i).get()) != 0) return A(i, j);
  return Ball::hull(A(i, j), A(j, i));
}

/// initial - sum_{k < length} x_k y_k over two strided sequences.
Ball minus_dot(const Ball& initial, const Ball* x, Index x_step, const Ball* y, Index y_step, Index length) {
  static_assert(sizeof(Ball) == sizeof(arb_struct));
  Ball result = initial;
  if (length > 0)
    arb_dot(result.get(), initial.get(), 1, x->get(), x_step, y->get(), y_step, length, working_precision());
  return result;
}

}  // namespace

std::optional<Matrix<Ball>> certified_cholesky(const Matrix<Ball>& A) {
  const Index n = A.rows();
  if (n < 1 || A.cols() != n || !all_finite(A)) return std::nullopt;
  // Row-major copy of the factor's rows: the inner products then run over neighbours.
  Matrix<Ball> rows(n, n);  // column i holds row i of L
  for (Index i = 0; i < n; ++i) {
    const Ball* row = rows.data() + i * n;
    for (Index j = 0; j < i; ++j)
      rows(j, i) = minus_dot(symmetric_entry(A, i, j), row, 1, rows.data() + j * n, 1, j) / rows(j, j);
    const Ball pivot = minus_dot(A(i, i), row, 1, row, 1, i);
    if (!certainly_positive(pivot)) return std::nullopt;
    rows(i, i) = sqrt(pivot);
  }
  Matrix<Ball> L(n, n);
  for (Index i = 0; i < n; ++i)
    for (Index j = 0; j <= i; ++j) L(i, j) = rows(j, i);
  return L;
}

bool is_certainly_positive_definite(const Matrix<Ball>& A) { return certified_cholesky(A).has_value(); }

Vector<Ball> solve_with_factor(const Matrix<Ball>& L, const Vector<Ball>& b) {
  const Index n = L.rows();
  require(n >= 1 && L.cols() == n && b.size() == n, "solve_with_factor: the shapes of factor and right side disagree");
  Vector<Ball> x = b;
  for (Index i = 0; i < n; ++i) x(i) = minus_dot(x(i), L.data() + i, n, x.data(), 1, i) / L(i, i);
  for (Index i = n; i-- > 0;)
    x(i) = minus_dot(x(i), L.data() + i * n + i + 1, 1, x.data() + i + 1, 1, n - 1 - i) / L(i, i);
  return x;
}

}  // namespace shatterproof
