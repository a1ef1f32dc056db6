// Procedures on Constructions H.4 and H.7: h4_family, h7_bumps.
#include <algorithm>

#include "constructions/common/judge.hpp"
#include "constructions/common/monte_carlo.hpp"
#include "constructions/univariate_bumps/bump.hpp"
#include "registry.hpp"
#include "shatterproof/bounds/univariate.hpp"
#include "shatterproof/core/random.hpp"
#include "shatterproof/flatness/variation.hpp"
#include "shatterproof/network/evaluate.hpp"
#include "shatterproof/sphere/packing.hpp"
#include "shatterproof/sphere/packing_bounds.hpp"

namespace shatterproof {
namespace {

constexpr long kMostCentresChecked = 60;  // values and pairs of hyperplanes are checked on so many neurons

std::vector<int> random_signs(long count, std::uint64_t seed) {
  Random random(seed);
  std::vector<int> signs;
  for (long j = 0; j < count; ++j) signs.push_back(random.below(2) == 0 ? -1 : 1);
  return signs;
}

CapFunction make_function(const Packing& packing, std::uint64_t seed) {
  CapFunction f;
  f.centres = std::make_shared<const CapCentres>(packing.centres);
  f.h = packing.eps * packing.eps;
  f.amplitude = 1;
  f.scale = balanced_scale(f.amplitude, f.h);
  f.signs = random_signs(f.centres->count(), seed);
  return f;
}

/// Known to 10 bits at least: a wide enclosure contains any number that it is compared with.
bool is_tight(const Ball& x) { return x.is_exact() || x.accuracy_bits() >= 10; }

/// sup |f_xi| = M: Phi = relu/h lies in [0, 1] and supports are disjoint (certified packing), and f_xi(u_i) = xi_i M.
Verdict judge_sup_norm(const CapFunction& f) {
  const Network<Ball> network = ideal_network(f);
  const Matrix<Ball> u = f.centres->enclosures();
  for (long j = 0; j < std::min(f.centres->count(), kMostCentresChecked); ++j) {
    const Vector<Ball> centre = u.row(j).transpose();
    const Ball value = value_at(network, centre);
    // An enclosure without xi_i M is a counterexample; a tight one with it agrees with the disjointness that was proved
    // exactly.
    if (!value.contains(Rational(f.signs[static_cast<std::size_t>(j)] * f.amplitude))) return Verdict::refuted;
    if (!is_tight(value)) return Verdict::undecided;
  }
  return Verdict::proved;
}

/// |f_xi|_Vg = N M h^(d+1), against the general seminorm of a network on the first neurons.
Verdict judge_seminorm(CapFunction f) {
  for (std::size_t j = kMostCentresChecked; j < f.signs.size(); ++j) f.signs[j] = 0;
  const Network<Ball> network = ideal_network(f);
  const Ball weight = Ball(f.scale) * power(Ball(f.h), f.dimension() + 2);  // |w| (1-|t|)^(d+2)
  const Vector<Ball> weights = Vector<Ball>::Constant(network.neurons(), weight);
  const Ball seminorm = enclose_distinct_variation_seminorm(network, Ball(1), weights);
  if (!seminorm.contains(canonical_seminorm(f))) return Verdict::refuted;
  return is_tight(seminorm) ? Verdict::proved : Verdict::undecided;
}

/// ||f_xi - f_xi'||_P^2 = 4 M^2 a d_H against a random sample.
bool agrees_with_monte_carlo(const CapFunction& f, long points, std::uint64_t seed) {
  CapFunction g = f;
  g.signs = random_signs(f.centres->count(), stream_seed(seed, Stream::truth_signs));
  const Estimate estimate = approx_squared_distance(f, g, points, seed);
  return Ball::interval(Ball::exact(estimate.lower), Ball::exact(estimate.upper)).contains(squared_distance(f, g));
}

/// N h^(d+1) <= stated for EVERY packing: proved by a certified upper bound on N, refuted by a certified packing.
struct Budget {
  Rational reached, possible;  ///< N h^(d+1) of the packing, and of the upper bound
  Verdict verdict = Verdict::undecided;
};

Budget judge_budget(const Packing& packing, const Integer& most, const Rational& stated) {
  const Rational one = power(Rational(packing.eps * packing.eps), packing.dimension + 1);
  Budget budget{Rational(packing.count) * one, Rational(most) * one};
  if (budget.possible <= stated) budget.verdict = Verdict::proved;
  if (packing.certified && budget.reached > stated) budget.verdict = Verdict::refuted;
  return budget;
}

ProcedureResult run_h4_family(const Parameters& parameters) {
  ProcedureResult result{.verdict = Verdict::proved};
  const auto seed = static_cast<std::uint64_t>(parameters.integer("seed"));
  const long points = parameters.integer("points");
  const Rational stated = parse_rational(parameters.text("budget"));
  Rational largest = 0;
  long disagreements = 0;
  std::string where, witness;
  result.table.push_back("d   eps      N      bound  N h^(d+1)     ||f||^2_P");
  for (long d : parameters.integers("dims")) {
    for (const std::string& text : parameters.list("eps")) {
      const Rational eps = parse_rational(text);
      const Packing packing = best_packing(d, eps);
      const CapFunction f = make_function(packing, seed);
      const CapCountBound most = best_upper_bound(d, eps);
      const Budget budget = judge_budget(packing, most.count, stated);
      const std::string here = "d = " + std::to_string(d) + ", eps = " + text;
      if (budget.possible > largest) largest = budget.possible, where = here;
      if (budget.verdict == Verdict::refuted && witness.empty())
        witness = here + ": the certified packing of " + packing.count.get_str() +
                  " caps has N eps^(2d+2) = " + to_text_exact(budget.reached) + " > " + to_text_exact(stated);
      Verdict verdict = packing.certified ? Verdict::proved : Verdict::undecided;
      verdict = both(verdict, both(judge_sup_norm(f), judge_seminorm(f)));
      verdict = both(verdict, budget.verdict);
      disagreements += !agrees_with_monte_carlo(f, points, seed);
      result.verdict = both(result.verdict, verdict);
      ++result.instances;
      result.table.push_back(std::to_string(d) + "  " + text + "  " + packing.count.get_str() + "  " +
                             most.count.get_str() + " (" + most.name + ")  " + short_text(Ball(canonical_seminorm(f))) +
                             "  " + short_text(norm2(f)));
    }
  }
  // The distances are closed forms of disjoint supports; a sample that disagrees means that something is not
  // understood.
  if (disagreements > 0) result.verdict = both(result.verdict, Verdict::undecided);
  if (!witness.empty()) {
    result.detail = witness;
    return result;
  }
  result.slack = short_text(Ball(stated) / Ball(largest)) + "x at " + where;
  result.detail = "sup norm, seminorm and distances exact; N eps^(2d+2) <= " + short_text(Ball(largest)) +
                  " for every packing; Monte Carlo disagreed " + std::to_string(disagreements) + " times of " +
                  std::to_string(result.instances);
  return result;
}

ProcedureResult run_h7_bumps(const Parameters& parameters) {
  const PrecisionScope scope(192);
  ProcedureResult result{.verdict = Verdict::proved};
  Ball largest;
  result.table.push_back("c            eps     ||f||_inf   |f|_Vg     verdict");
  for (const std::string& text : parameters.list("amplitudes")) {
    const Ball c = bump_amplitude(text);
    for (const std::string& eps_text : parameters.list("eps")) {
      const BumpMembership m = judge_bump_membership(c, parse_rational(eps_text));
      ++result.instances;
      if (m.verdict == Verdict::refuted && result.verdict != Verdict::refuted) {
        result.detail = "c = " + text + ", eps = " + eps_text + ": |f|_Vg = " + short_text(m.seminorm) +
                        ", ||f||_inf = " + short_text(m.sup_norm);
      }
      result.verdict = both(result.verdict, m.verdict);
      largest = max(largest, max(m.seminorm, m.sup_norm));
      result.table.push_back(text + "  " + eps_text + "  " + short_text(m.sup_norm) + "  " + short_text(m.seminorm) +
                             "  " + std::string(to_text(m.verdict)));
    }
  }
  if (result.verdict == Verdict::proved) {
    result.slack = short_text(Ball(1) / largest) + "x";
    result.detail = "largest of ||f||_inf and |f|_Vg is " + short_text(largest) +
                    "; 1/(2 A2) = " + short_text(crude_bump_constant()) +
                    ", 1/S(1/8) = " + short_text(bump_amplitude("exact"));
  }
  return result;
}

}  // namespace

void add_constructions(std::vector<Procedure>& list) {
  list.push_back({"h4_family",
                  "Construction H.4 on certified packings: sup norm, seminorm, distances, budget N eps^(2d+2)",
                  {"dims", "eps", "budget", "points", "seed"},
                  run_h4_family});
  list.push_back({"h7_bumps",
                  "membership of the bumps of H.7 in F_{1,1} for the amplitudes c listed, by rigorous integration",
                  {"amplitudes", "eps"},
                  run_h7_bumps});
}

}  // namespace shatterproof
