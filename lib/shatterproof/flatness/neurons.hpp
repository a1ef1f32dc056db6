#pragma once
#include <optional>
#include <vector>

#include "shatterproof/network/activation.hpp"

namespace shatterproof {

/// One neuron in the picture of shattering (activation rate against weight norm).
struct NeuronFigures {
  Eigen::Index active = 0;        ///< samples on which it fires, exactly; the activation rate is active / n
  Ball norm;                      ///< |w_k|
  Ball output;                    ///< v_k
  Ball path_norm;                 ///< |v_k| |w_k|, which rescaling (v/c, cw, cb) leaves as it is
  std::optional<Ball> threshold;  ///< t_k = b_k / |w_k|; none if w_k = 0
  std::optional<Ball> weight;     ///< g(u_k, t_k) of the samples; none if w_k = 0
  Ball residual_block;            ///< ||s_k||, s_k = (1/n) sum r_i a_ik (x_i; -1)
};

/// Encloses the figures of every neuron at the working precision in force.
[[nodiscard]] std::vector<NeuronFigures> enclose_neurons(const Problem<Rational>& problem,
                                                         const ActivationPattern& pattern);

}  // namespace shatterproof
