#include "shatterproof/flatness/block_bound.hpp"

#include <limits>

#include "shatterproof/numeric/rounding.hpp"

namespace shatterproof {

double block_bound(const BoundedHessian& bounded) {
  using Index = Eigen::Index;
  const MaskedHessian<double>& hessian = bounded.hessian();
  const MaskedSum& over_samples = hessian.pattern().over_samples;
  if (!over_samples.uses_lists()) return std::numeric_limits<double>::infinity();
  const double hidden_error = rounding::gamma(static_cast<double>(hessian.lifted_dimension()) + 16);
  Vector<double> row_sums = Vector<double>::Zero(hessian.samples());
  std::vector<double> hidden;
  for (Index k = 0; k < hessian.neurons(); ++k) {
    const auto samples = over_samples.column(k);
    const double v = hessian.outputs()[static_cast<std::size_t>(k)];
    double norm_sum = 0, hidden_sum = 0;
    hidden.clear();
    for (const std::uint32_t i : samples) {
      const double z = bounded.sample_norms()(i);
      const double h = row_dot(hessian.lifted_samples().row(i), hessian.weights().row(k), hessian.width());
      hidden.push_back(std::max(h, 0.0) + hidden_error * bounded.neuron_norms()(k) * z);
      norm_sum += z;
      hidden_sum += hidden.back();
    }
    for (std::size_t e = 0; e < samples.size(); ++e)
      row_sums(samples[e]) += v * v * bounded.sample_norms()(samples[e]) * norm_sum + hidden[e] * hidden_sum;
  }
  const double largest = row_sums.maxCoeff<Eigen::PropagateNaN>();
  return rounding::kSlack * (largest + 1e-300) / static_cast<double>(hessian.samples());
}

}  // namespace shatterproof
