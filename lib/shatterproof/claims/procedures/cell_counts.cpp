// Procedure on I.1' and I.1'': occupancy_masses.
#include "shatterproof/bounds/cell_counts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "registry.hpp"
#include "shatterproof/bounds/occupancy.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/core/random.hpp"
#include "shatterproof/numeric/ball.hpp"

namespace shatterproof {
namespace {

/// m masses with a total below 1, some of them equal, some tiny.
std::vector<Rational> random_masses(Random& random, long m) {
  std::vector<Rational> masses;
  Rational total = static_cast<long>(random.below(3 * static_cast<std::uint64_t>(m)));  // outside of all cells
  for (long j = 0; j < m; ++j) {
    masses.emplace_back(1 + static_cast<long>(random.below(9)));
    total += masses.back();
  }
  for (Rational& p : masses) p /= total;
  return masses;
}

Ball mean(const std::vector<Ball>& q) {
  Ball sum(0);
  for (const Ball& x : q) sum += x;
  return sum / Ball(static_cast<long>(q.size()));
}

/// P(#empty <= threshold), for a threshold that is enclosed: the largest that the enclosure allows.
Rational probability_up_to(const std::vector<Rational>& law, const Ball& threshold) {
  const Integer top = floor(threshold.upper_rational());
  Rational sum = 0;
  for (std::size_t r = 0; r < law.size() && Integer(static_cast<long>(r)) <= top; ++r) sum += law[r];
  return sum;
}

struct Setting {
  std::vector<Rational> masses;
  long points;
  [[nodiscard]] long cells() const { return static_cast<long>(masses.size()); }
  /// exp(-n p_j) for I.1', (1-p_j)^n for I.1''.
  [[nodiscard]] std::vector<Ball> empty_chances(bool poissonised) const {
    std::vector<Ball> q;
    for (const Rational& p : masses)
      q.push_back(poissonised ? exp(-Ball(Rational(p * points))) : power(Ball(Rational(1 - p)), points));
    return q;
  }
};

/// The exact law of the number of empty cells of unequal masses against the tail bound named, at delta = qbar k/8.
ProcedureResult occupancy_masses(const Parameters& p) {
  const PrecisionScope scope(128);
  const std::string form = p.text("form");
  require(form == "doubled" || form == "chernoff" || form == "hoeffding",
          "form: found '" + form + "', expected doubled, chernoff or hoeffding");
  const Rational exponent = p.has("exponent") ? parse_rational(p.text("exponent")) : Rational(1);
  Random random(static_cast<std::uint64_t>(p.integer("seed")));
  ProcedureResult result;
  result.verdict = Verdict::supported;
  double least = 1e300;
  for (long i = 0; i < p.integer("instances"); ++i) {
    const Setting setting{random_masses(random, 4 + static_cast<long>(random.below(9))),
                          4 + static_cast<long>(random.below(37))};
    const long m = setting.cells();
    const std::vector<Rational> law = empty_cell_distribution(setting.masses, setting.points);
    const Ball q = mean(setting.empty_chances(form == "doubled"));
    for (long k = 1; k < 8; ++k) {
      const Ball delta = q * Ball(Rational(k, 8));
      const Ball probability(probability_up_to(law, (q - delta) * Ball(m)));
      Ball bound = form == "chernoff" ? empty_tail_chernoff(m, q, delta) : empty_tail_hoeffding(m, delta);
      bound = power(bound, Ball(exponent));
      if (form == "doubled") bound *= Ball(2);
      ++result.instances;
      if (certainly_less_or_equal(probability, bound)) {
        if (certainly_positive(probability)) least = std::min(least, (bound / probability).lower_double());
        continue;
      }
      const bool fails = certainly_less(bound, probability);
      const Verdict verdict = fails ? Verdict::refuted : Verdict::undecided;
      if (both(result.verdict, verdict) != result.verdict)
        result.detail = fmt::format("m = {}, n = {}, qbar = {:.4f}, delta = {:.4f}: probability {:.4g}, bound {:.4g}",
                                    m, setting.points, q.mid_double(), delta.mid_double(), probability.mid_double(),
                                    bound.mid_double());
      result.verdict = both(result.verdict, verdict);
    }
  }
  if (least < 1e300) result.slack = fmt::format("at least {:.3g}x in the probability", least);
  result.method = "exact laws in rational arithmetic";
  if (result.detail.empty()) result.detail = "exact laws of #empty for random unequal masses: no violation";
  return result;
}

}  // namespace

void add_cell_counts(std::vector<Procedure>& list) {
  list.push_back({"occupancy_masses",
                  "tail bounds for the number of empty cells of unequal masses against the exact law",
                  {"form", "instances", "seed", "exponent"},
                  occupancy_masses});
}

}  // namespace shatterproof
