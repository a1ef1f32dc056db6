// Procedures on Propositions I.1 to I.3: i3_empty_caps, i3_stable.
#include <algorithm>
#include <cmath>

#include "constructions/common/cap_function.hpp"
#include "constructions/common/judge.hpp"
#include "constructions/empty_caps/empty_cap_count.hpp"
#include "registry.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/core/random.hpp"
#include "shatterproof/sphere/packing.hpp"

namespace shatterproof {
namespace {

/// All caps at the default eps for n samples in R^d, amplitude 1 and signs +.
CapFunction make_function(long d, long n) {
  const Rational eps = default_cap_parameter(d, n);
  CapFunction f;
  f.centres = std::make_shared<const CapCentres>(best_packing(d, eps).centres);
  f.h = eps * eps;
  f.amplitude = f.scale = 1;
  f.signs.assign(static_cast<std::size_t>(f.centres->count()), 1);
  return f;
}

BallSample draw(long d, long n, std::uint64_t seed) {
  const auto index = static_cast<std::uint64_t>(d) * 1'000'000'007u + static_cast<std::uint64_t>(n);
  return sample_ball(n, d, stream_seed(seed, Stream::data, index));
}

/// Least-squares line through (log n, log gap), with the standard error of its slope.
struct Slope {
  double value = 0, standard_error = 0;
  long degrees = 0;  ///< of freedom
};

Slope fit_slope(const std::vector<double>& x, const std::vector<double>& y) {
  const auto k = static_cast<double>(x.size());
  double mean_x = 0, mean_y = 0, sxx = 0, sxy = 0, rest = 0;
  for (std::size_t i = 0; i < x.size(); ++i) mean_x += x[i] / k, mean_y += y[i] / k;
  for (std::size_t i = 0; i < x.size(); ++i) {
    sxx += (x[i] - mean_x) * (x[i] - mean_x);
    sxy += (x[i] - mean_x) * (y[i] - mean_y);
  }
  const double slope = sxy / sxx;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double r = y[i] - mean_y - slope * (x[i] - mean_x);
    rest += r * r;
  }
  return {slope, std::sqrt(rest / (k - 2) / sxx), static_cast<long>(x.size()) - 2};
}

/// P(|T| > |t|) for Student's t: I_{v/(v+t^2)}(v/2, 1/2).
double p_value(const Slope& slope, double stated) {
  const double t = (slope.value - stated) / slope.standard_error;
  const Ball v(slope.degrees);
  const Ball x = v / (v + square(Ball::exact(t)));
  return regularised_beta(v / Ball(2), Ball(1) / Ball(2), x).mid_double();
}

/// Mean gap of f_Gamma over the replicates (L = 1, measure P), on the first N = c_N eps^-(d-1) caps and on all m.
struct MeanGap {
  double matched = 0, all = 0;
};

/// c_N = min over the sizes of m eps^(d-1): the density that the packings reach for every one of them.
double common_density(const std::vector<CapFunction>& functions) {
  double density = HUGE_VAL;
  for (const CapFunction& f : functions) {
    const double m = static_cast<double>(f.centres->count());
    density = std::min(density, m * std::pow(f.h.get_d(), static_cast<double>(f.dimension() - 1) / 2));
  }
  return density;
}

MeanGap measure(const CapFunction& f, long n, double density, long replicates, std::uint64_t seed,
                std::vector<std::string>& table) {
  const long d = f.dimension();
  const long matched = std::lround(density * std::pow(f.h.get_d(), -static_cast<double>(d - 1) / 2));
  MeanGap gap;
  double empty = 0;
  long most = 0;
  EmptyCapCount count;
  for (long r = 0; r < replicates; ++r) {
    const BallSample sample = draw(d, n, stream_seed(seed, Stream::data, static_cast<std::uint64_t>(r)));
    const CapMembership membership = cap_membership(*f.centres, f.h, sample);
    count = count_empty_caps(d, f.h, membership);
    const std::vector<long> gamma = membership.empty();
    const auto first = std::count_if(gamma.begin(), gamma.end(), [&](long j) { return j < matched; });
    const double one_cap = count.expected_gap.mid_double() / count.expected_empty.mid_double();
    gap.matched += one_cap * static_cast<double>(first) / static_cast<double>(replicates);
    gap.all += count.gap.mid_double() / static_cast<double>(replicates);
    empty += static_cast<double>(count.empty) / static_cast<double>(replicates);
    most = std::max(most, count.most);
  }
  table.push_back(std::to_string(d) + "  " + std::to_string(n) + "  N = " + std::to_string(matched) +
                  "  gap = " + short_text(Ball::exact(gap.matched)) + " | m = " + std::to_string(count.caps) +
                  "  empty = " + short_text(Ball::exact(empty)) + " (expected " + short_text(count.expected_empty) +
                  ")  gap = " + short_text(Ball::exact(gap.all)) + " (expected " + short_text(count.expected_gap) +
                  ")  Zmax = " + std::to_string(most));
  return gap;
}

std::string slope_text(const Slope& slope) {
  return short_text(Ball::exact(slope.value)) + " +- " + to_text(Ball::exact(slope.standard_error), 2).mid;
}

/// Measures one dimension; true if the slope agrees with the stated rate.
bool agrees_in_dimension(long d, const std::vector<long>& sizes, long replicates, double tolerance, std::uint64_t seed,
                         ProcedureResult& result) {
  std::vector<CapFunction> functions;
  for (long n : sizes) functions.push_back(make_function(d, n));
  const double density = common_density(functions);
  std::vector<double> x, matched, all;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const MeanGap gap = measure(functions[i], sizes[i], density, replicates, seed, result.table);
    ++result.instances;
    x.push_back(std::log(static_cast<double>(sizes[i])));
    matched.push_back(std::log(gap.matched));  // -inf if no cap was empty: then no slope agrees
    all.push_back(std::log(gap.all));
  }
  const double stated = -2.0 / static_cast<double>(d + 1);
  const Slope slope = fit_slope(x, matched);
  const double p = p_value(slope, stated);
  const std::string line =
      "d = " + std::to_string(d) + ": " + slope_text(slope) + " (stated " + short_text(Ball::exact(stated)) + ")";
  result.table.push_back("   slope " + line + ", p = " + to_text(Ball::exact(p), 2).mid +
                         "; with all m caps: " + slope_text(fit_slope(x, all)));
  result.detail += (result.detail.empty() ? "slope " : "; ") + line;
  return p >= 0.01 || std::fabs(slope.value - stated) <= tolerance;
}

