#pragma once
#include <cstdint>
#include <functional>

#include "constructions/common/cap_function.hpp"

namespace shatterproof {

/// A mean over a random sample with a two-sided confidence interval. Not a proof: supported at best.
/// Method: empirical Bernstein bound (Maurer and Pontil 2009, Theorem 4, once for each side), valid at every sample
/// size for values in [0, range]. The function is evaluated in double; its rounding, about (d+2) 2^-51/h of the
/// amplitude, is not included.
struct Estimate {
  double mean = 0, lower = 0, upper = 0;
  long samples = 0;
  double confidence = 0;  ///< e.g. 0.999
};

/// Collects values in [0, range].
class MeanEstimator {
 public:
  explicit MeanEstimator(double range) : range_(range) {}
  void add(double value) { ++count_, sum_ += value, squares_ += value * value; }
  void add_zeros(long how_many) { count_ += how_many; }
  [[nodiscard]] Estimate estimate(double confidence) const;  ///< requires at least 2 values

 private:
  double range_, sum_ = 0, squares_ = 0;
  long count_ = 0;
};

/// Estimates ||f - g||_P^2 from fresh points, drawn in batches, so that memory does not grow with their number.
[[nodiscard]] Estimate approx_squared_distance(const CapFunction& f, const CapFunction& g, long points,
                                               std::uint64_t seed);

}  // namespace shatterproof
