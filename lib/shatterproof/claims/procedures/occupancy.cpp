#include "shatterproof/bounds/occupancy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "registry.hpp"
#include "shatterproof/bounds/cube_prior.hpp"
#include "shatterproof/bounds/total_variation.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"

namespace shatterproof {
namespace {

/// One setting of Proposition I.1: eps at most kappa n^(-1/(d+1)), rounded down to six decimals, and m disjoint caps.
struct CapSample {
  long dimension, points, caps;
  Rational eps;

  [[nodiscard]] Ball mass() const { return uniform_ball::cap_mass(dimension, Ball(Rational(eps * eps))); }
  [[nodiscard]] Ball eps_power(long exponent) const { return Ball(power(eps, exponent)); }
  [[nodiscard]] std::string text() const {
    return fmt::format("d = {}, n = {}, m = {}, eps = {}", dimension, points, caps, to_text_exact(eps));
  }
};

std::vector<CapSample> cap_samples(const Parameters& p) {
  const Rational kappa = parse_rational(p.text("kappa"));
  require(kappa > 0, "kappa must be positive");
  const long most = p.has("most_caps") ? p.integer("most_caps") : 120;
  std::vector<CapSample> samples;
  for (long d : p.integers("dims")) {
    for (long n : p.integers("samples")) {
      const double wanted = kappa.get_d() * std::pow(static_cast<double>(n), -1.0 / static_cast<double>(d + 1));
      Rational eps(static_cast<long>(std::min(1.0, wanted) * 1e6), 1000000);
      eps.canonicalize();
      require(eps > 0, "kappa n^(-1/(d+1)) is below 10^-6");
      const Integer available = certified_caps(d, eps);
      samples.push_back({d, n, available < most ? available.get_si() : most, eps});
    }
  }
  return samples;
}

/// I.1, the displayed inequality: P(#empty < (q* - delta) m) <= exp(-2 delta^2 m) + C* m eps^(2(d+1)), here even
/// without the second term, with q* = exp(-U_d n eps^(d+1)), against the exact law of the number of empty caps.
ProcedureResult occupancy_i1(const Parameters& p) {
  ProcedureResult result;
  result.verdict = Verdict::proved;
  double least = 1e300;
  for (const CapSample& sample : cap_samples(p)) {
    const Occupancy occupancy{sample.caps, sample.points, [&] { return sample.mass(); }};
    const std::vector<Ball> law = occupancy.distribution();
    const Ball q_star = exp(-uniform_ball::cap_mass_upper(sample.dimension) * Ball(sample.points) *
                            sample.eps_power(sample.dimension + 1));
    for (long quarter = 1; quarter <= 3; ++quarter) {
      const Ball delta = q_star * Ball(Rational(quarter, 4));
      const Integer threshold = floor(Ball((q_star - delta) * Ball(sample.caps)).upper_rational());
      const Ball probability = probability_at_most(law, threshold.get_si()),
                 bound = empty_tail_hoeffding(sample.caps, delta);
      ++result.instances;
      if (!certainly_less_or_equal(probability, bound)) {
        result.verdict = both(result.verdict, Verdict::undecided);
        result.detail = "not decided at " + sample.text();
        continue;
      }
      if (certainly_positive(probability)) least = std::min(least, (bound / probability).lower_double());
    }
    result.table.push_back(fmt::format("{}: q = {:.4f}, q* = {:.4f}, E #empty = {:.3f}, var = {:.3f}", sample.text(),
                                       occupancy.empty_probability().mid_double(), q_star.mid_double(),
                                       occupancy.mean().mid_double(), occupancy.variance().mid_double()));
  }
  if (least < 1e300) result.slack = fmt::format("at least {:.3g}x in the probability", least);
  if (result.detail.empty())
    result.detail = "exact law of #empty; holds without the C* term for delta = q*/4, q*/2, 3q*/4";
  return result;
}

/// The step of the proof of I.1: TV(multinomial counts, independent Poisson) <= C* m eps^(2(d+1)), C* = U_d^2.
ProcedureResult le_cam_i1(const Parameters& p) {
  ProcedureResult result;
  result.verdict = Verdict::supported;
  for (const CapSample& sample : cap_samples(p)) {
    const Ball mass = Ball(sample.caps) * sample.mass();
    const Ball distance = binomial_poisson_distance(sample.points, mass);
    const Ball upper = uniform_ball::cap_mass_upper(sample.dimension);
    const Ball claimed = square(upper) * Ball(sample.caps) * sample.eps_power(2 * sample.dimension + 2);
    const DistanceBracket bracket = barbour_hall(sample.points, mass);
    ++result.instances;
    const std::string line =
        fmt::format("{}: TV = {:.5g}, claimed {:.5g}, {:.0f}x too small; Barbour-Hall [{:.3g}, {:.3g}]", sample.text(),
                    distance.mid_double(), claimed.mid_double(), (distance / claimed).mid_double(),
                    bracket.lower.mid_double(), bracket.upper.mid_double());
    result.table.push_back(line);
    if (certainly_less(claimed, distance) && result.verdict != Verdict::refuted) {
      result.verdict = Verdict::refuted;
      result.detail = line;
    }
  }
  if (result.detail.empty()) result.detail = "no counterexample among the listed settings";
  return result;
}

}  // namespace

void add_occupancy(std::vector<Procedure>& list) {
  const std::vector<std::string> names{"dims", "samples", "kappa", "most_caps"};
  list.push_back(
      {"occupancy_i1", "exact law of the number of empty caps against the inequality of I.1", names, occupancy_i1});
  list.push_back({"le_cam_i1", "the total variation step in the proof of I.1, exactly", names, le_cam_i1});
}

}  // namespace shatterproof
