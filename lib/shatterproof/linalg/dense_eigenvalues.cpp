#include <Eigen/Eigenvalues>

#include "shatterproof/core/error.hpp"
#include "shatterproof/linalg/eigenpairs.hpp"
#include "shatterproof/linalg/real_traits.hpp"

namespace shatterproof {

template <class Scalar>
Vector<Scalar> approx_eigenvalues(const Matrix<Scalar>& A) {
  require(A.rows() >= 1 && A.rows() == A.cols(), "approx_eigenvalues: the matrix must be square and not empty");
  for (Eigen::Index j = 0; j < A.cols(); ++j)
    for (Eigen::Index i = 0; i < A.rows(); ++i) {
      using std::isfinite;
      require(isfinite(A(i, j)), "approx_eigenvalues: an entry is not finite");
    }
  const Eigen::SelfAdjointEigenSolver<Matrix<Scalar>> solver(A, Eigen::EigenvaluesOnly);
  if (solver.info() != Eigen::Success) throw UndecidedError("the dense eigenvalue iteration did not converge");
  return solver.eigenvalues().reverse();
}

template Vector<double> approx_eigenvalues(const Matrix<double>&);
template Vector<Real> approx_eigenvalues(const Matrix<Real>&);

}  // namespace shatterproof
