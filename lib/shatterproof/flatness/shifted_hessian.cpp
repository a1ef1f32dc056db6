#include "shatterproof/flatness/shifted_hessian.hpp"

#include "shatterproof/linalg/certified_cholesky.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

/// diagonal I - A.
Matrix<Ball> minus_from_diagonal(const Ball& diagonal, const Matrix<Ball>& A) {
  Matrix<Ball> B(A.rows(), A.cols());
  for (Index j = 0; j < A.cols(); ++j)
    for (Index i = 0; i < A.rows(); ++i) B(i, j) = i == j ? diagonal - A(i, j) : -A(i, j);
  return B;
}

/// sigma > ||D||, without which (H8) says nothing about H.
bool certainly_above_blocks(const Hessian<Ball>& hessian, const Ball& sigma) {
  if (!certainly_positive(sigma)) return false;
  const Ball square_of_sigma = square(sigma);
  for (Index k = 0; k < hessian.neurons(); ++k)
    if (!certainly_less(hessian.block_norm2(k), square_of_sigma)) return false;
  return true;
}

Vector<Ball> midpoints(const Vector<Ball>& x) {
  Vector<Ball> y(x.size());
  for (Index i = 0; i < x.size(); ++i) y(i) = x(i).mid();
  return y;
}

}  // namespace

ShiftedHessian::ShiftedHessian(const Hessian<Ball>& hessian) : hessian_(hessian) {
  if (hessian.samples() < hessian.size()) {
    reduction_.emplace(hessian);
  } else {
    dense_ = hessian.dense();
  }
}

bool ShiftedHessian::certify(const Ball& sigma) {
  if (!certainly_above_blocks(hessian_, sigma)) return false;
  auto factor = certified_cholesky(reduced() ? minus_from_diagonal(Ball(1), reduction_->at(sigma))
                                             : minus_from_diagonal(sigma, dense_));
  if (!factor) return false;
  sigma_ = sigma;
  factor_ = std::move(*factor);
  return true;
}

Vector<Ball> ShiftedHessian::approx_solve(const Vector<Ball>& x) const {
  require(factor_.rows() > 0, "approx_solve: no shift was certified");
  if (!reduced()) return midpoints(solve_with_factor(factor_, x));
  // Woodbury: with A = sigma I - D, (A - Phi Phi^T/n)^{-1} = A^{-1} + A^{-1} Phi (I - M_sigma)^{-1} Phi^T A^{-1} / n.
  const Vector<Ball> outer = midpoints(hessian_.solve_blocks(sigma_, x));
  Vector<Ball> inner = midpoints(solve_with_factor(factor_, midpoints(hessian_.apply_jacobian_transposed(outer))));
  const Ball n(static_cast<long>(hessian_.samples()));
  for (Index i = 0; i < inner.size(); ++i) inner(i) /= n;
  const Vector<Ball> correction = midpoints(hessian_.solve_blocks(sigma_, hessian_.apply_jacobian(midpoints(inner))));
  Vector<Ball> y(x.size());
  for (Index p = 0; p < y.size(); ++p) y(p) = (outer(p) + correction(p)).mid();
  return y;
}

}  // namespace shatterproof
