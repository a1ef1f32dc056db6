#include "shatterproof/bounds/cube_prior.hpp"

#include <algorithm>

#include "shatterproof/bounds/risk_bound.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"
#include "shatterproof/sphere/packing.hpp"
#include "shatterproof/sphere/packing_bounds.hpp"

namespace shatterproof {

namespace {

CubePrior cube_prior_of(const MinimaxProblem& problem, const Rational& eps, const Integer& caps) {
  // H.4 (ii): |f_xi|_Vg = M N eps^(2d+2) for every sign pattern, so this M is the largest that keeps f_xi in the class.
  const Rational seminorm_per_unit = caps * power(eps, 2 * problem.dimension + 2);
  const Rational by_seminorm = problem.seminorm / seminorm_per_unit;
  return CubePrior{problem, eps, caps, std::min(problem.sup_norm, by_seminorm)};
}

}  // namespace

std::string_view to_text(BoundStatus status) {
  switch (status) {
    case BoundStatus::certified:
      return "certified";
    case BoundStatus::numerical:
      return "numerical";
    case BoundStatus::vacuous:
      return "vacuous";
    case BoundStatus::not_applicable:
      return "not applicable";
  }
  return "?";
}

void require_valid(const MinimaxProblem& problem) {
  require(problem.dimension >= 1, "the dimension must be at least 1, found " + std::to_string(problem.dimension));
  require(problem.samples >= 0, "the number of samples must not be negative, found " + problem.samples.get_str());
  require(problem.sigma >= 0, "the noise level sigma must not be negative, found " + to_text_exact(problem.sigma));
  require(problem.sup_norm >= 0, "the sup-norm bound B must not be negative, found " + to_text_exact(problem.sup_norm));
  require(problem.seminorm >= 0, "the seminorm bound C must not be negative, found " + to_text_exact(problem.seminorm));
}

Ball CubePrior::depth() const { return Ball(Rational(eps * eps)); }

Ball CubePrior::energy_per_cap() const {
  return Ball(Rational(amplitude * amplitude)) * uniform_ball::atom_norm2(problem.dimension, depth());
}

Ball CubePrior::prior_energy() const { return Ball(caps) * energy_per_cap(); }

Ball CubePrior::cap_mass() const { return uniform_ball::cap_mass(problem.dimension, depth()); }

Ball CubePrior::signal_to_noise() const {
  require(problem.sigma > 0, "the signal-to-noise ratio needs sigma > 0");
  return Ball(problem.samples) * energy_per_cap() / Ball(Rational(problem.sigma * problem.sigma));
}

Integer certified_caps(long dimension, const Rational& eps) {
  require(eps > 0 && eps <= 1, "eps must lie in (0, 1], found " + to_text_exact(eps));
  Integer caps = available_caps(dimension, eps);
  if (dimension == 1) return caps;
  const Ball greedy = greedy_bound(dimension, Ball(Rational(eps * eps)));
  if (greedy.is_finite()) {
    const Rational least = greedy.lower_rational();
    Integer rounded_up = -floor(Rational(-least));
    caps = std::max(caps, rounded_up);
  }
  return caps;
}

CubePrior make_cube_prior(const MinimaxProblem& problem, const Rational& eps, const Integer& caps) {
  require_valid(problem);
  require(eps > 0 && eps <= 1, "eps must lie in (0, 1], found " + to_text_exact(eps));
  require(caps >= 1, "the number of caps must be at least 1, found " + caps.get_str());
  if (caps > 1) {
    const Integer most = certified_caps(problem.dimension, eps);
    require(caps <= most, "only " + most.get_str() + " disjoint caps are certified at eps = " + to_text_exact(eps) +
                              " in dimension " + std::to_string(problem.dimension) + ", found " + caps.get_str());
  }
  return cube_prior_of(problem, eps, caps);
}

void require_certified(const Packing& packing, long dimension) {
  require(packing.certified && packing.count >= 1, "the packing \"" + packing.family + "\" is not certified");
  require(packing.dimension == dimension,
          "the packing has dimension " + std::to_string(packing.dimension) + ", expected " + std::to_string(dimension));
  require(packing.eps > 0 && packing.eps <= 1, "eps must lie in (0, 1], found " + to_text_exact(packing.eps));
}

CubePrior make_cube_prior(const MinimaxProblem& problem, const Packing& packing) {
  require_valid(problem);
  require_certified(packing, problem.dimension);
  return cube_prior_of(problem, packing.eps, packing.count);
}

}  // namespace shatterproof
