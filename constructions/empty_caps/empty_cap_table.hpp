#pragma once
#include <cstdint>
#include <functional>

#include "constructions/common/cap_membership.hpp"

namespace shatterproof {

/// Z_j, the number of samples in each cap, for n samples uniform on the ball that are drawn and forgotten: memory does
/// not grow with n. Of a sample the radius is drawn first; where it is too short for any cap, its direction does not
/// matter and is not drawn. Every membership is decided certainly.
/// progress, if any, is told how many samples are done, some hundred times; what it throws ends the run.
[[nodiscard]] std::vector<std::uint32_t> stream_cap_counts(const CapCentres& centres, const Rational& h, long samples,
                                                           std::uint64_t seed,
                                                           const std::function<void(long done)>& progress = {});

/// One line of the table of Corollary I.3 (L = 1, measure P), means over the replicates.
struct EmptyCapRow {
  long dimension = 0, samples = 0, replicates = 0;
  Rational eps;            ///< n p(eps^2) = 2/(d+1)
  std::string family;      ///< of the packing
  long caps = 0;           ///< m
  double empty = 0;        ///< |Gamma|
  double expected = 0;     ///< m (1-p)^n
  double gap = 0;          ///< a(h) |Gamma|, the generalisation gap of f_Gamma
  long matched = 0;        ///< N = c_N eps^-(d-1), with one c_N for all n
  double matched_gap = 0;  ///< a(h) times the empty ones of the first N caps
  std::uint32_t most = 0;  ///< Zmax over the replicates
};

/// Least-squares slope of log y in log x, with its two-sided confidence interval by Student's t. Not a proof.
struct FittedSlope {
  double value = 0, half_width = 0, confidence = 0;
};
/// Requires at least three points, all positive.
[[nodiscard]] FittedSlope fit_log_slope(const std::vector<double>& x, const std::vector<double>& y, double confidence);

struct EmptyCapTable {
  std::vector<EmptyCapRow> rows;
  FittedSlope slope;      ///< of the matched gap in n; stated: -2/(d+1)
  FittedSlope slope_all;  ///< of the gap with all m caps
};

/// What a caller may want to know on the way.
struct EmptyCapProgress {
  std::function<void(long samples, long replicate, long done)> on_samples = {};
  std::function<void(const EmptyCapRow&)> on_row = {};
};

/// The table for one dimension d >= 2 and at least three sample sizes. The caps are those of best_packing.
[[nodiscard]] EmptyCapTable empty_cap_table(long dimension, const std::vector<long>& samples, long replicates,
                                            std::uint64_t seed, const EmptyCapProgress& progress = {});

}  // namespace shatterproof
