#include "shatterproof/flatness/bounded_hessian.hpp"

#include <cmath>

#include "shatterproof/linalg/in_parts.hpp"
#include "shatterproof/linalg/pairwise_sum.hpp"
#include "shatterproof/linalg/row_arithmetic.hpp"
#include "shatterproof/numeric/rounding.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

auto real(Index count) { return static_cast<double>(count); }

SHATTERPROOF_CLONES void dots_of_rows(const double* x, const double* y, Index width, double* dots, Index from,
                                      Index to) {
  for (Index k = from; k < to; ++k) dots[k] = row_dot(x + k * width, y + k * width, width);
}

/// |x_k - factor y_k|^2 of each row.
SHATTERPROOF_CLONES void row_distances(const double* x, double factor, const double* y, Index width, double* squares,
                                       Index from, Index to) {
  for (Index k = from; k < to; ++k) {
    Lanes<double> sum = {};
    for (Index j = k * width; j < (k + 1) * width; j += kLanes) {
      const Lanes<double> difference = load_lanes(x + j) - factor * load_lanes(y + j);
      sum += difference * difference;
    }
    squares[k] = sum_of<double>(sum);
  }
}

/// x_k.y_k of each row.
Vector<double> row_dots(const double* x, const double* y, Index rows, Index width) {
  Vector<double> dots(rows);
  in_parts(rows, worthwhile_parts(rows * width),
           [&](Index from, Index to) { dots_of_rows(x, y, width, dots.data(), from, to); });
  return dots;
}

Vector<double> row_norms(const double* rows, Index count, Index width) {
  Vector<double> norms = row_dots(rows, rows, count, width);
  for (double& norm : norms) norm = rounding::root_above(norm);
  return norms;
}

double sum(const Vector<double>& x) { return pairwise_sum(x.data(), x.size()); }
}  // namespace

bool PairBounds::is_finite() const {
  return std::isfinite(quotient) && std::isfinite(quotient_error) && std::isfinite(residual) &&
         std::isfinite(gram_quotient);
}

bool BoundedHessian::is_finite() const {
  return std::isfinite(gram_trace_) && std::isfinite(block_norm_) && std::isfinite(block_error_);
}

BoundedHessian::BoundedHessian(const Problem<double>& problem, const SettleSign& settle, Signs signs)
    : BoundedHessian(problem, pass(problem, settle, signs)) {}

BoundedHessian::Passed BoundedHessian::pass(const Problem<double>& problem, const SettleSign& settle, Signs signs) {
  constexpr double kMostBits = 0x1p29;
  const bool large = real(problem.data.samples()) * real(problem.network.neurons()) > kMostBits;
  if (signs == Signs::sparse || (signs == Signs::automatic && large)) {
    SparsePass sparse = sparse_pass(problem, settle);
    auto pattern = std::make_shared<const MaskedPattern>(sparse.pairs);
    return {std::move(sparse), std::move(pattern)};
  }
  ForwardPass dense = forward_pass(problem, settle);
  auto pattern = std::make_shared<const MaskedPattern>(dense.active);
  return {std::move(dense), std::move(pattern)};
}

/// Step 3: computes the residuals; returns upper bounds of their errors.
Vector<double> BoundedHessian::set_residuals(const Problem<double>& problem) {
  const Index n = hessian_.samples(), lifted = hessian_.lifted_dimension();
  const double beta = problem.network.beta;
  auto of_neurons = LaneRows<double>::unset(hessian_.neurons(), hessian_.width()),
       of_samples = LaneRows<double>::unset(n, hessian_.width());
  in_parts(of_neurons.rows(), hessian_.parts_of_neurons(), [&](Index from, Index to) {
    const double* outputs = hessian_.outputs().data();
    scale_rows({from, to}, hessian_.weights(), outputs, of_neurons);
    for (Index k = from; k < to; ++k) of_neurons(k, lifted) = std::abs(outputs[k]) * neuron_norms_(k);
  });
  const MaskedSum& over_neurons = hessian_.pattern().over_neurons;
  over_neurons.apply(of_neurons, of_samples);
  residuals_.resize(n);
  hessian_.project(beta, of_samples, residuals_.data());
  residuals_ -= problem.data.y;
  const double gamma = rounding::gamma(real(over_neurons.depth() + hessian_.width() / kLanes) + 14);
  Vector<double> errors(n);
  for (Index i = 0; i < n; ++i)
    errors(i) = rounding::kSlack *
                (gamma * (sample_norms_(i) * of_samples(i, lifted) + std::abs(beta) + std::abs(problem.data.y(i))) +
                 rounding::kUnderflow);
  return errors;
}