ProcedureResult run_i3_empty_caps(const Parameters& parameters) {
  ProcedureResult result{.verdict = Verdict::supported};
  const auto seed = static_cast<std::uint64_t>(parameters.integer("seed"));
  const double tolerance = parse_rational(parameters.text("tolerance")).get_d();
  const std::vector<long> sizes = parameters.integers("samples");
  const long replicates = parameters.integer("replicates");
  require(sizes.size() >= 3, "parameter 'samples': expected at least 3 sample sizes to fit a slope");
  require(replicates >= 1, "parameter 'replicates': expected a number of at least 1");
  result.table.push_back(
      "d  n  first N = c_N eps^-(d-1) caps | all m caps of the packing; gap of f_Gamma at L = 1, "
      "measure P; means of " +
      std::to_string(replicates) + " samples");
  for (long d : parameters.integers("dims")) {
    // A sample refutes nothing: a slope that does not fit leaves the claim undecided.
    if (!agrees_in_dimension(d, sizes, replicates, tolerance, seed, result)) result.verdict = Verdict::undecided;
  }
  return result;
}

ProcedureResult run_i3_stable(const Parameters& parameters) {
  ProcedureResult result{.verdict = Verdict::proved};
  const auto seed = static_cast<std::uint64_t>(parameters.integer("seed"));
  const Rational L = parse_rational(parameters.text("L")), eta = parse_rational(parameters.text("eta"));
  require(L > 0, "parameter 'L' = '" + parameters.text("L") + "': expected a positive number");
  require(eta > 0, "parameter 'eta' = '" + parameters.text("eta") + "': expected a positive number");
  const Ball threshold(Rational(2 / eta));
  double tightest = HUGE_VAL;
  result.table.push_back("d  n  m  Zmax  lambda_max  stated bound  2/eta");
  for (long d : parameters.integers("dims")) {
    for (long n : parameters.integers("samples")) {
      CapFunction f = make_function(d, n);
      Random random(stream_seed(seed, Stream::signs));
      for (int& sign : f.signs) sign = random.below(2) == 0 ? -1 : 1;
      f.amplitude = L;
      f.scale = balanced_scale(L, f.h);
      const BallSample sample = draw(d, n, seed);
      const CapMembership membership = cap_membership(*f.centres, f.h, sample);
      const GramBound g = enclose_lambda_max_of_interpolant(f, membership, sample);
      const Verdict below_stated =
          certainly_less_or_equal(g.lambda_max, g.stated_bound) ? Verdict::proved : Verdict::undecided;
      const Verdict stable = judge_at_most(g.lambda_max, threshold);
      if (stable == Verdict::refuted && result.verdict != Verdict::refuted) {
        result.detail = "d = " + std::to_string(d) + ", n = " + std::to_string(n) +
                        ": lambda_max >= " + short_text(g.lambda_max.lower()) + " > 2/eta";
      }
      result.verdict = both(result.verdict, both(below_stated, stable));
      tightest = std::min(tightest, ((g.stated_bound - Ball(1)) / (g.lambda_max - Ball(1)).upper()).mid_double());
      ++result.instances;
      result.table.push_back(std::to_string(d) + "  " + std::to_string(n) + "  " + std::to_string(f.centres->count()) +
                             "  " + std::to_string(membership.most()) + "  [" + short_text(g.lambda_max.lower()) +
                             ", " + short_text(g.lambda_max.upper()) + "]  " + short_text(g.stated_bound) + "  " +
                             short_text(threshold));
    }
  }
  if (result.verdict == Verdict::proved) {
    result.slack = to_text(Ball::exact(tightest), 3).mid + "x in lambda_max - 1";
    result.detail = "lambda_max <= min(2/eta, 1 + 2 sqrt(2) L Zmax/n) for f_xi on every listed sample";
  }
  return result;
}

}  // namespace

void add_empty_caps(std::vector<Procedure>& list) {
  list.push_back({"i3_empty_caps",
                  "counts the caps that random samples leave empty and fits the slope of the gap of f_Gamma in n",
                  {"dims", "samples", "replicates", "tolerance", "seed"},
                  run_i3_empty_caps});
  list.push_back(
      {"i3_stable",
       "encloses lambda_max of the fixed balanced f_xi on random samples, against its bound and against 2/eta",
       {"dims", "samples", "L", "eta", "seed"},
       run_i3_stable});
}

}  // namespace shatterproof
