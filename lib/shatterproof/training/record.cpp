#include "shatterproof/training/record.hpp"

#include <algorithm>
#include <cmath>

#include "shatterproof/linalg/masked_sum.hpp"
#include "shatterproof/training/sharpness.hpp"
#include "shatterproof/training/statistics.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

/// For each neuron c_k = sum_i a_ik, sum_i a_ik x_i, and the same with r_i.
struct ActiveSums {
  Vector<double> count, slopes;  // slopes: sum_i a_ik r_i
  Matrix<double> points, weighted_points;
};

ActiveSums active_sums(const BitMatrix& active, const Matrix<double>& X, const Vector<double>& r) {
  const Index n = X.rows(), d = X.cols(), K = active.columns();
  LaneRows<double> rows(n, 2 * (d + 1)), sums(K, 2 * (d + 1));
  for (Index i = 0; i < n; ++i) {
    rows(i, d) = 1;
    rows(i, 2 * d + 1) = r(i);
    for (Index j = 0; j < d; ++j) {
      rows(i, j) = X(i, j);
      rows(i, d + 1 + j) = r(i) * X(i, j);
    }
  }
  MaskedSum(active).apply(rows, sums);
  ActiveSums result{Vector<double>(K), Vector<double>(K), Matrix<double>(K, d), Matrix<double>(K, d)};
  for (Index k = 0; k < K; ++k) {
    result.count(k) = sums(k, d);
    result.slopes(k) = sums(k, 2 * d + 1);
    for (Index j = 0; j < d; ++j) {
      result.points(k, j) = sums(k, j);
      result.weighted_points(k, j) = sums(k, d + 1 + j);
    }
  }
  return result;
}

/// |w| gt: (c/n) (sum of margins / n) sqrt(1 + |mean point|^2) over `count` samples with the sum `points` of them.
double side_weight(double count, double margins, const Vector<double>& points, double n) {
  if (!(count > 0)) return 0;
  return count / n * (margins / n) * std::sqrt(1 + points.squaredNorm() / (count * count));
}

/// The left sides of Theorem 3.2's chain and the shattering picture (spec flatness-and-weights 3 and 4).
void note_neurons(const Network<double>& network, const DataSet<double>& data, const ActiveSums& sums,
                  TrainingRecord& record, NeuronRecord& neurons) {
  const auto n = static_cast<double>(data.samples());
  const Vector<double> all_points = data.X.colwise().sum();
  const Index K = network.neurons();
  double gradient2 = 0, largest_block = 0;
  neurons.activation.resize(static_cast<std::size_t>(K));
  neurons.norm.resize(static_cast<std::size_t>(K));
  for (Index k = 0; k < K; ++k) {
    const Vector<double> w = network.W.row(k), points = sums.points.row(k);
    const double c = sums.count(k), v = network.v(k);
    const double margins = std::max(0.0, w.dot(points) - network.b(k) * c);
    const double others = std::max(0.0, network.b(k) * (n - c) - w.dot(all_points - points));
    const double plus = side_weight(c, margins, points, n), minus = side_weight(n - c, others, all_points - points, n);
    record.seminorm += std::abs(v) * std::min(plus, minus);
    record.path_sum += std::abs(v) * plus;
    gradient2 += (margins * margins + v * v * (points.squaredNorm() + c * c)) / (n * n);
    const double block2 = sums.weighted_points.row(k).squaredNorm() + sums.slopes(k) * sums.slopes(k);
    largest_block = std::max(largest_block, std::sqrt(block2) / n);
    neurons.activation[static_cast<std::size_t>(k)] = static_cast<float>(c / n);
    neurons.norm[static_cast<std::size_t>(k)] = static_cast<float>(std::abs(v) * w.norm());
  }
  record.gradient_side = gradient2 / 2;
  record.block_side = record.lambda_max / 2 - 0.5 + largest_block / 2;
}

