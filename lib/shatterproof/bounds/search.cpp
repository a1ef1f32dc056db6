#include "shatterproof/bounds/search.hpp"

#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <set>
#include <string>

#include "shatterproof/bounds/candidates.hpp"
#include "shatterproof/bounds/closed_forms.hpp"
#include "shatterproof/bounds/lower_bounds.hpp"
#include "shatterproof/bounds/slab.hpp"
#include "shatterproof/bounds/univariate.hpp"
#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

constexpr long kMostSlabs = 1000;  // enclosing one slab costs about a millisecond
constexpr long kMostSlabsApprox = 100000000;

// The first candidate is always kept: a negative Fano bracket or a value that overflowed (NaN) must not leave the
// search without any.
struct Best {
  Candidate candidate;
  double value = -std::numeric_limits<double>::infinity();
  long slabs = 0;

  void offer(const Candidate& c, double v, long k = 0) {
    if (candidate.eps != 0 && !(v > value)) return;
    candidate = c, slabs = k;
    if (v > value) value = v;
  }
};

using CubeBound = RiskBound (*)(const CubePrior&);
const std::vector<std::pair<std::string, CubeBound>>& cube_bounds() {
  static const std::vector<std::pair<std::string, CubeBound>> bounds = {
      {"fano_vg_quarter", fano_vg_quarter},   {"fano_vg_half", fano_vg_half}, {"fano_gv", fano_gilbert},
      {"assouad_2Q", assouad_two_point},      {"assouad_mmse", assouad_mmse}, {"one_line_exp", one_line_exp},
      {"one_line_product", one_line_product}, {"empty_caps", empty_caps},     {"bayes_exact", bayes_exact}};
  return bounds;
}

std::vector<Candidate> candidates_for(const MinimaxProblem& problem, const BoundChoice& choice) {
  require(choice.eps || !choice.caps, "a number of caps may be given only together with eps");
  if (!choice.eps) return cap_candidates(problem.dimension, problem.samples);
  const Integer caps = choice.caps ? *choice.caps : certified_caps(problem.dimension, *choice.eps);
  static_cast<void>(make_cube_prior(problem, *choice.eps, caps));  // refuses what is not certified
  return {{*choice.eps, caps}};
}

using BestByName = std::map<std::string, Best>;

void offer_all(const MinimaxProblem& problem, const std::vector<Candidate>& candidates, long most, BestByName& best) {
  for (const Candidate& candidate : candidates) {
    for (const ApproxBound& bound : approx_cube_bounds(problem, candidate))
      best[bound.name].offer(candidate, bound.value);
    const ApproxSlab slab = approx_slab_bound(problem, candidate, most);
    best["slab_mmse"].offer(candidate, slab.mmse, slab.slabs);
    best["slab_sigma_free"].offer(candidate, slab.sigma_free, slab.slabs);
  }
}

// The best candidate of each bound; with `refine`, also looking around the best ones found first.
BestByName search(const MinimaxProblem& problem, const std::vector<Candidate>& candidates, long most, bool refine) {
  BestByName best;
  offer_all(problem, candidates, most, best);
  std::set<Rational> centres;
  if (refine)
    for (const auto& entry : best) centres.insert(entry.second.candidate.eps);
  for (const Rational& eps : centres) offer_all(problem, refined_candidates(problem.dimension, eps), most, best);
  return best;
}

ChosenBound slab_bound(const MinimaxProblem& problem, const Best& best, RiskBound (*evaluate)(const SlabFamily&)) {
  const Rational depth = best.candidate.eps * best.candidate.eps;
  long slabs = best.slabs;
  // The estimate of K comes from an approximate T; one slab fewer keeps the amplitude at B if T is a little larger.
  const Rational room = problem.seminorm / (problem.sup_norm == 0 ? Rational(1) : problem.sup_norm);
  if (slabs > 1 && slab_seminorm(problem.dimension, depth, slabs) * best.candidate.caps > room) --slabs;
  return {evaluate(make_slab_family(problem, depth, slabs, best.candidate.caps)), best.candidate.eps,
          best.candidate.caps, slabs};
}

