#include "shatterproof/network/convert.hpp"

#include <mpfr.h>

#include "shatterproof/network/activation.hpp"

namespace shatterproof {

double rounded_double(const Rational& value) {
  mpfr_t x;
  mpfr_init2(x, 53);
  mpfr_set_q(x, value.get_mpq_t(), MPFR_RNDN);
  const double result = mpfr_get_d(x, MPFR_RNDN);
  mpfr_clear(x);
  return result;
}

Problem<double> to_double(const Problem<Rational>& problem) {
  return convert_problem<double>(problem, [](const Rational& x) { return rounded_double(x); });
}

Problem<double> to_double(const Problem<Ball>& problem) {
  return convert_problem<double>(problem, [](const Ball& x) { return x.mid_double(); });
}

Problem<Rational> exact_problem(const Problem<double>& problem) {
  return convert_problem<Rational>(problem, [](double x) { return exact_rational(x); });
}

Problem<Ball> to_ball(const Problem<Rational>& problem) {
  return convert_problem<Ball>(problem, [](const Rational& x) { return Ball(x); });
}

BallProblem ball_problem(Problem<Rational> problem) {
  return [problem = std::move(problem)] { return to_ball(problem); };
}

}  // namespace shatterproof
