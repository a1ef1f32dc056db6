#include <cmath>

#include "shatterproof/flatness/fixed_hessian.hpp"
#include "shatterproof/numeric/rounding.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

auto real(Index count) { return static_cast<double>(count); }
auto real(std::size_t count) { return static_cast<double>(count); }

/// Sizes (Euclidean norms of rows) and errors in units, of each row.
struct Stage {
  double size, error;
};

/// Rows of neurons -> their sums over the active ones -> slopes z.sum -> rows slope z -> their sums over the samples.
struct Passage {
  Stage rows, slopes, spread, sums;

  /// extra: what the slopes get besides, in size and in additions.
  Passage(const ExactInputs& inputs, const LiftedNorms& norms, Stage neurons, Stage extra) : rows(neurons) {
    const double n = real(inputs.samples()), A = real(inputs.neurons()), I = real(inputs.parts.size());
    const double lifted = real(inputs.lifted), z = norms.samples.maxCoeff();
    slopes = {z * A * rows.size + extra.size, lifted * I + extra.error + std::sqrt(lifted) * z * A * rows.error};
    spread = {z * slopes.size, z * slopes.error + I};
    sums = {n * spread.size, n * spread.error};
  }
};

/// |u_k| and |u_v,k| of the sum of the parts, and |u_beta|.
struct Rows {
  Vector<double> rows, slopes;
  double bias = 0;
};

Rows rows_of(const ExactInputs& inputs, const VectorParts& u) {
  const Index A = inputs.neurons(), width = inputs.parts.front().weights.width();
  Rows norms{Vector<double>::Zero(A), Vector<double>::Zero(A)};
  for (const AlignedVector<double>& part : u) {
    for (Index k = 0; k < A; ++k) {
      const auto row = Vector<double>::Map(part.data() + k * width, width);
      norms.rows(k) += rounding::root_above(row.squaredNorm());
      norms.slopes(k) += std::abs(part[static_cast<std::size_t>(A * width + k)]);
    }
    norms.bias += std::abs(part[part.size() - kLanes]);
  }
  return norms;
}

}  // namespace

FixedBounds fixed_bounds(const ExactInputs& inputs, const LiftedNorms& norms, const VectorParts& u) {
  const double n = real(inputs.samples()), I = real(inputs.parts.size()), P = real(u.size());
  const double lifted = real(inputs.lifted), root = std::sqrt(lifted);
  const Index A = inputs.neurons();
  const Rows rows = rows_of(inputs, u);
  double labels = 0, bias = 0;
  Vector<double> v = Vector<double>::Zero(A);
  for (const ExactInputs::Part& part : inputs.parts) {
    labels += part.labels.cwiseAbs().maxCoeff();
    bias += std::abs(part.bias);
    for (Index k = 0; k < A; ++k) v(k) += std::abs(part.outputs[static_cast<std::size_t>(k)]);
  }
  const auto& w = norms.neurons;
  const Passage blocks(inputs, norms, {v.cwiseProduct(w).maxCoeff(), I * I}, {labels + bias, 2 * I});
  const Vector<double> combined = rows.slopes.cwiseProduct(w) + v.cwiseProduct(rows.rows);
  const Passage product(inputs, norms, {combined.maxCoeff(), 2 * P * I}, {rows.bias, P});

  double squares = 0, largest_row = n * product.slopes.size, norm2 = rows.bias * rows.bias;
  for (Index k = 0; k < A; ++k) {
    const double row = v(k) * product.sums.error + rows.slopes(k) * blocks.sums.error + I + P;
    const double output = root * (w(k) * product.sums.error + rows.rows(k) * blocks.sums.error) + lifted * (I + P);
    squares += lifted * row * row + output * output;
    norm2 += rows.rows(k) * rows.rows(k) + rows.slopes(k) * rows.slopes(k);
    largest_row = std::max({largest_row, v(k) * product.sums.size + rows.slopes(k) * blocks.sums.size,
                            w(k) * product.sums.size + rows.rows(k) * blocks.sums.size});
  }
  squares += n * n * product.slopes.error * product.slopes.error;
  const double entries = real(A) * (lifted + 1) + 1;
  FixedBounds bounds;
  bounds.summed = 2 * std::max({1.0, blocks.rows.size, blocks.spread.size, product.rows.size, product.spread.size});
  bounds.norm = rounding::root_above(norm2);
  bounds.range = 4 * std::max({bounds.summed, blocks.slopes.size, blocks.sums.size, product.slopes.size,
                               product.sums.size, largest_row, std::sqrt(entries) * largest_row * bounds.norm, norm2});
  bounds.error = rounding::root_above(squares) + P * std::sqrt(entries);
  bounds.product_error = rounding::kSlack * (bounds.norm * bounds.error + P * entries);
  bounds.norm_error = P * P * entries;
  bounds.largest_error = rounding::kSlack * std::max({blocks.rows.error, blocks.spread.error, blocks.sums.error,
                                                      product.rows.error, product.spread.error, product.sums.error,
                                                      bounds.error, bounds.product_error, bounds.norm_error});
  // Comparisons above may have passed NaN by; every entry is in these sums.
  if (!std::isfinite(squares + norm2)) bounds.range = HUGE_VAL;
  return bounds;
}

}  // namespace shatterproof
