#include "shatterproof/training/findings.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <set>

namespace shatterproof {
namespace {

constexpr int kDraws = 2000;
constexpr std::uint64_t kBootstrapSeed = 20250620;

/// Order statistics that enclose the median.
struct MedianInterval {
  double lower, upper, confidence;
};

MedianInterval median_interval(std::vector<double> values) {
  constexpr double kConfidence = 0.9;
  std::sort(values.begin(), values.end());
  const std::size_t n = values.size();
  double term = std::pow(0.5, static_cast<double>(n)), below = term;  // P(Bin(n, 1/2) <= k)
  std::size_t k = 0;
  MedianInterval interval{values.front(), values.back(), 1 - 2 * below};
  while (2 * (k + 2) <= n) {
    ++k;
    term *= static_cast<double>(n - k + 1) / static_cast<double>(k);
    below += term;
    if (1 - 2 * below < kConfidence) break;
    interval = {values[k], values[n - 1 - k], 1 - 2 * below};
  }
  return interval;
}

bool any_not_finite(const std::vector<double>& values) {
  return values.empty() || !std::all_of(values.begin(), values.end(), [](double x) { return std::isfinite(x); });
}

Verdict verdict_of_interval(const BootstrapInterval& interval, double lower, double upper) {
  if (interval.lower > lower && interval.upper < upper) return Verdict::supported;
  if (interval.upper < lower || interval.lower > upper) return Verdict::refuted;
  return Verdict::undecided;
}

std::string slope_text(const SlopeOfDimension& s) {
  return "d=" + std::to_string(s.dimension) + ": " + short_text(s.slope) + " [" + short_text(s.interval.lower) + ", " +
         short_text(s.interval.upper) + "]";
}

std::string slopes_text(const std::vector<SlopeOfDimension>& slopes) {
  std::string text;
  for (const SlopeOfDimension& s : slopes) text += (text.empty() ? "" : "; ") + slope_text(s);
  return text;
}

/// The bootstrap covers what it says from about five replicates on (simulated: 0.72 with two, 0.94 with three).
bool has_few_replicates(const SlopeOfDimension& slope) {
  constexpr std::size_t kLeast = 5;
  return std::any_of(slope.points.begin(), slope.points.end(),
                     [](const Replicates& point) { return point.values.size() < kLeast; });
}

Finding without_confidence(Finding finding) {
  finding.confidence = "none: too few replicates";
  return finding;
}

const char* kBootstrap = "0.95 (percentiles of 2000 bootstrap draws of the replicates)";

}  // namespace

std::string short_text(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", value);
  return text;
}

Finding judge_median(const FindingTitle& title, const std::vector<double>& values, double lower, double upper,
                     const std::string& reported) {
  Finding finding{title.name, title.statement, Verdict::undecided, "no number", "none", reported};
  if (any_not_finite(values)) return finding;
  const MedianInterval interval = median_interval(values);
  finding.ours = "median " + short_text(median_of(values)) + " in [" + short_text(interval.lower) + ", " +
                 short_text(interval.upper) + "]";
  finding.confidence =
      short_text(interval.confidence) + " (order statistics of " + std::to_string(values.size()) + " seeds)";
  if (values.size() < 2) return finding;
  if (interval.lower >= lower && interval.upper <= upper) finding.verdict = Verdict::supported;
  if (interval.upper < lower || interval.lower > upper) finding.verdict = Verdict::refuted;
  return finding;
}

Finding judge_every(const FindingTitle& title, const std::vector<double>& values, double lower,
                    const std::string& reported) {
  Finding finding{title.name, title.statement, Verdict::undecided, "no number", "none", reported};
  if (any_not_finite(values)) return finding;
  const double least = *std::min_element(values.begin(), values.end());
  finding.ours = "least " + short_text(least) + " over the runs of " + std::to_string(values.size()) + " seeds";
  finding.confidence = "0.95 that at least a share " +
                       short_text(std::pow(0.05, 1 / static_cast<double>(values.size()))) +
                       " of all seeds agrees (Clopper-Pearson)";
  finding.verdict = least >= lower ? Verdict::supported : Verdict::refuted;
  if (finding.verdict == Verdict::refuted) finding.confidence = "a run that violates it";
  return finding;
}

std::vector<SlopeOfDimension> slopes_by_dimension(const ExperimentRuns& runs, const ExperimentRuns::Choice& chosen) {
  std::map<long, std::map<long, std::vector<double>>> values;  // by d and n
  for (const auto& run : runs.all())
    if (chosen(run)) values[run.cell.settings.dimension][run.cell.settings.samples].push_back(runs.mse(run));
  std::vector<SlopeOfDimension> slopes;
  for (const auto& [d, by_samples] : values) {
    SlopeOfDimension s{d, {}, 0, {}, {}};
    for (const auto& [n, replicates] : by_samples) s.points.push_back({static_cast<double>(n), replicates});
    s.slope = log_log_slope(s.points);
    s.draws = bootstrap_slopes(s.points, kDraws, kBootstrapSeed + static_cast<std::uint64_t>(d));
    s.interval = middle_of(s.draws);
    slopes.push_back(std::move(s));
  }
  return slopes;
}

Finding judge_flattening(const FindingTitle& what, const std::vector<SlopeOfDimension>& slopes,
                         const std::string& reported) {
  Finding finding{what.name,
                  "the slope of " + what.statement + " is flatter at d = " + std::to_string(slopes.back().dimension) +
                      " than at d = " + std::to_string(slopes.front().dimension),
                  Verdict::undecided,
                  slopes_text(slopes),
                  kBootstrap,
                  reported};
  std::vector<double> differences;
  for (std::size_t i = 0; i < slopes.front().draws.size(); ++i)
    differences.push_back(slopes.back().draws[i] - slopes.front().draws[i]);
  if (any_not_finite(differences) || has_few_replicates(slopes.front()) || has_few_replicates(slopes.back()))
    return without_confidence(finding);
  const BootstrapInterval interval = middle_of(differences);
  finding.ours += "; difference in [" + short_text(interval.lower) + ", " + short_text(interval.upper) + "]";
  finding.verdict = verdict_of_interval(interval, 0, HUGE_VAL);
  return finding;
}

Finding judge_last_slope(const FindingTitle& what, const std::vector<SlopeOfDimension>& slopes, double lower,
                         double upper, const std::string& reported) {
  const SlopeOfDimension& last = slopes.back();
  const std::string limits = upper < HUGE_VAL ? "at most " + short_text(upper) : "at least " + short_text(lower);
  Finding finding{
      what.name,
      what.statement + " falls with n by a power of " + limits + " at d = " + std::to_string(last.dimension),
      Verdict::undecided,
      slope_text(last),
      kBootstrap,
      reported};
  if (any_not_finite(last.draws) || has_few_replicates(last)) return without_confidence(finding);
  finding.verdict = verdict_of_interval({-last.interval.upper, -last.interval.lower}, lower, upper);
  return finding;
}

Finding judge_trend(const FindingTitle& title, const std::vector<std::vector<double>>& by_setting, int sign,
                    const std::string& reported) {
  for (const auto& values : by_setting)
    if (values.empty() || values.size() != by_setting.front().size())
      return {title.name, title.statement, Verdict::undecided, "runs are missing", "none", reported};
  std::vector<double> changes;
  std::string medians;
  for (const auto& values : by_setting) medians += (medians.empty() ? "" : ", ") + short_text(median_of(values));
  for (std::size_t s = 0; s < by_setting.front().size(); ++s)
    changes.push_back(sign * (by_setting.back()[s] - by_setting.front()[s]));
  Finding finding = judge_median(title, changes, std::numeric_limits<double>::min(), HUGE_VAL, reported);
  finding.ours = "medians " + medians;
  return finding;
}

}  // namespace shatterproof
