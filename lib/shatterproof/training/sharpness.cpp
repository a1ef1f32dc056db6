#include "shatterproof/training/sharpness.hpp"

#include <cmath>

#include "shatterproof/core/error.hpp"
#include "shatterproof/flatness/temple_enclosure.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

constexpr double kTolerance = 1e-8;

/// Visits the numbers of a vector of parameters in both layouts: at(place in the kernels' layout, place in the order of
/// parameter_count).
template <class Visit>
void for_each_parameter(const MaskedHessian<double>& hessian, Index d, const Visit& visit) {
  visit(hessian.bias_at(), Index(0));
  for (Index a = 0; a < hessian.neurons(); ++a) {
    const Index at = 1 + hessian.pattern().alive[static_cast<std::size_t>(a)] * (d + 2);
    visit(hessian.outputs_at() + a, at);
    for (Index j = 0; j <= d; ++j) visit(a * hessian.width() + j, at + 1 + j);
  }
}

RitzPair<double> ritz_pair_from(const MaskedHessian<double>& hessian, Index d, const Vector<double>& direction) {
  AlignedVector<double> start(static_cast<std::size_t>(hessian.size()));
  double norm2 = 0;
  for_each_parameter(hessian, d, [&](Index kernel, Index place) {
    start[static_cast<std::size_t>(kernel)] = direction(place);
    norm2 += direction(place) * direction(place);
  });
  if (!(norm2 > 0.25)) return approx_top_pair(hessian, kTolerance);
  for (double& x : start) x /= std::sqrt(norm2);
  auto work = hessian.workspace();
  LanczosGoal goal;
  goal.residual = goal.value = kTolerance;
  return approx_top_ritz_pair<double>([&](const double* x, double* y) { hessian.apply(x, y, work); }, std::move(start),
                                      goal);
}

}  // namespace

double approx_lambda_max(const Problem<double>& problem, const BitMatrix& active, const Vector<double>& outputs,
                         Vector<double>& direction) {
  const Index d = problem.network.dimension();
  MaskedHessian<double> hessian(problem, std::make_shared<const MaskedPattern>(active));
  if (hessian.neurons() == 0) return 1;
  const Vector<double> residuals = outputs - problem.data.y;
  hessian.set_blocks(residuals, residuals);
  const RitzPair<double> pair =
      direction.size() == 0 ? approx_top_pair(hessian, kTolerance) : ritz_pair_from(hessian, d, direction);
  if (!pair.converged) return NAN;
  direction = Vector<double>::Zero(1 + problem.network.neurons() * (d + 2));
  for_each_parameter(
      hessian, d, [&](Index kernel, Index place) { direction(place) = pair.vector[static_cast<std::size_t>(kernel)]; });
  return pair.value;
}

std::optional<LambdaMaxInterval> certify_lambda_max(const Problem<double>& problem) {
  constexpr double kWidth = 1e-8;
  try {
    const auto enclosure = enclose_by_temple(BoundedHessian(problem, settle_exactly(problem)), kWidth);
    if (!enclosure) return {};
    return LambdaMaxInterval{enclosure->lower, enclosure->upper};
  } catch (const PreconditionError&) {  // a tie, or numbers that are too large
    return {};
  }
}

}  // namespace shatterproof
