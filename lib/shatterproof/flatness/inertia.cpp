#include "shatterproof/flatness/inertia.hpp"

#include "shatterproof/flatness/hessian.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

void swap_symmetric(Matrix<Rational>& A, Index p, Index q) {
  A.row(p).swap(A.row(q));
  A.col(p).swap(A.col(q));
}

/// Brings a nonzero number to (start, start) by congruence; false if the rest of the matrix is 0.
bool find_pivot(Matrix<Rational>& A, Index start) {
  for (Index p = start; p < A.rows(); ++p)
    if (sgn(A(p, p)) != 0) {
      if (p != start) swap_symmetric(A, start, p);
      return true;
    }
  for (Index p = start; p < A.rows(); ++p)
    for (Index q = start; q < p; ++q) {
      if (sgn(A(p, q)) == 0) continue;
      // The diagonal is 0, so that adding row and column p to q makes (q, q) twice the entry.
      for (Index j = 0; j < A.cols(); ++j) A(q, j) += A(p, j);
      for (Index i = 0; i < A.rows(); ++i) A(i, q) += A(i, p);
      if (q != start) swap_symmetric(A, start, q);
      return true;
    }
  return false;
}

}  // namespace

Inertia exact_inertia(Matrix<Rational> A) {
  require(A.rows() == A.cols(), "exact_inertia: the matrix must be square");
  for (Index j = 0; j < A.cols(); ++j)
    for (Index i = 0; i < j; ++i) A(i, j) = A(j, i);
  Inertia count;
  for (Index start = 0; start < A.rows(); ++start) {
    if (!find_pivot(A, start)) {
      count.zero = A.rows() - start;
      break;
    }
    (sgn(A(start, start)) > 0 ? count.positive : count.negative) += 1;
    for (Index i = start + 1; i < A.rows(); ++i) {
      const Rational factor = A(i, start) / A(start, start);
      if (sgn(factor) == 0) continue;
      for (Index j = start; j < A.cols(); ++j) A(i, j) -= factor * A(start, j);
    }
    for (Index j = start + 1; j < A.cols(); ++j) A(start, j) = 0;
  }
  return count;
}

Index count_eigenvalues_above(const Problem<Rational>& problem, const ActivationPattern& pattern,
                              const Rational& sigma) {
  const Hessian<Rational> hessian(problem, pattern);
  require(sgn(sigma) != 0, "count_eigenvalues_above: sigma must not be 0");
  Index beyond = 0;  // #{k : ||s_k|| > |sigma|}
  for (Index k = 0; k < hessian.neurons(); ++k) {
    const int order = cmp(hessian.block_norm2(k), Rational(sigma * sigma));
    require(order != 0, "count_eigenvalues_above: sigma must not be an eigenvalue of D");
    if (order > 0) ++beyond;
  }
  Matrix<Rational> M = Reduction<Rational>(hessian).at(sigma);
  for (Index i = 0; i < M.rows(); ++i) M(i, i) -= 1;
  return (sgn(sigma) > 0 ? beyond : hessian.size() - beyond) + exact_inertia(M).positive;
}

}  // namespace shatterproof