void note_activity(const NeuronRecord& neurons, TrainingRecord& record) {
  std::vector<double> live;
  for (const float rate : neurons.activation)
    if (rate > 0) live.push_back(rate);
  record.live_fraction = static_cast<double>(live.size()) / static_cast<double>(neurons.activation.size());
  record.median_activation = median_of(live);
}

double mean_square(const Vector<double>& x) {
  return x.size() == 0 ? NAN : x.squaredNorm() / static_cast<double>(x.size());
}

}  // namespace

const std::vector<RecordColumn>& record_columns() {
  using R = TrainingRecord;
  static const std::vector<RecordColumn> columns{
      {"epoch", "steps made", &R::epoch},
      {"loss", "L = 1/(2n) sum r^2", &R::loss},
      {"mse_train", "mean (f - f0)^2 on the training inputs", &R::mse_train},
      {"mse_fresh", "mean (f - f0)^2 on fresh inputs", &R::mse_fresh},
      {"lambda_max", "largest eigenvalue of the Hessian of L, approximate", &R::lambda_max},
      {"lambda_lower", "certified", &R::lambda_lower},
      {"lambda_upper", "certified", &R::lambda_upper},
      {"live_fraction", "share of neurons active on some sample", &R::live_fraction},
      {"median_activation", "median share of samples over the live neurons", &R::median_activation},
      {"seminorm", "|f|_Vg, classes not merged", &R::seminorm},
      {"path_sum", "sum |v||w| gt", &R::path_sum},
      {"gradient_side", "(|gbar|^2 - 1)/2", &R::gradient_side},
      {"block_side", "lambda_max/2 - 1/2 + max|s_k|/2", &R::block_side},
      {"sharp_side", "lambda_max/2 - 1/2 + sqrt(R^2 + 1)/2 sqrt(2L)", &R::sharp_side},
      {"paper_side", "lambda_max/2 - 1/2 + (R + 1) sqrt(2L)", &R::paper_side},
      {"step_side", "1/eta - 1/2 + (R + 1) sqrt(2L)", &R::step_side},
      {"clipped", "steps so far with a clipped gradient", &R::clipped},
  };
  return columns;
}

TrainingRecord make_record(const TrainingSettings& settings, const TrainingData& data, const Descent& descent,
                           Vector<double>& direction, NeuronRecord& neurons) {
  TrainingRecord record;
  const Problem<double> problem{descent.network(), data.data};
  const Vector<double> outputs = descent.outputs(), r = outputs - data.data.y;
  const BitMatrix active = descent.active();
  record.loss = mean_square(r) / 2;
  record.mse_train = data.truth.size() == 0 ? NAN : mean_square(outputs - data.truth);
  record.mse_fresh = data.fresh_truth.size() == 0 ? NAN : mean_square(descent.values_at(data.fresh) - data.fresh_truth);
  record.lambda_lower = record.lambda_upper = NAN;
  const bool relu = settings.unit == HiddenUnit::relu;
  record.lambda_max = relu && outputs.allFinite() ? approx_lambda_max(problem, active, outputs, direction) : NAN;
  note_neurons(problem.network, data.data, active_sums(active, data.data.X, r), record, neurons);
  note_activity(neurons, record);
  if (!relu) record.seminorm = record.path_sum = record.gradient_side = NAN;
  const double R = data.data.R, root = std::sqrt(2 * record.loss), half = record.lambda_max / 2 - 0.5;
  record.sharp_side = half + std::sqrt(R * R + 1) / 2 * root;
  record.paper_side = half + (R + 1) * root;
  record.step_side = 1 / settings.eta - 0.5 + (R + 1) * root;
  return record;
}

void certify_record(const TrainingSettings& settings, const TrainingData& data, const Descent& descent,
                    TrainingRecord& record) {
  if (settings.unit != HiddenUnit::relu) return;
  const auto interval = certify_lambda_max({descent.network(), data.data});
  if (!interval) return;
  record.lambda_lower = interval->lower;
  record.lambda_upper = interval->upper;
}

}  // namespace shatterproof