ChosenBound best_univariate(const MinimaxProblem& problem) {
  ChosenBound best{univariate_bumps(problem, Rational(1, 2)), Rational(1, 2), 2, 0};
  if (problem.dimension != 1) return best.eps = 0, best.caps = 0, best;
  const PrecisionScope guard(64);
  for (long k = 1; k <= 4000; k += k / 8 + 1) {
    const RiskBound bound = univariate_bumps(problem, Rational(1, k));
    if (certainly_less(best.bound.value, bound.value)) best = {bound, Rational(1, k), k, 0};
  }
  return best;
}

}  // namespace

std::vector<ChosenBound> best_lower_bounds(const MinimaxProblem& problem, const BoundChoice& choice) {
  require_valid(problem);
  BestByName best = search(problem, candidates_for(problem, choice), kMostSlabs, !choice.eps);
  std::vector<ChosenBound> chosen;
  for (const auto& [name, evaluate] : cube_bounds()) {
    const Candidate& at = best[name].candidate;
    chosen.push_back({evaluate(CubePrior(make_cube_prior(problem, at.eps, at.caps))), at.eps, at.caps, 0});
  }
  chosen.push_back(slab_bound(problem, best["slab_mmse"], slab_mmse));
  chosen.push_back(slab_bound(problem, best["slab_sigma_free"], slab_sigma_free));
  if (problem.dimension == 1) chosen.push_back(best_univariate(problem));
  chosen.push_back({closed_form_noisy(problem)});
  chosen.push_back({closed_form_free(problem)});
  return chosen;
}

std::vector<ChosenBound> with_packings(const MinimaxProblem& problem, std::vector<ChosenBound> bounds,
                                       const std::vector<Packing>& packings) {
  for (const Packing& packing : packings) {
    const CubePrior prior = make_cube_prior(problem, packing);
    const Candidate candidate{packing.eps, packing.count};
    const long slabs = approx_slab_bound(problem, candidate, kMostSlabs).slabs;
    const SlabFamily family = make_slab_family(problem, slabs, packing);
    const auto offer = [&](ChosenBound& old, RiskBound bound, long k) {
      if (bound.status != BoundStatus::certified || !certainly_less(old.bound.value, bound.value)) return;
      old = {std::move(bound), packing.eps, packing.count, k, packing.family};
    };
    for (ChosenBound& bound : bounds) {
      for (const auto& [name, evaluate] : cube_bounds())
        if (name == bound.bound.name) offer(bound, evaluate(prior), 0);
      if (bound.bound.name == "slab_mmse") offer(bound, slab_mmse(family), slabs);
      if (bound.bound.name == "slab_sigma_free") offer(bound, slab_sigma_free(family), slabs);
    }
  }
  return bounds;
}

std::vector<ChosenBound> approx_best_lower_bounds(const MinimaxProblem& problem) {
  require_valid(problem);
  BestByName found = search(problem, cap_candidates(problem.dimension, problem.samples), kMostSlabsApprox, true);
  std::vector<std::string> names;
  for (const auto& entry : cube_bounds()) names.push_back(entry.first);
  names.insert(names.end(), {"slab_mmse", "slab_sigma_free"});
  std::vector<ChosenBound> chosen;
  for (const std::string& name : names) {
    const Best& best = found[name];
    RiskBound bound;
    bound.name = name;
    bound.status = best.value > 0 ? BoundStatus::numerical : BoundStatus::vacuous;
    bound.value = Ball::exact(std::max(best.value, 0.0));
    chosen.push_back({bound, best.candidate.eps, best.candidate.caps, best.slabs});
  }
  return chosen;
}

double log_log_slope(const std::vector<double>& n, const std::vector<double>& values) {
  double count = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
  for (std::size_t i = 0; i < n.size() && i < values.size(); ++i) {
    if (!(values[i] > 0) || !std::isfinite(values[i])) continue;
    const double x = std::log(n[i]), y = std::log(values[i]);
    count += 1, sx += x, sy += y, sxx += x * x, sxy += x * y;
  }
  return count < 2 ? std::nan("") : (count * sxy - sx * sy) / (count * sxx - sx * sx);
}

}  // namespace shatterproof
