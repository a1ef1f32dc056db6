#include "constructions/common/ball_sample.hpp"

#include <cmath>

#include "shatterproof/core/error.hpp"
#include "shatterproof/core/random.hpp"

namespace shatterproof {

std::uint64_t stream_seed(std::uint64_t seed, Stream stream, std::uint64_t index) {
  return stream_seed(seed, static_cast<std::uint64_t>(stream), index);
}

namespace {

bool is_in_unit_ball(const double* x, long d, double approx_norm) {
  if (approx_norm < 1 - 1e-12) return true;
  Rational norm2 = 0;
  for (long j = 0; j < d; ++j) norm2 += exact_rational(x[j]) * exact_rational(x[j]);
  return norm2 <= 1;
}

}  // namespace

void require_memory(long samples, long neurons, long dimension) {
  const double numbers = (static_cast<double>(samples) + static_cast<double>(neurons)) * static_cast<double>(dimension);
  require(numbers <= static_cast<double>(kMostNumbers),
          "n = " + std::to_string(samples) + " samples and " + std::to_string(neurons) +
              " neurons in dimension d = " + std::to_string(dimension) +
              " are too large for memory: expected (n + neurons) * d of at most " + std::to_string(kMostNumbers));
}

BallSample sample_ball(long count, long dimension, std::uint64_t seed) {
  require(count >= 1 && dimension >= 1, "a sample needs n >= 1 points and a dimension d >= 1");
  require_memory(count, 0, dimension);
  BallSample sample{count, dimension, {}, {}};
  sample.coordinates.reserve(static_cast<std::size_t>(count * dimension));
  sample.norms.reserve(static_cast<std::size_t>(count));
  Random random(seed);
  while (static_cast<long>(sample.norms.size()) < count) {
    const std::vector<double> x = random.in_unit_ball(static_cast<int>(dimension));
    double norm2 = 0;
    for (double c : x) norm2 += c * c;
    const double norm = std::sqrt(norm2);
    if (!is_in_unit_ball(x.data(), dimension, norm)) continue;
    sample.coordinates.insert(sample.coordinates.end(), x.begin(), x.end());
    sample.norms.push_back(norm);
  }
  return sample;
}

template <class Scalar>
Matrix<Scalar> exact_matrix(const BallSample& sample) {
  Matrix<Scalar> X(sample.count, sample.dimension);
  for (long i = 0; i < sample.count; ++i) {
    for (long j = 0; j < sample.dimension; ++j) {
      if constexpr (std::is_same_v<Scalar, Ball>) {
        X(i, j) = Ball::exact(sample.point(i)[j]);
      } else {
        X(i, j) = exact_rational(sample.point(i)[j]);
      }
    }
  }
  return X;
}
template Matrix<Ball> exact_matrix<Ball>(const BallSample&);
template Matrix<Rational> exact_matrix<Rational>(const BallSample&);

}  // namespace shatterproof
