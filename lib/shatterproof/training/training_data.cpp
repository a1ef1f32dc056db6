#include "shatterproof/training/training_data.hpp"

#include <cmath>

#include "shatterproof/core/error.hpp"
#include "shatterproof/core/random.hpp"
#include "shatterproof/network/convert.hpp"
#include "shatterproof/network/file.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

enum TrainingStream : std::uint64_t { kInputs = 101, kTruth, kNoise, kFresh, kStart, kFrames };

Random stream(const TrainingSettings& settings, TrainingStream which) {
  return Random(stream_seed(settings.seed, which));
}

constexpr double kInside = 1 - 0x1p-50;  // so that rounding never leaves the ball

Vector<double> direction(Random& random, long dimension) {
  return Vector<double>::Map(random.unit_vector(static_cast<int>(dimension)).data(), dimension);
}

/// Orthonormal rows, uniform: Gram-Schmidt of random directions.
Matrix<double> random_frame(Random& random, long rows, long dimension) {
  Matrix<double> frame(rows, dimension);
  for (Index r = 0; r < rows; ++r) {
    Vector<double> u = direction(random, dimension);
    for (int pass = 0; pass < 2; ++pass)
      for (Index s = 0; s < r; ++s) u -= frame.row(s).dot(u) * frame.row(s).transpose();
    frame.row(r) = u.normalized();
  }
  return frame;
}

/// Draws one input after the other.
class InputLaw {
 public:
  explicit InputLaw(const TrainingSettings& settings) : settings_(settings) {
    if (settings.geometry != Geometry::subspaces) return;
    Random random = stream(settings, kFrames);
    for (long j = 0; j < settings.subspaces; ++j)
      frames_.push_back(random_frame(random, settings.subspace_dimension, settings.dimension));
  }

  [[nodiscard]] Vector<double> draw(Random& random) const {
    const long d = settings_.dimension;
    switch (settings_.geometry) {
      case Geometry::ball:
        return in_ball(random, d);
      case Geometry::sphere:
        return kInside * direction(random, d);
      case Geometry::radial: {
        const double radius = 1 - std::pow(1 - random.uniform(), 1 / settings_.alpha);
        return kInside * radius * direction(random, d);
      }
      case Geometry::subspaces: {
        const auto& frame = frames_[random.below(frames_.size())];
        return kInside * (frame.transpose() * in_ball(random, frame.rows()));
      }
    }
    return {};
  }

  [[nodiscard]] Matrix<double> draw(Random random, long count) const {
    Matrix<double> X(count, settings_.dimension);
    for (Index i = 0; i < count; ++i) X.row(i) = draw(random);
    return X;
  }

 private:
  static Vector<double> in_ball(Random& random, long d) {
    return Vector<double>::Map(random.in_unit_ball(static_cast<int>(d)).data(), d);
  }

  const TrainingSettings& settings_;
  std::vector<Matrix<double>> frames_;
};

/// f0 at the rows of X.
Vector<double> truth_at(const TrainingSettings& settings, const Matrix<double>& X) {
  Random random = stream(settings, kTruth);
  const long d = settings.dimension;
  if (settings.target == Target::linear) return X * direction(random, d);
  Vector<double> sum = Vector<double>::Zero(X.rows());
  for (long j = 0; j < d; ++j) sum += (X * direction(random, d)).cwiseAbs().cwiseSqrt();
  return (sum.array() / static_cast<double>(d) + 1).matrix();
}

TrainingData data_from_file(const std::string& file) {
  const DataSet<Rational> exact = read_data(file).data;
  TrainingData result;
  const auto rounded = [](const Rational& x) { return rounded_double(x); };
  result.data = {convert_matrix<double>(exact.X, rounded), convert_vector<double>(exact.y, rounded),
                 rounded_double(exact.R)};
  return result;
}

}  // namespace

TrainingData make_training_data(const TrainingSettings& settings) {
  require_consistent(settings);
  if (!settings.data_file.empty()) return data_from_file(settings.data_file);
  const InputLaw law(settings);
  TrainingData result;
  result.data.X = law.draw(stream(settings, kInputs), settings.samples);
  result.data.R = 1;
  result.truth = truth_at(settings, result.data.X);
  result.data.y = result.truth;
  Random noise = stream(settings, kNoise);
  for (double& y : result.data.y) y += settings.sigma * noise.normal();
  result.fresh = law.draw(stream(settings, kFresh), settings.fresh);
  result.fresh_truth = truth_at(settings, result.fresh);
  return result;
}

Network<double> initial_network(const TrainingSettings& settings, long dimension) {
  Random random = stream(settings, kStart);
  const long K = settings.width;
  const bool normal = settings.initialisation == Initialisation::kaiming_normal;
  const auto weight = [&](long fan_in) {
    const auto inputs = static_cast<double>(fan_in);
    return normal ? std::sqrt(2 / inputs) * random.normal() : (2 * random.uniform() - 1) / std::sqrt(inputs);
  };
  const auto bias = [&](long fan_in) { return normal ? 0 : weight(fan_in); };
  Network<double> network{Matrix<double>(K, dimension), Vector<double>(K), Vector<double>(K), 0};
  for (Index k = 0; k < K; ++k) {
    for (Index j = 0; j < dimension; ++j) network.W(k, j) = weight(dimension);
    network.b(k) = -bias(dimension);
    network.v(k) = weight(K);
  }
  network.beta = bias(K);
  return network;
}

}  // namespace shatterproof
