// Procedures on Theorem E.5: weight_deviation_bound (seeded samples), weight_deviation_pathwise (d = 1, each sample),
// weight_transfer (the step of its proof, by an exact pair of laws).
#include "shatterproof/flatness/weight_deviation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "registry.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/core/random.hpp"
#include "shatterproof/flatness/weight_deviation_bound.hpp"
#include "shatterproof/flatness/weight_function.hpp"

namespace shatterproof {
namespace {

constexpr int kDeviationDigits = 12;
constexpr double kTolerance = 1e-6;
constexpr long kMostSteps = 20000;
constexpr long kLargestPlane = 40;  // samples in the plane for which all directions are searched

/// n points of the unit ball, rounded towards 0 to a multiple of 2^-20.
Matrix<Rational> draw_samples(Random& random, long n, long d) {
  constexpr long kGrid = 1L << 20;
  Matrix<Rational> X(n, d);
  for (long i = 0; i < n; ++i) {
    const auto x = random.in_unit_ball(static_cast<int>(d));
    for (long j = 0; j < d; ++j) {
      X(i, j) = Rational(static_cast<long>(std::trunc(x[static_cast<std::size_t>(j)] * (kGrid - 1))), kGrid);
      X(i, j).canonicalize();
    }
  }
  return X;
}

/// The share of the bound that is claimed to be enough; 1 for the theorem itself.
Ball claimed_share(const Parameters& p) {
  const Rational share = p.has("share") ? parse_rational(p.text("share")) : Rational(1);
  require(share > 0, "parameter 'share': expected a number above 0");
  return Ball(share);
}

/// The supremum over all directions (d = 1, d = 2 with few samples), or over some: a lower bound of it.
struct Deviation {
  Ball value;
  bool all_directions;
};

Deviation deviation_of(const Matrix<Rational>& X, long directions, Random& random) {
  const long d = X.cols();
  if (d == 1) return {enclose_deviation_line(X, kDeviationDigits).largest(), true};
  if (d == 2 && X.rows() <= kLargestPlane) return {enclose_deviation_plane(X, kTolerance, kMostSteps).largest(), true};
  Ball largest = 0;
  for (long k = 0; k < directions; ++k) {
    const auto u = rational_unit_vector(random.unit_vector(static_cast<int>(d)));
    largest = max(largest, enclose_deviation_along(X, u, kDeviationDigits).largest());
  }
  return {largest, false};
}

/// Theorem E.5': how often the bound holds on seeded samples. Where it exceeds the trivial bound it says nothing.
ProcedureResult run_bound(const Parameters& p) {
  const Rational delta = parse_rational(p.text("delta"));
  const long draws = p.integer("draws");
  const long directions = p.has("directions") ? p.integer("directions") : 12;
  require(draws >= 1 && directions >= 1, "parameters 'draws' and 'directions': expected at least 1");
  Random random(static_cast<std::uint64_t>(p.has("seed") ? p.integer("seed") : 1));
  const Ball share = claimed_share(p);
  ProcedureResult result{.verdict = Verdict::supported};
  long failures = 0, trivial = 0, partial = 0, settings = 0;
  for (const long d : p.integers("dims"))
    for (const long n : p.integers("samples")) {
      const Ball bound = share * weight_deviation_bound(d, n, delta).bound;
      ++settings;
      if (!certainly_less(bound, trivial_weight_deviation())) ++trivial;
      double least = 1e300, most = 0;
      for (long k = 0; k < draws; ++k) {
        const Deviation found = deviation_of(draw_samples(random, n, d), directions, random);
        ++result.instances;
        if (!found.all_directions) ++partial;
        if (!certainly_less_or_equal(found.value, bound)) ++failures;
        least = std::min(least, found.value.lower_double());
        most = std::max(most, found.value.upper_double());
      }
      result.table.push_back(fmt::format(
          "d = {}, n = {}: supremum{} in [{:.5g}, {:.5g}] over {} draws, times sqrt(n) at most {:.4g}; bound {:.5g}", d,
          n, d > 2 || (d == 2 && n > kLargestPlane) ? " over some directions" : "", least, most, draws,
          most * std::sqrt(static_cast<double>(n)), bound.mid_double()));
    }
  if (trivial == settings) result.verdict = Verdict::vacuous;
  result.detail = fmt::format("{} of {} draws above the bound", failures, result.instances);
  // More failures than delta allows on average would not refute a probability, but it would support nothing.
  if (Rational(failures) > delta * result.instances) result.verdict = Verdict::undecided;
  if (trivial > 0)
    result.detail += fmt::format("; in {} of {} settings it is above the trivial bound sqrt(2)/4", trivial, settings);
  if (partial > 0) result.detail += fmt::format("; {} draws looked at {} directions only", partial, directions);
  result.method = fmt::format("seeded samples, enclosed suprema, {} draws", result.instances);
  return result;
}

/// d = 1: sup |g_n - g_P| <= 2 (sqrt 2 + sqrt 10) D for every sample, D the exact distance of the distribution
/// functions.
ProcedureResult run_pathwise(const Parameters& p) {
  const long draws = p.integer("draws");
  require(draws >= 1, "parameter 'draws': expected at least 1");
  Random random(static_cast<std::uint64_t>(p.has("seed") ? p.integer("seed") : 1));
  const Ball share = claimed_share(p);
  ProcedureResult result{.verdict = Verdict::proved};
  double least = 1e300;
  const auto see = [&](const Matrix<Rational>& X) {
    const Ball found = enclose_deviation_line(X, kDeviationDigits).largest();
    const Ball bound = share * pathwise_bound(Ball(distribution_distance(X)));
    ++result.instances;
    if (certainly_less(bound, found)) {
      result.verdict = Verdict::refuted;
      result.detail =
          fmt::format("n = {}: supremum {:.6g} above {:.6g}", X.rows(), found.mid_double(), bound.mid_double());
    } else if (!certainly_less_or_equal(found, bound)) {
      result.verdict = both(result.verdict, Verdict::undecided);
    }
    if (certainly_positive(found)) least = std::min(least, (bound / found).lower_double());
  };
  for (const long n : p.integers("samples"))
    for (long k = 0; k < draws; ++k) see(draw_samples(random, n, 1));
  if (least < 1e300) result.slack = fmt::format("at least {:.3g}x", least);
  if (result.verdict == Verdict::proved)
    result.detail = fmt::format("holds for {} seeded samples, each decided in ball arithmetic", result.instances);
  result.method = "exact distribution distance, enclosed suprema";
  return result;
}

/// Two laws on the unit disc with the same p and s at (e1, 0) and different weights gt: then |gt_1 - gt_2| <= C |p_1
/// s_1 - p_2 s_2| holds for no C, and (40) transfers nothing. Exact: gt^2 is rational.
ProcedureResult run_transfer(const Parameters& p) {
  const Rational a = parse_rational(p.text("a"));
  require(a > 0 && 2 * a * a <= 1, "parameter 'a': expected 0 < a with (a, a) in the unit disc");
  Vector<Rational> e1(2);
  e1(0) = 1;
  e1(1) = 0;
  const auto moments_of = [&](std::initializer_list<Rational> heights) {
    Matrix<Rational> X(static_cast<Eigen::Index>(heights.size()), 2);
    Eigen::Index row = 0;
    for (const Rational& height : heights) {
      X(row, 0) = a;
      X(row++, 1) = height;
    }
    return side_moments(X, e1, Rational(0), exact_sides(X, e1, Rational(0)), 1);
  };
  const auto squared_weight = [](const SideMoments<Rational>& m) {
    return Rational(m.excess * m.excess * (m.p * m.p + m.q(0) * m.q(0) + m.q(1) * m.q(1)));
  };
  const auto two = moments_of({a, Rational(-a)}), one = moments_of({a});
  const Rational first = squared_weight(two), second = squared_weight(one);
  ProcedureResult result{.verdict = Verdict::undecided, .instances = 1};
  if (two.p == one.p && two.excess == one.excess && first != second) result.verdict = Verdict::refuted;
  result.detail = fmt::format("p = {}, s = {} for both laws, gt^2 = {} and {} (gt = {:.6f} and {:.6f})",
                              to_text_exact(one.p), to_text_exact(one.excess), to_text_exact(first),
                              to_text_exact(second), std::sqrt(first.get_d()), std::sqrt(second.get_d()));
  result.method = "exact rational arithmetic";
  return result;
}

}  // namespace

void add_weight_deviation(std::vector<Procedure>& list) {
  list.push_back({"weight_deviation_bound",
                  "Theorem E.5': enclosed suprema of |g_n - g_P| on seeded samples against the explicit bound",
                  {"dims", "samples", "draws", "delta", "directions", "seed", "share"},
                  run_bound});
  list.push_back({"weight_deviation_pathwise",
                  "d = 1: sup |g_n - g_P| against the distance of the distribution functions, each sample decided",
                  {"samples", "draws", "seed", "share"},
                  run_pathwise});
  list.push_back({"weight_transfer",
                  "the step of Theorem E.5 that transfers a bound on p s to the weight, by an exact pair of laws",
                  {"a"},
                  run_transfer});
}

}  // namespace shatterproof
