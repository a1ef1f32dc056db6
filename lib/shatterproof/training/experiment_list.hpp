#pragma once
// Internal to the experiments: where each kind is defined.
#include "shatterproof/training/experiment.hpp"

namespace shatterproof {

[[nodiscard]] std::vector<Experiment> shattering_experiments();  ///< E1, E3 .. E7: activations, norms, flatness
[[nodiscard]] std::vector<Experiment> slope_experiments();       ///< E2, E8 .. E10: the error against n

}  // namespace shatterproof
