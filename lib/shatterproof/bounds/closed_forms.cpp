#include "shatterproof/bounds/closed_forms.hpp"

#include <algorithm>

#include "shatterproof/core/error.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"

namespace shatterproof {
namespace {

// Finding F1: the share of the seminorm budget that the caps use is largest at d = 2, eps = 1/2, and at most 0.07421.
const Rational kBudget(743, 10000);

Rational amplitude(const MinimaxProblem& problem) {
  return std::min(problem.sup_norm, Rational(problem.seminorm / kBudget));
}

RiskBound closed_form(const MinimaxProblem& problem, RiskBound bound, bool noisy) {
  require_valid(problem);
  const long d = problem.dimension;
  const Rational m = amplitude(problem);
  if (d < 2)
    bound.reason = "the closed form is for d >= 2";
  else if (m == 0)
    bound.reason = "no admissible amplitude: B = 0 or C = 0";
  else if (noisy && problem.sigma == 0) {
    bound.status = BoundStatus::vacuous, bound.value = Ball(0), bound.reason = "sigma = 0: the noise-driven bound is 0";
    return bound;
  }
  if (!bound.reason.empty()) return bound;
  const ClosedFormConstants constants = closed_form_constants(d);
  const Ball n(problem.samples), m2(Rational(m * m)), sigma2(Rational(problem.sigma * problem.sigma));
  const Ball least = noisy ? constants.n0_noisy * sigma2 / m2 : constants.n0_free;
  if (!certainly_less_or_equal(least, n)) {
    bound.reason = "needs n >= " + to_text(least, 4).mid;
    return bound;
  }
  const Rational exponent(2, d + 1);
  bound.status = BoundStatus::certified;
  bound.value = noisy ? constants.kappa_noisy * m2 * power(sigma2 / m2 / n, Ball(exponent))
                      : constants.kappa_free * m2 * power(Ball(1) / n, Ball(exponent));
  return bound;
}

}  // namespace

ClosedFormConstants closed_form_constants(long dimension) {
  require(dimension >= 2, "the closed forms need d >= 2, found " + std::to_string(dimension));
  const Ball d(dimension), alpha(Rational(dimension - 1, 2)), c1 = uniform_ball::c1(dimension);
  const Ball abar = c1 * power(Ball(2), alpha) * beta(Ball(Rational(dimension + 1, 2)), Ball(3));
  const Ball upper = uniform_ball::cap_mass_upper(dimension);
  const Ball exponent(Rational(2, dimension + 1)), per_dimension = Ball(2) / (d + Ball(1));
  const Ball common = d / c1 * power(Ball(Rational(7, 64)), alpha) * abar * exp(-exponent);
  const Ball threshold = power(Ball(2), dimension + 2) / (d + Ball(1));
  return {abar, common * power(per_dimension / abar, exponent), threshold / abar,
          common * power(per_dimension / upper, exponent), threshold / upper};
}

Ball empty_fraction_at_kappa_one(long dimension) { return exp(-uniform_ball::cap_mass_upper(dimension)); }

RiskBound closed_form_noisy(const MinimaxProblem& problem) {
  RiskBound bound;
  bound.name = "kappa_noisy", bound.source = "closed form from (A3), H.3, H.1";
  return closed_form(problem, bound, true);
}

RiskBound closed_form_free(const MinimaxProblem& problem) {
  RiskBound bound;
  bound.name = "kappa_free", bound.source = "closed form from (A4), H.3, H.1";
  return closed_form(problem, bound, false);
}

}  // namespace shatterproof
