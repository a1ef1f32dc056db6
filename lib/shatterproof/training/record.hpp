#pragma once
#include <string>
#include <vector>

#include "shatterproof/training/descent.hpp"
#include "shatterproof/training/training_data.hpp"

namespace shatterproof {

/// What is noted of one epoch; NaN where it does not apply. Approximations in double, but for the enclosure.
struct TrainingRecord {
  double epoch = 0;
  double loss = 0;                                         ///< L = 1/(2n) sum r_i^2
  double mse_train = 0;                                    ///< 1/n sum (f(x_i) - f0(x_i))^2
  double mse_fresh = 0;                                    ///< the same over fresh inputs
  double lambda_max = 0;                                   ///< of the Hessian of L
  double lambda_lower = 0, lambda_upper = 0;               ///< certified
  double live_fraction = 0;                                ///< neurons active on some sample
  double median_activation = 0;                            ///< of the live ones: share of samples
  double seminorm = 0;                                     ///< |f|_Vg with the empirical g, classes not merged
  double path_sum = 0, gradient_side = 0, block_side = 0;  ///< S, (|gbar|^2 - 1)/2, lambda/2 - 1/2 + max|s_k|/2
  double sharp_side = 0, paper_side = 0;  ///< lambda/2 - 1/2 + sqrt(R^2 + 1)/2 sqrt(2L), ... + (R + 1) sqrt(2L)
  double step_side = 0;                   ///< Corollary 3.3: 1/eta - 1/2 + (R + 1) sqrt(2L)
  double clipped = 0;                     ///< steps so far whose gradient was clipped
};

/// Name and meaning of each number, for files and tables.
struct RecordColumn {
  std::string name, meaning;
  double TrainingRecord::*member;
};
[[nodiscard]] const std::vector<RecordColumn>& record_columns();

/// The shattering picture at one epoch: for each neuron the share of samples on which it is active, and |v_k| |w_k|.
struct NeuronRecord {
  std::vector<float> activation, norm;
};

/// Notes the network as the descent sees it. direction: of the last lambda_max, see approx_lambda_max.
[[nodiscard]] TrainingRecord make_record(const TrainingSettings& settings, const TrainingData& data,
                                         const Descent& descent, Vector<double>& direction, NeuronRecord& neurons);

/// Fills in the certified interval.
void certify_record(const TrainingSettings& settings, const TrainingData& data, const Descent& descent,
                    TrainingRecord& record);

}  // namespace shatterproof
