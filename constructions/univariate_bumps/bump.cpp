#include "constructions/univariate_bumps/bump.hpp"

#include "constructions/common/judge.hpp"
#include "shatterproof/bounds/univariate.hpp"
#include "shatterproof/core/error.hpp"

namespace shatterproof {

Ball enclose_largest_curvature() {
  // b'' = u^4 e^-u (6 x^4 - 2) with u = 1/(1-x^2); beyond x = 99/100 it is below 4 u^4 e^-u, which falls for u > 4.
  constexpr long kPieces = 2048;
  const Ball last_u = Ball(1) / (Ball(1) - square(Ball(Rational(99, 100))));
  Ball largest = Ball(4) * power(last_u, 4) * exp(-last_u);
  for (long i = 0; i < kPieces; ++i) {
    const Ball step(Rational(99, 100 * kPieces)), left = Ball(i) * step, right = Ball(i + 1) * step;
    const Ball x4 = power(Ball::interval(left, right), 4);
    const Ball u_left = Ball(1) / (Ball(1) - square(left)), u_right = Ball(1) / (Ball(1) - square(right));
    largest = max(largest, (power(u_right, 4) * exp(-u_left) * abs(Ball(6) * x4 - Ball(2))).upper());
  }
  return largest;
}

Ball bump(const Rational& x) {
  if (x <= -1 || x >= 1) return Ball(0);
  return exp(Ball(Rational(-1 / (1 - x * x))));
}

Ball bump_amplitude(const std::string& text) {
  if (text == "crude") return crude_bump_constant();
  if (text == "exact") return Ball(1) / bump_seminorm(Rational(1, 8));
  if (text == "inverse") return Ball(1) / bump_constants().curvature;
  if (text == "e") return exp(Ball(1));
  if (text == "one") return Ball(1);
  const Rational value = parse_rational(text);
  require(value > 0, "the amplitude c = " + text + ": expected a positive number");
  return Ball(value);
}

BumpMembership judge_bump_membership(const Ball& c, const Rational& eps) {
  BumpMembership m{c * exp(Ball(-1)), c * bump_seminorm(eps), Verdict::undecided};
  m.verdict = both(judge_at_most(m.sup_norm, Ball(1)), judge_at_most(m.seminorm, Ball(1)));
  return m;
}

}  // namespace shatterproof
