#pragma once
#include <functional>

#include "shatterproof/numeric/rational.hpp"
#include "shatterproof/report/document.hpp"

namespace shatterproof::report {

/// Gives the text that the job makes, or the same from an earlier time: a description stands for one text.
using Remember = std::function<std::string(const std::string& description, const std::function<std::string()>& job)>;
/// Runs the job.
[[nodiscard]] std::string remember_nothing(const std::string& description, const std::function<std::string()>& job);

/// For which problems the bounds are followed over n; B = M = C = 1, |f0|_Vg <= C in the upper
/// bounds too, delta = 1/20.
struct BoundsRequest {
  std::vector<long> dimensions;
  Rational sigma = 1, eta = Rational(1, 2);
  std::vector<Integer> samples;  ///< the values of n, rising
  /// Replicates of the measured gap: of the flat interpolant on the empty caps (Corollary I.3), for n up to 10^5 and d
  /// from 2 to 6; 0 for none.
  long replicates = 5;
  std::uint64_t seed = 1;
  Remember remember = remember_nothing;  ///< called by several threads
  std::function<void(std::size_t done, std::size_t all)> progress = [](std::size_t, std::size_t) {};
};

/// Adds kinds, bounds and where each becomes non-vacuous. Bounds at each n are floating-point values; where a bound
/// becomes non-vacuous is a power of ten n <= 10^60 at which it is certified to say something (the search runs in
/// floating point; lower bounds up to 10^4). Same request, same result. Throws PreconditionError for requests that make
/// no sense (eta > 2, sigma < 0, d < 1).
void add_bounds(const BoundsRequest& request, Document& document);

/// Adds what was measured in experiments without weight decay to the bounds of their dimension, where sigma is the
/// same: one kind for each experiment and group of runs. No bound is computed at an n that comes with them.
void add_measured_series(Document& document);

}  // namespace shatterproof::report
