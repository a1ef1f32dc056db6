#pragma once
// Internal to the experiments: how a finding is decided.
#include "shatterproof/training/experiment.hpp"

namespace shatterproof {

struct FindingTitle {
  std::string name, statement;
};

/// The median over repetitions lies in [lower, upper]: supported if the interval for the median does, refuted if it
/// lies outside, undecided otherwise. The interval is the shortest symmetric one between order statistics whose
/// confidence, 1 - 2 P(Bin(n, 1/2) < k) whatever the distribution, is at least 0.9; below five runs all of them, with
/// less.
[[nodiscard]] Finding judge_median(const FindingTitle& title, const std::vector<double>& values, double lower,
                                   double upper, const std::string& reported);

/// Every value is at least `lower`: what is proved of each run must hold in each; one below refutes it. One value for
/// each seed, see values_by_seed.
[[nodiscard]] Finding judge_every(const FindingTitle& title, const std::vector<double>& values, double lower,
                                  const std::string& reported);

/// Slopes of log(quantity) against log n, one line for each d, medians over the replicates.
struct SlopeOfDimension {
  long dimension;
  std::vector<Replicates> points;
  double slope;
  std::vector<double> draws;
  BootstrapInterval interval;
};
[[nodiscard]] std::vector<SlopeOfDimension> slopes_by_dimension(const ExperimentRuns& runs,
                                                                const ExperimentRuns::Choice& chosen);

/// The slope at the largest d lies above that at the smallest; by bootstrap, 95 %.
[[nodiscard]] Finding judge_flattening(const FindingTitle& what, const std::vector<SlopeOfDimension>& slopes,
                                       const std::string& reported);
/// -slope at the largest d lies above (or below) a limit; by bootstrap, 95 %.
[[nodiscard]] Finding judge_last_slope(const FindingTitle& what, const std::vector<SlopeOfDimension>& slopes,
                                       double lower, double upper, const std::string& reported);

/// A quantity grows (sign +1) or falls (-1) from the first to the last of the settings, seed by seed: the sign test.
[[nodiscard]] Finding judge_trend(const FindingTitle& title, const std::vector<std::vector<double>>& by_setting,
                                  int sign, const std::string& reported);

/// A number with four digits for a sentence.
[[nodiscard]] std::string short_text(double value);

}  // namespace shatterproof
