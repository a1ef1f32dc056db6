#include "shatterproof/flatness/float_certificate.hpp"

#include <algorithm>
#include <cmath>

#include "shatterproof/linalg/bit_products.hpp"
#include "shatterproof/linalg/lower_products.hpp"
#include "shatterproof/network/convert.hpp"
#include "shatterproof/numeric/rounding.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

constexpr Index kLargestOrder = 12'000, kMostEntries = 200'000'000;  // some gigabytes
constexpr double kLargest = 1e75;                                    // no product of four quantities overflows

bool is_moderate(double x) { return std::abs(x) <= kLargest; }  // false for NaN
bool is_moderate(const Vector<double>& x) {
  return x.size() == 0 || is_moderate(x.cwiseAbs().maxCoeff<Eigen::PropagateNaN>());
}

auto product_depth(Index width) { return static_cast<double>(lower_products_depth(width)); }

double frobenius(const LaneRows<double>& A) {
  const Index size = A.rows() * A.width();
  return size == 0 ? 0 : rounding::kSlack * Vector<double>::Map(A.row(0), size).norm();
}

/// A bound e for which t I - N + e I is positive semidefinite (step 8); NaN when the factorisation broke down. Only the
/// lower triangle of N is read.
double definiteness_error(const LaneRows<double>& N, Index n, double t) {
  LaneRows<double> A(n, n);
  double largest = 0;
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < i; ++j) A(i, j) = -N(i, j);
    A(i, i) = t - N(i, i);
    largest = std::max(largest, std::abs(A(i, i)));
  }
  const LaneRows<double> L = approx_cholesky(A), products = lower_products_of_factor(L);
  double residual2 = 0;                                                       // NaN if A or L has one
  Vector<double> column_sums = Vector<double>::Zero(L.width()), row_sums(n);  // of |L|; of |L| |L|^T
  for (Index i = 0; i < n; ++i) {
    const auto row = Vector<double>::Map(L.row(i), L.width());
    column_sums += row.cwiseAbs();
    const auto difference = Vector<double>::Map(A.row(i), i + 1) - Vector<double>::Map(products.row(i), i + 1);
    residual2 += 2 * difference.squaredNorm();  // the diagonal twice, which does no harm
  }
  for (Index i = 0; i < n; ++i) row_sums(i) = Vector<double>::Map(L.row(i), L.width()).cwiseAbs().dot(column_sums);
  return rounding::kSlack * (rounding::root_above(residual2) +
                             rounding::gamma(product_depth(n) + 10) * row_sums.maxCoeff<Eigen::PropagateNaN>() +
                             2 * rounding::kUnit * largest + rounding::kUnderflow);
}

}  // namespace

std::optional<FloatCertificate> FloatCertificate::prepare(const Problem<Ball>& problem,
                                                          const ActivationPattern& pattern) {
  const auto rounded = close_doubles(problem);
  if (!rounded || !shatterproof::is_moderate(*rounded) || !rounding::is_ieee()) return {};
  return prepare(BoundedHessian(
      *rounded, [&](Index i, Index k) { return pattern.active(i, k); }, BoundedHessian::Signs::dense));
}

std::optional<FloatCertificate> FloatCertificate::prepare(const BoundedHessian& bounded) {
  const MaskedHessian<double>& hessian = bounded.hessian();
  if (!rounding::is_ieee() || !bounded.is_finite() || !hessian.pattern().over_samples.has_bits()) return {};
  // Six matrices of that order at once, and Phi twice where H itself is formed.
  const Index n = hessian.samples(), p = hessian.parameters();
  if (std::min(n, p) > kLargestOrder || (p < n && n > kMostEntries / p)) return {};
  FloatCertificate certificate(bounded);
  const bool moderate = is_moderate(certificate.radius_) && is_moderate(certificate.norms_) &&
                        is_moderate(certificate.bounded_.neuron_norms()) && is_moderate(certificate.constant_trace_) &&
                        is_moderate(certificate.direct_error_);
  if (!moderate) return {};
  return certificate;
}

FloatCertificate::FloatCertificate(BoundedHessian bounded)
    : bounded_(std::move(bounded)), radius_(bounded_.sample_norms().maxCoeff<Eigen::PropagateNaN>()) {
  const MaskedHessian<double>& hessian = bounded_.hessian();
  const Index A = hessian.neurons();
  counts_ = hessian.pattern().over_samples.bits().column_counts();
  norms_.resize(A);
  for (Index k = 0; k < A; ++k) {
    const double norm = Vector<double>::Map(hessian.blocks().row(k), hessian.width()).norm();
    norms_(k) = norm * (1 + rounding::gamma(static_cast<double>(hessian.width()) + 10)) +
                rounding::kSlack * (bounded_.block_error() + rounding::kUnderflow);
    norms_(k) *= 1 + 4 * rounding::kUnit;
  }
  if (hessian.parameters() < hessian.samples())
    form_directly();
  else
    form_constant();
}

