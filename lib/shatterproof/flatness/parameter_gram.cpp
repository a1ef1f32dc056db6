#include "shatterproof/flatness/parameter_gram.hpp"

#include <cmath>
#include <limits>

#include "shatterproof/core/parallel.hpp"
#include "shatterproof/numeric/rounding.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

constexpr Index kColumns = 256;  // of Phi at a time
constexpr double kMostParameters = 2000;
constexpr Index kParts = 8;  // whatever the number of threads, so that the sums do not depend on it

/// Columns first .. last - 1 of Phi: 1, and for each neuron h_ik, v_k a_ik z_i.
Matrix<double> columns_of_phi(const MaskedHessian<double>& hessian, Index first, Index last) {
  const Index lifted = hessian.lifted_dimension();
  const BitMatrix& active = hessian.pattern().over_samples.bits();  // n x A
  Matrix<double> phi = Matrix<double>::Zero(hessian.parameters(), last - first);
  for (Index i = first; i < last; ++i) {
    auto column = phi.col(i - first);
    const double* z = hessian.lifted_samples().row(i);
    column(0) = 1;
    for (Index k = 0; k < hessian.neurons(); ++k) {
      if (!active.at(i, k)) continue;
      auto entries = column.segment(1 + k * (lifted + 1), lifted + 1);
      entries(0) = row_dot(z, hessian.weights().row(k), hessian.width());
      entries.tail(lifted) = hessian.outputs()[static_cast<std::size_t>(k)] * Vector<double>::Map(z, lifted);
    }
  }
  return phi;
}

/// The lower triangle of Phi Phi^T over the samples first .. last - 1.
Matrix<double> gram_of(const MaskedHessian<double>& hessian, Index first, Index last) {
  Matrix<double> gram = Matrix<double>::Zero(hessian.parameters(), hessian.parameters());
  for (Index i = first; i < last; i += kColumns)
    gram.selfadjointView<Eigen::Lower>().rankUpdate(columns_of_phi(hessian, i, std::min(last, i + kColumns)));
  return gram;
}

}  // namespace

bool has_few_parameters(const MaskedHessian<double>& hessian) {
  const auto p = static_cast<double>(hessian.parameters()), n = static_cast<double>(hessian.samples());
  const MaskedSum& active = hessian.pattern().over_samples;
  // An entry of Phi^T Phi takes d + 1 products and one for each neuron active on both samples.
  return active.has_bits() && p <= kMostParameters &&
         p * p <= n * static_cast<double>(hessian.lifted_dimension()) + static_cast<double>(active.count());
}

double parameter_gram_norm(const BoundedHessian& bounded) {
  const MaskedHessian<double>& hessian = bounded.hessian();
  const Index n = hessian.samples();
  std::vector<Matrix<double>> grams(kParts);
  parallel_for(grams.size(), [&](std::size_t part) {
    const auto p = static_cast<Index>(part);
    grams[part] = gram_of(hessian, n * p / kParts, n * (p + 1) / kParts);
  });
  Matrix<double> gram = grams[0];
  for (std::size_t part = 1; part < grams.size(); ++part) gram += grams[part];
  double squares = 0;
  for (Index j = 0; j < gram.cols(); ++j)
    squares += 2 * gram.col(j).tail(gram.rows() - j).squaredNorm() - gram(j, j) * gram(j, j);

  const auto d = static_cast<double>(hessian.lifted_dimension()), size = static_cast<double>(n);
  const double trace = size * bounded.gram_trace();
  const double entries = rounding::gamma(5) * std::sqrt(trace) +
                         rounding::gamma(d + 16) * bounded.neuron_norms().norm() * bounded.sample_norms().norm();
  const double errors =
      rounding::kSlack * rounding::gamma(size + 20) * trace + entries * (2 * std::sqrt(trace) + entries);
  const double bound = (1 + 1e-6) * (std::sqrt(squares) + errors + rounding::kUnderflow) / size;
  return std::isfinite(bound) ? bound : std::numeric_limits<double>::infinity();
}

}  // namespace shatterproof
