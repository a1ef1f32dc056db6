#include "constructions/common/monte_carlo.hpp"

#include <algorithm>
#include <cmath>

#include "shatterproof/core/error.hpp"

namespace shatterproof {

Estimate MeanEstimator::estimate(double confidence) const {
  require(count_ >= 2, "an estimate needs at least 2 points");
  const auto n = static_cast<double>(count_);
  const double mean = sum_ / n;
  const double variance = std::max(0.0, (squares_ - sum_ * mean) / (n - 1));
  // Each side may fail with probability (1 - confidence)/2, which the bound enters as log(2/delta).
  const double log_term = std::log(4 / (1 - confidence));
  const double half_width = std::sqrt(2 * variance * log_term / n) + 7 * range_ * log_term / (3 * (n - 1));
  return {mean, std::max(0.0, mean - half_width), std::min(range_, mean + half_width), count_, confidence};
}

Estimate approx_squared_distance(const CapFunction& f, const CapFunction& g, long points, std::uint64_t seed) {
  require(f.signs.size() == g.signs.size() && f.h == g.h && f.amplitude == g.amplitude,
          "two cap functions need the same caps and amplitude to be compared");
  const double h = f.h.get_d(), amplitude = f.amplitude.get_d();
  MeanEstimator mean(4 * amplitude * amplitude);
  const CapFinder finder = cap_finder(*f.centres, f.h);
  const long largest = std::max(1L, std::min(10000L, kMostNumbers / f.dimension()));
  for (long done = 0, batch = 0; done < points; done += largest, ++batch) {
    const long size = std::min(largest, points - done);
    const BallSample sample =
        sample_ball(size, f.dimension(), stream_seed(seed, Stream::monte_carlo, static_cast<std::uint64_t>(batch)));
    std::vector<double> difference(static_cast<std::size_t>(size), 0.0);
    finder.visit_near(sample.coordinates.data(), size, [&](long i, long j, double inner) {
      const auto cap = static_cast<std::size_t>(j);
      difference[static_cast<std::size_t>(i)] +=
          amplitude * (f.signs[cap] - g.signs[cap]) * std::max(0.0, inner - (1 - h)) / h;
    });
    for (double value : difference) mean.add(value * value);
  }
  return mean.estimate(0.999);
}

}  // namespace shatterproof
