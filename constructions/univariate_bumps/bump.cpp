#include "constructions/univariate_bumps/bump.hpp"

#if __has_include(<acb_calc.h>)
#include <acb_calc.h>
#else
#include <flint/acb_calc.h>
#endif

#include "shatterproof/core/error.hpp"

namespace shatterproof {

namespace {

/// exp(-k/(1-z^2)) with k = *param; near its poles the enclosure is not finite.
int bump_power(acb_ptr result, const acb_t z, void* param, slong order, slong bits) {
  const long k = *static_cast<long*>(param);
  (void)order;  // order 1 asks for a proof that it is analytic there, which a finite value is
  acb_t denominator;
  acb_init(denominator);
  acb_mul(denominator, z, z, bits);
  acb_sub_si(denominator, denominator, 1, bits);
  acb_set_si(result, k);
  acb_div(result, result, denominator, bits);
  acb_exp(result, result, bits);
  acb_clear(denominator);
  return 0;
}

/// int_a^b exp(-k/(1-x^2)) dx, 0 <= a <= b < 1.
Ball integrate_bump_power(long k, const Ball& a, const Ball& b) {
  acb_t from, to, value;
  acb_init(from), acb_init(to), acb_init(value);
  acb_set_arb(from, a.get());
  acb_set_arb(to, b.get());
  mag_t tolerance;
  mag_init(tolerance);
  mag_set_ui_2exp_si(tolerance, 1, -working_precision());
  acb_calc_integrate(value, bump_power, &k, from, to, working_precision(), tolerance, nullptr,
                     working_precision() + 30);
  Ball result;
  arb_set(result.get(), acb_realref(value));
  mag_clear(tolerance);
  acb_clear(from), acb_clear(to), acb_clear(value);
  return result;
}

/// int_0^1 exp(-k/(1-x^2)) dx: up to 1 - delta, and a tail in [0, delta exp(-k/(2 delta))], for 1 - x^2 <= 2 delta
/// there.
Ball integrate_to_end(long k) {
  const Ball delta = Ball(1) / Ball(2 * working_precision());
  const Ball tail = delta * exp(-(Ball(k) / (Ball(2) * delta)));
  return integrate_bump_power(k, Ball(0), Ball(1) - delta) + Ball::interval(Ball(0), tail);
}

}  // namespace

BumpConstants enclose_bump_constants() {
  BumpConstants c;
  const Ball half_integral = integrate_to_end(1), y = power(Ball(3), Ball(-1) / Ball(4));
  c.integral = Ball(2) * half_integral;
  c.integral_squared = Ball(2) * integrate_to_end(2);
  c.inflection = y;
  const Ball gap = Ball(1) - square(y), value = exp(-(Ball(1) / gap));
  c.max_slope = Ball(2) * y * value / square(gap);
  c.moment0 = Ball(4) * c.max_slope;
  // F' = y^2 b'' with F(y) = y^2 b' - 2 y b + 2 int_0^y b; b'' < 0 on [0, inflection), > 0 beyond.
  const Ball at_inflection =
      -(square(y) * c.max_slope) - Ball(2) * y * value + Ball(2) * integrate_bump_power(1, Ball(0), y);
  c.moment2 = Ball(2) * (Ball(2) * half_integral - Ball(2) * at_inflection);
  return c;
}

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

Ball bump_seminorm_total(const BumpConstants& constants, const Rational& eps) {
  require(eps > 0 && eps <= 1, "the bumps need eps in (0, 1]");
  const Integer count = floor(Rational(1 / eps));
  require(count <= 1'000'000, "eps = " + to_text_exact(eps) + " gives more than 10^6 bumps");
  // int |Phi_k''| (1-x)^3 dx with 1 - x = r0 - r y on the k-th bump: (2/eps^2) int |b''(y)| (r0 - r y)^3 dy.
  const Rational r = eps * eps / 2;
  Rational cubes = 0, firsts = 0;
  for (long k = 1; k <= count.get_si(); ++k) {
    const Rational r0 = eps - (2 * k - 1) * r;
    cubes += r0 * r0 * r0;
    firsts += r0;
  }
  return Ball(2) / Ball(Rational(eps * eps)) *
         (Ball(cubes) * constants.moment0 + Ball(Rational(3 * r * r * firsts)) * constants.moment2);
}

}  // namespace shatterproof
