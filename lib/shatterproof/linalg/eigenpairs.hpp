#pragma once
#include <functional>

#include "shatterproof/linalg/matrix.hpp"

namespace shatterproof {

/// A symmetric operator given by its product: y := A x, both of length size().
template <class Scalar>
struct SymmetricOperator {
  Eigen::Index size = 0;
  std::function<Vector<Scalar>(const Vector<Scalar>&)> apply;
};

template <class Scalar>
struct ApproxEigenpair {
  Scalar value;
  Vector<Scalar> vector;   ///< norm about 1
  bool converged = false;  ///< the solver said so; no bound follows from it
};

/// The largest (most positive) eigenvalue and its vector by Lanczos (Spectra), to about the scalar's precision; no
/// bound. Scaled to norm about 1 first, because Spectra's own test has an absolute floor; the zero operator gives 0. An
/// operator that is not finite gives converged = false. Requires size >= 1. For double and Float128.
template <class Scalar>
[[nodiscard]] ApproxEigenpair<Scalar> approx_largest_eigenpair(const SymmetricOperator<Scalar>& A);

/// The `count` largest eigenvalues, descending, by the same method in double; no bound, and an eigenvalue that occurs
/// more than once may be found less often. Requires 1 <= count < size, else PreconditionError; UndecidedError when the
/// solver does not converge or the operator is not finite.
[[nodiscard]] Vector<double> approx_largest_eigenvalues(const SymmetricOperator<double>& A, Eigen::Index count);

/// All eigenvalues of a dense symmetric matrix, descending (Eigen; reads the lower triangle), to about the scalar's
/// precision; no bound. Throws PreconditionError if the matrix is not square and finite, UndecidedError if the
/// iteration does not converge. For double and Real.
template <class Scalar>
[[nodiscard]] Vector<Scalar> approx_eigenvalues(const Matrix<Scalar>& A);

}  // namespace shatterproof
