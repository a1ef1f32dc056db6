#include "shatterproof/flatness/float_certificate.hpp"

#include <Eigen/Cholesky>
#include <cmath>

#include "shatterproof/linalg/lower_products.hpp"
#include "shatterproof/network/convert.hpp"
#include "shatterproof/network/forward_pass.hpp"
#include "shatterproof/numeric/rounding.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

constexpr double kLargest = 1e75;  // no product of four quantities overflows

bool is_moderate(double x) { return std::abs(x) <= kLargest; }  // false for NaN
bool is_moderate(const Matrix<double>& A) {
  return A.size() == 0 || is_moderate(A.cwiseAbs().maxCoeff<Eigen::PropagateNaN>());
}

LaneRows<double> rows_of(const Matrix<double>& A) {
  LaneRows<double> rows(A.rows(), A.cols());
  for (Index k = 0; k < A.cols(); ++k)
    for (Index i = 0; i < A.rows(); ++i) rows(i, k) = A(i, k);
  return rows;
}

/// A bound e for which t I - N + e I is positive semidefinite (step 8); NaN when the factorisation broke down. Only the
/// lower triangle of N is read.
double definiteness_error(const Matrix<double>& N, double t) {
  const Index n = N.rows();
  Matrix<double> A = -N;
  A.diagonal().array() += t;
  const Eigen::LLT<Matrix<double>, Eigen::Lower> factorisation(A);
  const Matrix<double> L = factorisation.matrixL();
  const double largest = A.diagonal().cwiseAbs().maxCoeff<Eigen::PropagateNaN>();
  A.selfadjointView<Eigen::Lower>().rankUpdate(L, -1);
  A = A.selfadjointView<Eigen::Lower>();
  const Matrix<double> sizes = L.cwiseAbs();
  const Vector<double> row_sums = sizes * (sizes.transpose() * Vector<double>::Ones(n));  // of |L| |L|^T
  return rounding::kSlack *
         (A.norm() + rounding::gamma(2 * static_cast<double>(n) + 20) * row_sums.maxCoeff<Eigen::PropagateNaN>() +
          2 * rounding::kUnit * largest + rounding::kUnderflow);
}

}  // namespace

std::optional<FloatCertificate> FloatCertificate::prepare(const Problem<Ball>& problem,
                                                          const ActivationPattern& pattern) {
  const auto rounded = close_doubles(problem);
  if (!rounded || !shatterproof::is_moderate(*rounded) || !rounding::is_to_nearest()) return {};
  FloatCertificate certificate(Hessian<double>(*rounded, pattern), *rounded);
  const bool moderate = is_moderate(certificate.hidden_) && is_moderate(certificate.slopes_) &&
                        is_moderate(certificate.constant_) && is_moderate(certificate.norms_) &&
                        is_moderate(certificate.hidden_error_) && is_moderate(certificate.slope_error_) &&
                        is_moderate(certificate.constant_trace_) && is_moderate(certificate.direct_error_);
  if (!moderate) return {};
  return certificate;
}

FloatCertificate::FloatCertificate(Hessian<double> hessian, const Problem<double>& problem)
    : hessian_(std::move(hessian)) {
  const Index n = hessian_.samples(), K = hessian_.neurons();
  hidden_ = slopes_ = Matrix<double>::Zero(n, K);
  Matrix<double> V = Matrix<double>::Zero(n, K);
  counts_ = Vector<double>::Zero(K);
  const Matrix<double> products = hessian_.lifted().transpose() * hessian_.blocks();  // z_i.s_k
  for (Index k = 0; k < K; ++k)
    for (Index i = 0; i < n; ++i) {
      if (!hessian_.pattern().active(i, k)) continue;
      V(i, k) = hessian_.output_weights()(k);
      hidden_(i, k) = hessian_.hidden()(i, k);
      slopes_(i, k) = V(i, k) * products(i, k);
      counts_(k) += 1;
    }
  const Matrix<double> gram = hessian_.lifted().transpose() * hessian_.lifted();
  bound_errors(problem);
  if (hessian_.size() < n) {
    form_directly();
    return;
  }
  constant_ = lower_products(rows_of(V)).cwiseProduct(gram) + Matrix<double>::Ones(n, n);
  constant_trace_ = rounding::kSlack * V.rowwise().squaredNorm().dot(gram.diagonal());
}

/// Step 9: H itself, when that is the smaller matrix.
void FloatCertificate::form_directly() {
  const auto n = static_cast<double>(hessian_.samples()), d = static_cast<double>(hessian_.lifted().rows() - 1);
  const Matrix<double> jacobian = hessian_.jacobian();
  direct_ = jacobian * jacobian.transpose() / n;
  const Index width = hessian_.lifted().rows();
  for (Index k = 0; k < hessian_.neurons(); ++k)
    direct_.col(1 + k * (width + 1)).segment(2 + k * (width + 1), width) += hessian_.blocks().col(k);
  const double norm = rounding::kSlack * jacobian.norm();
  const double carried =
      rounding::kSlack * std::sqrt(counts_.dot(hidden_error_.cwiseAbs2())) + rounding::gamma(5) * norm;
  direct_error_ = rounding::kSlack * ((carried * (2 * norm + carried) + rounding::gamma(n + 10) * norm * norm) / n +
                                      block_error_ + rounding::gamma(d + 10) * block_norm_ + rounding::kUnderflow);
}

