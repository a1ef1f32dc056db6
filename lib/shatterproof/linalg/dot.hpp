#pragma once
#include "shatterproof/linalg/matrix.hpp"

namespace shatterproof {

/// sum_{i < n} x_i y_i over contiguous entries.
template <class Scalar>
[[nodiscard]] Scalar dot(const Scalar* x, const Scalar* y, Eigen::Index n) {
  Scalar sum(0);
  for (Eigen::Index i = 0; i < n; ++i) sum += Scalar(x[i] * y[i]);
  return sum;
}

/// One rounding at the end instead of one a term.
[[nodiscard]] inline Ball dot(const Ball* x, const Ball* y, Eigen::Index n) {
  static_assert(sizeof(Ball) == sizeof(arb_struct));
  Ball sum;
  if (n > 0) arb_dot(sum.get(), nullptr, 0, x->get(), 1, y->get(), 1, n, working_precision());
  return sum;
}

template <class Scalar>
[[nodiscard]] Scalar dot(const Vector<Scalar>& x, const Vector<Scalar>& y) {
  return dot(x.data(), y.data(), x.size());
}

}  // namespace shatterproof
