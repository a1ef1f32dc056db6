#pragma once
#include "shatterproof/network/problem.hpp"
#include "shatterproof/training/settings.hpp"

namespace shatterproof {

/// What a run learns from and what it is measured against.
struct TrainingData {
  DataSet<double> data;        ///< X, y; R = 1, or max |x_i| of a file
  Vector<double> truth;        ///< f0(x_i); empty for data from a file
  Matrix<double> fresh;        ///< inputs of the same law
  Vector<double> fresh_truth;  ///< f0 there
};

/// Draws the data of the settings; the inputs, the truth, the noise and the fresh inputs have streams of their own.
/// Inputs lie in the closed unit ball. Throws FormatError or IoError for a data file.
[[nodiscard]] TrainingData make_training_data(const TrainingSettings& settings);

/// The start of the descent: biases of the paper, f = sum v relu(w.x - b) + beta.
[[nodiscard]] Network<double> initial_network(const TrainingSettings& settings, long dimension);

}  // namespace shatterproof
