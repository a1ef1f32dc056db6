#include "shatterproof/flatness/neurons.hpp"

#include "shatterproof/flatness/hessian.hpp"
#include "shatterproof/flatness/weight_function.hpp"

namespace shatterproof {
namespace {

bool has_direction(const Network<Rational>& network, Eigen::Index k) {
  for (Eigen::Index j = 0; j < network.dimension(); ++j)
    if (sgn(network.W(k, j)) != 0) return true;
  return false;
}

}  // namespace

std::vector<NeuronFigures> enclose_neurons(const Problem<Rational>& problem, const ActivationPattern& pattern) {
  const Problem<Ball> enclosed = to_ball(problem);
  const Hessian<Ball> hessian(enclosed, pattern);
  std::vector<NeuronFigures> neurons;
  for (Eigen::Index k = 0; k < pattern.neurons(); ++k) {
    NeuronFigures figures;
    for (Eigen::Index i = 0; i < pattern.samples(); ++i) figures.active += pattern.active(i, k) ? 1 : 0;
    figures.norm = enclose_norm(enclosed.network.W.row(k));
    figures.output = enclosed.network.v(k);
    figures.path_norm = abs(figures.output) * figures.norm;
    if (has_direction(problem.network, k)) {
      figures.threshold = enclosed.network.b(k) / figures.norm;
      figures.weight = enclose_scaled_weights(enclosed, pattern, k).g / figures.norm;
    }
    figures.residual_block = sqrt_nonnegative(hessian.block_norm2(k));
    neurons.push_back(std::move(figures));
  }
  return neurons;
}

}  // namespace shatterproof