/// The norm of a matrix whose entries at the active samples i of neuron k are at most e_k |z_i|.
double FloatCertificate::carried_error(const Vector<double>& of_neurons) const {
  double squares = 0;
  for (Index k = 0; k < of_neurons.size(); ++k)
    squares += static_cast<double>(counts_[static_cast<std::size_t>(k)]) * of_neurons(k) * of_neurons(k);
  return radius_ * rounding::root_above(squares);
}

/// Step 7, what does not depend on sigma.
void FloatCertificate::form_constant() {
  const MaskedHessian<double>& hessian = bounded_.hessian();
  const Index n = hessian.samples();
  AlignedVector<double> squares(hessian.outputs());
  for (double& v : squares) v *= v;
  constant_ = lower_products(hessian.lifted_samples());
  // V V^T a few columns at a time, so that they stay in the cache.
  constexpr Index kColumns = 32;
  LaneRows<double> factors(hessian.neurons(), std::min(kColumns, n)), common(n, factors.width());
  for (Index first = 0; first < n; first += kColumns) {
    masked_factors(squares, hessian.pattern().over_samples.bits(), first / kLanes, factors);
    hessian.pattern().over_neurons.apply(factors, common);
    for (Index i = first; i < n; ++i)
      for (Index j = first; j < std::min(first + kColumns, i + 1); ++j) {
        const double entry = common(i, j - first) * constant_(i, j);
        constant_trace_ += i == j ? entry : 0;
        constant_(i, j) = 1 + entry;
      }
  }
  constant_trace_ *= rounding::kSlack;
}

/// Step 9: H itself, when that is the smaller matrix.
void FloatCertificate::form_directly() {
  const MaskedHessian<double>& hessian = bounded_.hessian();
  const Index n = hessian.samples(), A = hessian.neurons(), lifted = hessian.lifted_dimension();
  const auto& pattern = hessian.pattern();
  LaneRows<double> weights(lifted, A), hidden(n, A), outputs(A, n);
  for (Index k = 0; k < A; ++k)
    for (Index j = 0; j < lifted; ++j) weights(j, k) = hessian.weights()(k, j);
  masked_products(hessian.lifted_samples(), weights, pattern.over_neurons.bits(), 0, hidden);
  masked_factors(hessian.outputs(), pattern.over_samples.bits(), 0, outputs);
  LaneRows<double> jacobian(hessian.parameters(), n);
  for (Index i = 0; i < n; ++i) jacobian(0, i) = 1;
  for (Index k = 0; k < A; ++k)
    for (Index i = 0; i < n; ++i) {
      const Index first = 1 + k * (lifted + 1);
      jacobian(first, i) = hidden(i, k);
      for (Index j = 0; j < lifted; ++j) jacobian(first + 1 + j, i) = outputs(k, i) * hessian.lifted_samples()(i, j);
    }
  direct_ = lower_products(jacobian);
  const auto count = static_cast<double>(n);
  for (Index p = 0; p < jacobian.rows(); ++p)
    for (Index q = 0; q <= p; ++q) direct_(p, q) /= count;
  for (Index k = 0; k < A; ++k)
    for (Index j = 0; j < lifted; ++j)
      direct_(2 + k * (lifted + 1) + j, 1 + k * (lifted + 1)) += hessian.blocks()(k, j);
  const double norm = frobenius(jacobian), d = static_cast<double>(lifted);
  const double block = norms_.size() == 0 ? 0 : norms_.maxCoeff<Eigen::PropagateNaN>();
  const double carried =
      rounding::kSlack * (carried_error(rounding::gamma(d + 10) * bounded_.neuron_norms()) + rounding::gamma(5) * norm);
  direct_error_ = rounding::kSlack *
                  ((carried * (2 * norm + carried) + rounding::gamma(product_depth(n) + 10) * norm * norm) / count +
                   bounded_.block_error() + rounding::gamma(d + 10) * block + rounding::kUnderflow);
}

/// total I - N positive definite implies sigma I - H positive definite.
struct FloatCertificate::Shifted {
  LaneRows<double> N;  // lower triangle: N_sigma or a matrix above it, or H; rounded
  Index order;
  double error;  // how far N may be from that in norm
  double total;  // n sigma, or sigma
};

