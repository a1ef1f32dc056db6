#pragma once
#include <cstdint>
#include <vector>

namespace shatterproof {

// Of finite samples; NaN where they are empty (or, for a correlation, constant).
[[nodiscard]] double mean_of(const std::vector<double>& x);
[[nodiscard]] double median_of(std::vector<double> x);
/// Spearman's rank correlation; ties share their mean rank.
[[nodiscard]] double spearman_correlation(const std::vector<double>& x, const std::vector<double>& y);

/// One point of a log-log line: replicates of a positive quantity at one size.
struct Replicates {
  double size;
  std::vector<double> values;
};

/// Slope of the least-squares line of log(median of the replicates) against log(size). At least two sizes.
[[nodiscard]] double log_log_slope(const std::vector<Replicates>& points);

/// An interval that covers the quantity in about 95 of 100 repetitions: percentiles of bootstrap draws.
struct BootstrapInterval {
  double lower, upper;
};

/// Slopes of `draws` bootstrap samples: the replicates of each size drawn anew with replacement.
[[nodiscard]] std::vector<double> bootstrap_slopes(const std::vector<Replicates>& points, int draws,
                                                   std::uint64_t seed);
/// The middle 95 % of the draws.
[[nodiscard]] BootstrapInterval middle_of(std::vector<double> draws);

}  // namespace shatterproof