/// Steps 1 to 4 of the note. All sums are of nonnegative terms.
void FloatCertificate::bound_errors(const Problem<double>& problem) {
  const auto n = static_cast<double>(hessian_.samples()), K = static_cast<double>(hessian_.neurons()),
             d = static_cast<double>(problem.network.dimension());
  const double radius = rounding::root_above(problem.data.X.rowwise().squaredNorm().maxCoeff());
  const double lifted = rounding::kSlack * std::sqrt(1 + radius * radius);
  const auto& v = problem.network.v;
  const Vector<double> size =
      rounding::kSlack * (radius * problem.network.W.rowwise().squaredNorm().unaryExpr(&rounding::root_above) +
                          problem.network.b.cwiseAbs());
  hidden_error_ = rounding::gamma(d + 10) * size;  // step 1
  // Step 2: the residuals.
  const Vector<double> outputs = hidden_.cwiseAbs() * v.cwiseAbs();
  const double carried = rounding::kSlack * v.cwiseAbs().dot(hidden_error_);
  const Vector<double> r = residuals(problem, hessian_.pattern()).cwiseAbs();
  Vector<double> weight(hessian_.samples());  // of sample i in the error of s_k
  for (Index i = 0; i < weight.size(); ++i) {
    const double terms = outputs(i) + std::abs(problem.network.beta) + std::abs(problem.data.y(i));
    weight(i) = rounding::kSlack * (carried + rounding::gamma(K + 10) * terms + rounding::gamma(n + 10) * r(i));
  }
  // Step 3: s_k, and step 4: e_ik.
  norms_.resize(hessian_.neurons());
  slope_error_.resize(hessian_.neurons());
  for (Index k = 0; k < norms_.size(); ++k) {
    double sum = 0;
    for (Index i = 0; i < weight.size(); ++i)
      if (hessian_.pattern().active(i, k)) sum += weight(i);
    const double error = rounding::kSlack * (lifted / n * sum + rounding::kUnderflow);
    const double norm = hessian_.blocks().col(k).norm() * (1 + rounding::gamma(d + 10));
    norms_(k) = (norm + error) * (1 + 4 * rounding::kUnit);
    block_error_ = std::max(block_error_, error);
    block_norm_ = std::max(block_norm_, norms_(k));
    slope_error_(k) = rounding::kSlack * std::abs(v(k)) * lifted * (error + rounding::gamma(d + 10) * norm);
  }
}

/// total I - N positive definite implies sigma I - H positive definite.
struct FloatCertificate::Shifted {
  Matrix<double> N;  // lower triangle: N_sigma or a matrix above it, or H; rounded
  double error;      // how far N may be from that in norm
  double total;      // n sigma, or sigma
};

/// Steps 5 to 7, or step 9.
std::optional<FloatCertificate::Shifted> FloatCertificate::shifted(double sigma) const {
  if (!(sigma > 0) || !is_moderate(sigma)) return {};
  if (direct_.size() > 0) return Shifted{direct_, direct_error_, sigma};
  const auto n = static_cast<double>(hessian_.samples()), K = static_cast<double>(hessian_.neurons()),
             d = static_cast<double>(hessian_.lifted().rows() - 1);
  Vector<double> scale(hessian_.neurons());  // g_k >= 1/sqrt(sigma^2 - ||s_k||^2)
  for (Index k = 0; k < scale.size(); ++k) {
    const double gap = sigma - norms_(k);
    if (!(gap > 0)) return {};
    scale(k) = (1 + 16 * rounding::kUnit) / std::sqrt(gap * (sigma + norms_(k)));
  }
  if (!is_moderate(scale)) return {};
  const Matrix<double> C = (sigma * hidden_ + slopes_) * scale.asDiagonal();
  const Matrix<double> sizes = (sigma * hidden_.cwiseAbs() + slopes_.cwiseAbs()) * scale.asDiagonal();
  const Vector<double> carried = scale.cwiseProduct(sigma * hidden_error_ + slope_error_);
  const double error =
      rounding::kSlack * (std::sqrt(counts_.dot(carried.cwiseAbs2())) + rounding::gamma(10) * sizes.norm());
  const double norm = rounding::kSlack * C.norm(), trace = norm * norm;
  if (!is_moderate(trace) || !is_moderate(error)) return {};
  Shifted result{constant_, 0, n * sigma};
  result.N += lower_products(rows_of(C));
  const double exact_part = n + constant_trace_;  // of 1 1^T + (V V^T) o (Z Z^T)
  result.error = rounding::kSlack * (error * (2 * norm + error) + rounding::gamma(K + 10) * (trace + exact_part) +
                                     rounding::gamma(K + d + 30) * constant_trace_ + rounding::kUnderflow);
  return result;
}

bool FloatCertificate::certify(double sigma) const {
  const auto matrix = shifted(sigma);
  if (!matrix) return false;
  const auto order = static_cast<double>(matrix->N.rows());
  const double total = matrix->total;
  double shift = 2 * (matrix->error + 8 * rounding::gamma(order + 10) * total);
  for (int attempt = 0; attempt < 3; ++attempt) {
    const double needed =
        rounding::kSlack * (matrix->error + 3 * rounding::kUnit * total + definiteness_error(matrix->N, total - shift));
    if (shift > needed) return true;
    shift = 1.25 * needed;  // NaN when the factorisation failed: then nothing is ever certified
  }
  return false;
}

double FloatCertificate::approx_resolution(double sigma) const {
  const auto matrix = shifted(sigma);
  if (!matrix) return 1;
  return 2 * matrix->error / matrix->total + 16 * rounding::gamma(static_cast<double>(matrix->N.rows()) + 10);
}

}  // namespace shatterproof
