// The caps that `bounds` stands on.
#include "bounds_caps.hpp"

#include <algorithm>
#include <map>

#include "pack_report.hpp"
#include "progress_bar.hpp"
#include "shatterproof/core/error.hpp"

namespace shatterproof::tools {
namespace {

// Filling a code of that size takes a second or two.
constexpr long kMostFilledDimension = 24, kMostFilledForBounds = 12000;

using CapsByEps = std::map<Rational, Integer>;

CapsByEps caps_by_eps(const std::vector<ChosenBound>& bounds) {
  CapsByEps caps;
  for (const ChosenBound& bound : bounds)
    if (bound.caps != 0) caps[bound.eps] = std::max(caps[bound.eps], bound.caps);
  return caps;
}

}  // namespace

BoundsOnCaps lower_bounds_on_best_caps(const MinimaxProblem& problem, const BoundChoice& choice) {
  std::vector<ChosenBound> bounds = best_lower_bounds(problem, choice);
  const long d = problem.dimension;
  if (choice.caps || d < 3 || d > kMostFilledDimension) return {std::move(bounds), {}};
  std::vector<Packing> packings;
  const ProgressBar bar("filling holes");
  for (const auto& [eps, caps] : caps_by_eps(bounds)) {
    if (caps * d > kMostFilledForBounds || available_family(d, eps).first > caps) continue;
    Packing packing = best_filled_packing(d, eps, kUntilNoneIsFound);
    if (interrupted()) throw UndecidedError("interrupted while holes of the packings were filled");
    if (packing.certified && packing.count > caps) packings.push_back(std::move(packing));
  }
  return {with_packings(problem, std::move(bounds), packings), std::move(packings)};
}

CubePrior cube_of(const MinimaxProblem& problem, const Rational& eps, const Integer& caps,
                  const std::vector<Packing>& packings) {
  for (const Packing& packing : packings)
    if (packing.eps == eps && packing.count == caps) return make_cube_prior(problem, packing);
  return make_cube_prior(problem, eps, caps);
}

std::vector<CapsUsed> caps_used(long dimension, const std::vector<ChosenBound>& bounds) {
  std::map<std::pair<Rational, Integer>, std::string> used;
  for (const ChosenBound& bound : bounds)
    if (bound.caps != 0) used.try_emplace({-bound.eps, bound.caps}, bound.family);
  std::vector<CapsUsed> result;
  for (const auto& [at, family] : used) {
    CapsUsed caps{-at.first, at.second, family, {}};
    if (family.empty()) {
      const auto [count, name] = available_family(dimension, caps.eps);
      caps.family = caps.caps == count ? name : caps.caps < count ? "of --caps" : "existence (area)";
    }
    caps.upper = dimension <= kMostFilledDimension ? least_upper_bound(dimension, caps.eps)
                                                   : best_upper_bound(dimension, caps.eps);
    result.push_back(std::move(caps));
  }
  return result;
}

}  // namespace shatterproof::tools
