#include "spectra_peer.hpp"

#include <Spectra/SymEigsSolver.h>

#include <Eigen/Dense>

namespace {

using Eigen::Index;
using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;
using Eigen::Map;

/// Parameters in the order (w_k; b_k) column by column, v, beta.
class HessianOperator {
 public:
  using Scalar = double;

  explicit HessianOperator(const PeerProblem& p)
      : n_(p.samples),
        K_(p.neurons),
        lifted_(p.dimension + 1),
        Z_(n_, lifted_),
        W_(K_, lifted_),
        v_(Map<const Vector>(p.v, K_)) {
    Z_.leftCols(lifted_ - 1) = Map<const Matrix>(p.X, n_, lifted_ - 1);
    Z_.col(lifted_ - 1).setConstant(-1);
    W_.leftCols(lifted_ - 1) = Map<const Matrix>(p.W, K_, lifted_ - 1);
    W_.col(lifted_ - 1) = Map<const Vector>(p.b, K_);
    Matrix margins(n_, K_);
    margins.noalias() = Z_ * W_.transpose();
    Vector r = margins.cwiseMax(0.0) * v_;
    r.array() += p.beta;
    r -= Map<const Vector>(p.y, n_);
    active_ = (margins.array() > 0).cast<double>();
    S_.noalias() = active_.transpose() * (r.asDiagonal() * Z_);
    S_ /= static_cast<double>(n_);
  }

  [[nodiscard]] Index rows() const { return K_ * (lifted_ + 1) + 1; }
  [[nodiscard]] Index cols() const { return rows(); }

  void perform_op(const double* x, double* y) const {
    const Map<const Matrix> rows(x, K_, lifted_);
    const Map<const Vector> outputs(x + K_ * lifted_, K_);
    const double bias = x[K_ * (lifted_ + 1)];
    Map<Matrix> to_rows(y, K_, lifted_);
    Map<Vector> to_outputs(y + K_ * lifted_, K_);
    q_ = outputs.asDiagonal() * W_;
    q_ += v_.asDiagonal() * rows;
    Q_.noalias() = active_ * q_;
    g_ = Z_.cwiseProduct(Q_).rowwise().sum();
    g_.array() += bias;
    scaled_ = g_.asDiagonal() * Z_;
    R_.noalias() = active_.transpose() * scaled_;
    R_ /= static_cast<double>(n_);
    to_rows = v_.asDiagonal() * R_;
    to_rows += outputs.asDiagonal() * S_;
    to_outputs = W_.cwiseProduct(R_).rowwise().sum() + S_.cwiseProduct(rows).rowwise().sum();
    y[K_ * (lifted_ + 1)] = g_.mean();
  }

 private:
  Index n_, K_, lifted_;
  Matrix Z_, W_, active_, S_;
  Vector v_;
  mutable Matrix q_, Q_, R_, scaled_;
  mutable Vector g_;
};

}  // namespace

__attribute__((visibility("default"))) double spectra_lambda_max(const PeerProblem& problem, int subspace) {
  HessianOperator H(problem);
  Spectra::SymEigsSolver<HessianOperator> solver(H, 1, subspace);
  solver.init();
  solver.compute(Spectra::SortRule::LargestAlge, 1000, 1e-10);
  return solver.eigenvalues().size() == 1 ? solver.eigenvalues()(0) : 0;
}