/// Steps 2 to 4.
BoundedHessian::BoundedHessian(const Problem<double>& problem, const Passed& passed)
    : hessian_(problem, passed.pattern),
      neuron_norms_(passed.bounds.neuron_norms(hessian_.pattern().alive)),
      sample_norms_(passed.bounds.sample_norms) {
  const Index n = hessian_.samples(), A = hessian_.neurons();
  const Vector<double> errors = set_residuals(problem);
  const double sum_error = rounding::gamma(real(hessian_.pattern().over_samples.depth()) + 5);
  double carried = 0;
  for (Index i = 0; i < n; ++i) carried += sample_norms_(i) * (errors(i) + sum_error * std::abs(residuals_(i)));
  block_error_ = rounding::kSlack * (carried / real(n) + rounding::kUnderflow);

  const AlignedVector<double> squares = hessian_.set_blocks(residuals_, sample_norms_.cwiseAbs2());
  block_norms_ = row_norms(hessian_.blocks().row(0), A, hessian_.width());
  for (const double norm : block_norms_) block_norm_ = std::max(block_norm_, norm);

  double trace = passed.bounds.hidden_norm * passed.bounds.hidden_norm;
  for (Index k = 0; k < A; ++k) {
    const double v = hessian_.outputs()[static_cast<std::size_t>(k)];
    trace += v * v * squares[static_cast<std::size_t>(k)];
  }
  gram_trace_ = rounding::kSlack * (1 + trace / real(n));
}

/// H'u computed, and what its error is made of.
struct BoundedHessian::Product {
  MaskedHessian<double>::Workspace work;
  AlignedVector<double> values;
  Vector<double> row_norms;                 // >= |u_k|, the row of neuron k
  Vector<double> slope_errors, sum_errors;  // of g_i and of R_k = sum_i a_ik g_i z_i
};

/// Steps 5 and 6: as MaskedHessian::apply, the bounds of g and R travelling in the column after z_i and (w_k; b_k).
void BoundedHessian::multiply(const double* u, Product& product) const {
  const Index n = hessian_.samples(), A = hessian_.neurons(), bound = hessian_.lifted_dimension();
  // References, not a structured binding: clang 14 does not let lambdas capture one.
  LaneRows<double>& q = product.work.of_neurons;
  LaneRows<double>& R = product.work.sums_of_neurons;
  LaneRows<double>& rows = product.work.of_samples;
  LaneRows<double>& Q = product.work.sums_of_samples;
  AlignedVector<double>& g = product.work.slopes;
  const double* outputs = u + hessian_.outputs_at();
  const auto& [alive, over_samples, over_neurons] = hessian_.pattern();
  hessian_.combine(u, q);
  in_parts(A, hessian_.parts_of_neurons(), [&](Index from, Index to) {
    for (Index k = from; k < to; ++k)
      q(k, bound) = std::abs(outputs[k]) * neuron_norms_(k) +
                    std::abs(hessian_.outputs()[static_cast<std::size_t>(k)]) * product.row_norms(k);
  });
  over_neurons.apply(q, Q);
  hessian_.project(u[hessian_.bias_at()], Q, g.data());
  const double slope_gamma = rounding::gamma(real(over_neurons.depth() + hessian_.width() / kLanes) + 14);
  const double sum_gamma = rounding::gamma(real(over_samples.depth()) + 5);
  hessian_.spread(g.data(), rows);
  for (Index i = 0; i < n; ++i) {
    const double error =
        rounding::kSlack *
        (slope_gamma * (sample_norms_(i) * Q(i, bound) + std::abs(u[hessian_.bias_at()])) + rounding::kUnderflow);
    product.slope_errors(i) = error;
    rows(i, bound) = sample_norms_(i) * (error + sum_gamma * std::abs(g[static_cast<std::size_t>(i)]));
  }
  over_samples.apply(rows, R);
  in_parts(A, hessian_.parts_of_neurons(), [&](Index from, Index to) {
    for (Index k = from; k < to; ++k) product.sum_errors(k) = rounding::kSlack * std::exchange(R(k, bound), 0.0);
  });
  hessian_.collect(u, g.data(), R, product.values.data());
}

