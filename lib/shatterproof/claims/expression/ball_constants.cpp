#include "shatterproof/claims/expression/ball_constants.hpp"

#include "shatterproof/numeric/uniform_ball.hpp"

namespace shatterproof::expression::ball {
namespace {

constexpr long kMostExact = 1000;  // beyond it the fractions are too long to be useful

Value number(long numerator, long denominator = 1) {
  Rational q(numerator, denominator);
  q.canonicalize();
  return q;
}

Value pi_power(long n) { return {power(Ball::pi(), n), Symbol{1, {{"pi", Rational(n)}}}}; }

Rational central_binomial(long m) {
  Integer result;
  mpz_bin_uiui(result.get_mpz_t(), static_cast<unsigned long>(2 * m), static_cast<unsigned long>(m));
  return result;
}

/// B((d+1)/2, 3).
Value beta3(long d) { return divide(16L, multiply(multiply(number(d + 1), number(d + 3)), number(d + 5))); }

}  // namespace

Value half_power(const Rational& base, long twice_exponent) { return raise(base, number(twice_exponent, 2)); }

// (2m+1) C(2m, m)/(2 4^m) for d = 2m+1 and 4^m/(C(2m, m) pi) for d = 2m, from c1(d+2) = c1(d)(d+2)/(d+1).
Value c1(long d) {
  if (d < 1 || d > kMostExact) return {uniform_ball::c1(d), Symbol::named("c1(" + std::to_string(d) + ")")};
  const long m = d / 2;
  const Rational central = central_binomial(m), fours = power(Rational(4), m);
  if (d % 2 == 1) return Rational(d * central / (2 * fours));
  const Rational factor = fours / central;
  return multiply(factor, pi_power(-1));
}

Value density_scale(long d) { return divide(c1(d), number(d + 1)); }

Value c2(long d) { return multiply(density_scale(d), half_power(Rational(7, 4), d + 1)); }
Value c3(long d) { return multiply(density_scale(d), half_power(2, d + 2)); }
Value c4(long d) {
  return multiply(multiply(number(d + 1, d + 3), half_power(Rational(7, 8), d - 1)), half_power(2, -1));
}
Value c5(long d) { return multiply(number(d + 1, d + 3), half_power(Rational(8, 7), d + 1)); }
Value c7_squared(long d) { return multiply(multiply(volume(d - 1), half_power(Rational(7, 4), d - 1)), beta3(d)); }
Value c8_squared(long d) { return multiply(multiply(volume(d - 1), half_power(2, d - 1)), beta3(d)); }

Value volume(long d) {
  if (d < 0 || d > kMostExact)
    return {uniform_ball::volume(d), Symbol::named("ball_volume(" + std::to_string(d) + ")")};
  Rational factor = d % 2 == 0 ? 1 : 2;  // v_d = v_(d-2) 2 pi/d
  for (long i = d % 2 == 0 ? 2 : 3; i <= d; i += 2) factor *= Rational(2) / Rational(i);
  return d < 2 ? Value(factor) : multiply(factor, pi_power(d / 2));
}

Value cap_mass_lower(long d) { return multiply(2L, density_scale(d)); }
Value cap_mass_upper(long d) { return multiply(half_power(2, d + 1), density_scale(d)); }
Value weight_limit(long d) {
  return divide(multiply(half_power(2, 2 * d + 5), raise(density_scale(d), 2L)), number(d + 3));
}

}  // namespace shatterproof::expression::ball