/// Steps 5 to 7, or step 9.
std::optional<FloatCertificate::Shifted> FloatCertificate::shifted(double sigma) const {
  if (!(sigma > 0) || !is_moderate(sigma)) return {};
  const MaskedHessian<double>& hessian = bounded_.hessian();
  const Index A = hessian.neurons(), lifted = hessian.lifted_dimension();
  if (direct_.rows() > 0) return Shifted{direct_, hessian.parameters(), direct_error_, sigma};
  const auto n = static_cast<double>(hessian.samples()), d = static_cast<double>(lifted);
  LaneRows<double> columns(lifted, A);  // g_k (sigma (w_k; b_k) + v_k s_k)
  Vector<double> errors(A);             // of C_ik, for |z_i| = 1
  for (Index k = 0; k < A; ++k) {
    const double gap = sigma - norms_(k);
    if (!(gap > 0)) return {};
    const double scale = (1 + 16 * rounding::kUnit) / std::sqrt(gap * (sigma + norms_(k)));  // g_k
    const double v = hessian.outputs()[static_cast<std::size_t>(k)];
    for (Index j = 0; j < lifted; ++j)
      columns(j, k) = scale * (sigma * hessian.weights()(k, j) + v * hessian.blocks()(k, j));
    const double size = sigma * bounded_.neuron_norms()(k) + std::abs(v) * norms_(k);
    errors(k) = scale * (rounding::gamma(d + 20) * size + std::abs(v) * bounded_.block_error());
  }
  if (!is_moderate(errors)) return {};
  const double error = rounding::kSlack * (carried_error(errors) + rounding::kUnderflow);
  Shifted result{constant_, hessian.samples(), 0, n * sigma};
  LaneRows<double> C(hessian.samples(), std::min(A, kProductSegment));  // of so many neurons at a time
  double squares = 0, blocks = 0;
  for (Index first = 0; first < A; first += kProductSegment, ++blocks) {
    masked_products(hessian.lifted_samples(), columns, hessian.pattern().over_neurons.bits(), first / kLanes, C);
    add_lower_products(C, result.N);
    squares += frobenius(C) * frobenius(C);
  }
  const double norm = rounding::root_above(squares), trace = norm * norm;
  if (!is_moderate(trace) || !is_moderate(error)) return {};
  const auto common_depth = static_cast<double>(hessian.pattern().over_neurons.depth());
  const double exact_part = n + constant_trace_;  // of 1 1^T + (V V^T) o (Z Z^T)
  result.error = rounding::kSlack *
                 (error * (2 * norm + error) + rounding::gamma(product_depth(A) + 10) * trace +
                  rounding::gamma(blocks + 10) * exact_part +
                  rounding::gamma(common_depth + product_depth(lifted) + 20) * constant_trace_ + rounding::kUnderflow);
  return result;
}

bool FloatCertificate::certify(double sigma) const {
  const auto matrix = shifted(sigma);
  if (!matrix) return false;
  const double total = matrix->total;
  double shift = 2 * (matrix->error + 8 * rounding::gamma(product_depth(matrix->order) + 10) * total);
  for (int attempt = 0; attempt < 3; ++attempt) {
    const double needed = rounding::kSlack * (matrix->error + 3 * rounding::kUnit * total +
                                              definiteness_error(matrix->N, matrix->order, total - shift));
    if (shift > needed) return true;
    if (!std::isfinite(needed)) return false;  // the factorisation broke down
    shift = 1.25 * needed;
  }
  return false;
}

std::optional<DoubleEnclosure> enclose_by_cholesky(const BoundedHessian& bounded, double tolerance) {
  if (bounded.hessian().neurons() == 0) return DoubleEnclosure{1, 1, "no neuron is active on the data", {}};
  const auto certificate = FloatCertificate::prepare(bounded);
  if (!certificate) return {};
  RitzPair<double> ritz = approx_top_pair(bounded.hessian(), tolerance / 16);
  if (ritz.vector.empty()) return {};
  const PairBounds pair = bounded.enclose(ritz.vector);
  if (!pair.is_finite()) return {};
  const double lower = bounded.lower_bound(pair), most = lower + (1 - 1e-9) * tolerance * lower;
  for (double step = tolerance / 4; step < 2 * tolerance; step *= 2) {
    const double upper = std::min(pair.quotient * (1 + step), most);
    if (certificate->certify(upper))
      return DoubleEnclosure{lower, upper,
                             "Cholesky of n sigma (I - M_sigma) in double, every rounding error bounded; "
                             "Rayleigh quotient below",
                             std::move(ritz.vector)};
  }
  return {};
}

}  // namespace shatterproof