/// Step 8.
double BoundedHessian::residual_bound(const AlignedVector<double>& u, const Product& product, double quotient) const {
  const Index A = hessian_.neurons(), width = hessian_.width();
  const double n = real(hessian_.samples()), size = std::abs(quotient);
  const Vector<double> sum_norms = row_norms(product.work.sums_of_neurons.row(0), A, width);
  Vector<double> distances(A);
  in_parts(A, hessian_.parts_of_neurons(), [&](Index from, Index to) {
    row_distances(product.values.data(), quotient, u.data(), width, distances.data(), from, to);
  });
  const double row_gamma = rounding::gamma(8), output_gamma = rounding::gamma(real(width) / kLanes + 12);
  double squares = 0, errors = 0;
  const auto bias = static_cast<std::size_t>(hessian_.bias_at());
  for (Index k = 0; k < A; ++k) {
    const auto at = static_cast<std::size_t>(hessian_.outputs_at() + k);
    const double v = std::abs(hessian_.outputs()[static_cast<std::size_t>(k)]), slope = std::abs(u[at]);
    const double row = product.row_norms(k), sum = sum_norms(k), carried = product.sum_errors(k);
    const double row_error = v / n * carried + row_gamma * (v / n * sum + slope * block_norms_(k) + size * row);
    const double output_error = neuron_norms_(k) / n * carried +
                                output_gamma * (neuron_norms_(k) / n * sum + block_norms_(k) * row + size * slope);
    const double difference = product.values[at] - quotient * u[at];
    squares += distances(k) + difference * difference;
    errors += row_error * row_error + output_error * output_error;
  }
  const double difference = product.values[bias] - quotient * u[bias];
  const Vector<double> slopes = Vector<double>::Map(product.work.slopes.data(), hessian_.samples()).cwiseAbs();
  const double bias_error = sum(product.slope_errors) / n + rounding::gamma(sum_depth(hessian_.samples()) + 6) *
                                                                (sum(slopes) / n + size * std::abs(u[bias]));
  return rounding::kSlack * (rounding::root_above(squares + difference * difference) +
                             rounding::root_above(errors + bias_error * bias_error) + rounding::kUnderflow);
}

double BoundedHessian::lower_bound(const PairBounds& pair) const {
  const double below = pair.quotient_error + block_error_;
  // H_beta,beta = 1 (Fact 1.1)
  return std::max(1.0, pair.quotient - (rounding::kSlack * below + 4 * rounding::kUnit * pair.quotient));
}

PairBounds BoundedHessian::enclose(const AlignedVector<double>& u) const {
  const Index n = hessian_.samples(), A = hessian_.neurons(), width = hessian_.width();
  Product product{hessian_.workspace(), AlignedVector<double>(u.size()), Vector<double>(A), Vector<double>(n),
                  Vector<double>(A)};
  const double* outputs = u.data() + hessian_.outputs_at();
  const double bias = u[static_cast<std::size_t>(hessian_.bias_at())];
  Vector<double> squares = row_dots(u.data(), u.data(), A, width);
  for (Index k = 0; k < A; ++k) product.row_norms(k) = rounding::root_above(squares(k));
  for (Index k = 0; k < A; ++k) squares(k) += outputs[k] * outputs[k];
  const double norm2 = sum(squares) + bias * bias;
  if (!(norm2 > 0.25 && norm2 < 4)) return {.quotient = std::nan("")};
  multiply(u.data(), product);

  // Step 7: u.H'u = 1/n sum_i g_i^2 + 2 sum_k u_v,k s'_k.u_k.
  Vector<double> slope_squares(n), slope_losses(n), block_sizes(A);
  for (Index i = 0; i < n; ++i) {
    const double g = product.work.slopes[static_cast<std::size_t>(i)], error = product.slope_errors(i);
    slope_squares(i) = g * g;
    slope_losses(i) = (2 * std::abs(g) + error) * error;
  }
  Vector<double> crossed = row_dots(hessian_.blocks().row(0), u.data(), A, width);
  for (Index k = 0; k < A; ++k) {
    crossed(k) *= outputs[k];
    block_sizes(k) = std::abs(outputs[k]) * block_norms_(k) * product.row_norms(k);
  }
  const double gram = sum(slope_squares) / real(n), blocks = 2 * sum(crossed);
  const double row_depth = real(width) / kLanes + 8;
  const double gram_error = rounding::kSlack * (sum(slope_losses) / real(n) + rounding::gamma(sum_depth(n) + 4) * gram);
  const double block_error = 2 * rounding::gamma(row_depth + sum_depth(A)) * sum(block_sizes);
  PairBounds bounds;
  bounds.quotient = (gram + blocks) / norm2;
  bounds.quotient_error =
      rounding::kSlack *
      ((gram_error + block_error + 4 * rounding::kUnit * (gram + std::abs(blocks)) + rounding::kUnderflow) / norm2 +
       rounding::gamma(row_depth + sum_depth(A)) * std::abs(bounds.quotient));
  bounds.gram_quotient = std::max(0.0, (1 - 1e-9) * (gram - gram_error) / norm2);
  bounds.residual = rounding::kSlack * residual_bound(u, product, bounds.quotient) / std::sqrt(norm2);
  return bounds;
}

}  // namespace shatterproof
