#include "secular_peer.hpp"

#ifdef SHATTERPROOF_BENCH_BLAS
#include <Spectra/SymEigsSolver.h>
#include <cblas.h>

#include <Eigen/Core>
#include <cmath>

namespace {

using Eigen::Index;
using Eigen::Map;
using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;

Matrix product(const Matrix& a, const Matrix& b_transposed) {
  Matrix c(a.rows(), b_transposed.rows());
  cblas_dgemm(CblasColMajor, CblasNoTrans, CblasTrans, static_cast<int>(a.rows()), static_cast<int>(c.cols()),
              static_cast<int>(a.cols()), 1, a.data(), static_cast<int>(a.rows()), b_transposed.data(),
              static_cast<int>(c.cols()), 0, c.data(), static_cast<int>(c.rows()));
  return c;
}

/// Lower triangle of c + a a^T.
void add_square(const Matrix& a, Matrix& c) {
  cblas_dsyrk(CblasColMajor, CblasLower, CblasNoTrans, static_cast<int>(a.rows()), static_cast<int>(a.cols()), 1,
              a.data(), static_cast<int>(a.rows()), 1, c.data(), static_cast<int>(c.rows()));
}

class LowerOperator {
 public:
  using Scalar = double;
  explicit LowerOperator(const Matrix& S) : S_(S) {}
  [[nodiscard]] Index rows() const { return S_.rows(); }
  [[nodiscard]] Index cols() const { return S_.rows(); }
  void perform_op(const double* x, double* y) const {
    const int n = static_cast<int>(S_.rows());
    cblas_dsymv(CblasColMajor, CblasLower, n, 1, S_.data(), n, x, 1, 0, y, 1);
  }

 private:
  const Matrix& S_;
};

/// start: about the eigenvector, and it afterwards.
double top_eigenvalue(const Matrix& S, Vector& start, double tolerance) {
  LowerOperator op(S);
  Spectra::SymEigsSolver<LowerOperator> solver(op, 1, 6);
  solver.init(start.data());
  solver.compute(Spectra::SortRule::LargestAlge, 1000, tolerance);
  if (solver.eigenvalues().size() != 1) return 0;
  start = solver.eigenvectors().col(0);
  return solver.eigenvalues()(0);
}

}  // namespace

__attribute__((visibility("default"))) double secular_lambda_max(const PeerProblem& p) {
  openblas_set_num_threads(1);
  const Index n = p.samples, K = p.neurons, d = p.dimension;
  const double samples = static_cast<double>(n);
  Matrix Z(n, d + 1), W(K, d + 1);
  Z << Map<const Matrix>(p.X, n, d), Vector::Constant(n, -1);
  W << Map<const Matrix>(p.W, K, d), Map<const Vector>(p.b, K);
  const Map<const Vector> v(p.v, K);
  const Matrix margins = product(Z, W);
  const Matrix active = (margins.array() > 0).cast<double>(), hidden = margins.cwiseMax(0.0);
  const Vector r = (hidden * v).array() + p.beta - Map<const Vector>(p.y, n).array();
  const Matrix blocks = product(active.transpose(), (r.asDiagonal() * Z).transpose().eval()) / samples;
  const Matrix V = active * v.asDiagonal(), slopes = product(Z, blocks).cwiseProduct(V);
  const Vector norms2 = blocks.rowwise().squaredNorm();
  Matrix constant = Matrix::Zero(n, n), gram = constant;
  add_square(V, constant);
  add_square(Z, gram);
  constant = (constant.cwiseProduct(gram).array() + 1).matrix();

  Vector start = Vector::Ones(n);
  Matrix S = constant;
  add_square(hidden, S);  // sigma infinite
  double sigma = top_eigenvalue(S, start, 1e-8) / samples;
  for (int step = 0; step < 8; ++step) {
    const Vector scale = (sigma * sigma - norms2.array()).rsqrt();
    S = constant;
    add_square((sigma * hidden + slopes) * scale.asDiagonal(), S);
    const double next = top_eigenvalue(S, start, 1e-10) / samples;  // of sigma M_sigma
    const double change = std::abs(next - sigma);
    sigma = next;
    if (!(change > 1e-10 * sigma)) break;
  }
  return sigma;
}

#else

__attribute__((visibility("default"))) double secular_lambda_max(const PeerProblem&) { return 0; }

#endif
