#include "shatterproof/bounds/univariate.hpp"

#include <acb.h>
#include <acb_calc.h>

#include <algorithm>
#include <cmath>

#include "shatterproof/core/error.hpp"
#include "shatterproof/numeric/bpsk.hpp"

namespace shatterproof {
namespace {

// exp(-k/(1-x^2))
int bump_power(acb_ptr out, const acb_t x, void* power, slong, slong bits) {
  acb_mul(out, x, x, bits);
  acb_sub_ui(out, out, 1, bits);
  acb_inv(out, out, bits);
  acb_mul_ui(out, out, *static_cast<const ulong*>(power), bits);
  acb_exp(out, out, bits);
  return 0;
}

// int_from^to b^power for 0 <= from <= to < 1.
Ball bump_integral(const Ball& from, const Ball& to, ulong exponent) {
  const Bits bits = working_precision();
  acb_t result, a, b;
  acb_init(result), acb_init(a), acb_init(b);
  acb_set_arb(a, from.get()), acb_set_arb(b, to.get());
  mag_t tolerance;
  mag_init(tolerance);
  mag_set_ui_2exp_si(tolerance, 1, -bits);
  acb_calc_integrate(result, bump_power, &exponent, a, b, bits, tolerance, nullptr, bits + 20);
  Ball value;
  acb_get_real(value.get(), result);
  mag_clear(tolerance);
  acb_clear(result), acb_clear(a), acb_clear(b);
  return value;
}

// int_from^1 b^power: beyond 1 - gap the integrand is at most exp(-power/(2 gap)), far below the working precision.
Ball bump_integral_to_end(const Ball& from, ulong exponent) {
  const Rational gap(1, 2 * working_precision());
  const Ball left_out = Ball(gap) * exp(-Ball(exponent) / Ball(Rational(2 * gap)));
  return bump_integral(from, Ball(Rational(1 - gap)), exponent) + Ball::hull(Ball(0), left_out);
}

long bumps(const Rational& eps) {
  require(eps > 0 && eps <= 1, "eps must lie in (0, 1], found " + to_text_exact(eps));
  const Integer count = floor(Rational(1 / eps));
  require(count <= 1000000, "eps is too small: more than a million bumps");
  return count.get_si();
}

}  // namespace

BumpConstants bump_constants() {
  const Ball x0 = Ball(1) / sqrt(sqrt(Ball(3)));
  const Ball gap = Ball(1) - square(x0);
  const Ball at_inflection = exp(-Ball(1) / gap);
  const Ball slope = Ball(2) * x0 / square(gap) * at_inflection;  // |b'(x0)|
  const Ball inner = bump_integral(Ball(0), x0, 1), outer = bump_integral_to_end(x0, 1);
  // b'' < 0 inside (-x0, x0) and > 0 outside; int y^2 b'' = y^2 b' - 2 y b + 2 int b.
  const Ball edge = square(x0) * slope + Ball(2) * x0 * at_inflection;
  return {.integral = Ball(2) * (inner + outer),
          .integral_square = Ball(2) * bump_integral_to_end(Ball(0), 2),
          .inflection = x0,
          .max_slope = slope,
          .curvature = Ball(4) * slope,
          .curvature_moment = Ball(4) * (edge - inner + outer)};
}

Ball bump_seminorm(const Rational& eps) {
  const long count = bumps(eps);
  const BumpConstants b = bump_constants();
  // sum over k of (2/eps^2)(r0^3 m0 + 3 r0 r^2 m2), r0 = eps - (k - 1/2) eps^2, r = eps^2/2: the sums are rational.
  const Rational width = eps * eps;
  Rational cubes = 0, firsts = 0;
  for (long k = 1; k <= count; ++k) {
    const Rational centre = eps - (k - Rational(1, 2)) * width;
    cubes += centre * centre * centre, firsts += centre;
  }
  const Rational first_factor = 3 * width * width / 4 * firsts;
  return Ball(Rational(2 / width)) * (Ball(cubes) * b.curvature + Ball(first_factor) * b.curvature_moment);
}

Ball bump_seminorm_limit() { return bump_constants().curvature / Ball(2); }

Ball crude_bump_constant() { return Ball(1) / (Ball(2) * bump_constants().curvature); }

namespace {

// What both bounds need; `bound.reason` is set when there is nothing to compute.
struct BumpCube {
  RiskBound bound;
  long count = 0;
  Ball per_bump, snr;  // M^2 a and n M^2 a/sigma^2
};

BumpCube bump_cube(const MinimaxProblem& problem, const Rational& eps, const char* name, const char* source) {
  require_valid(problem);
  BumpCube cube;
  cube.bound.name = name, cube.bound.source = source;
  const Rational m = std::min(problem.sup_norm, problem.seminorm);
  if (problem.dimension != 1)
    cube.bound.reason = "the univariate construction needs d = 1";
  else if (m == 0)
    cube.bound.reason = "no admissible amplitude: B = 0 or C = 0";
  if (!cube.bound.reason.empty()) return cube;
  if (problem.sigma == 0 && problem.samples > 0) {
    cube.bound.status = BoundStatus::vacuous, cube.bound.value = Ball(0);
    cube.bound.reason = "sigma = 0: the noise-driven bound is 0";
    return cube;
  }
  cube.count = bumps(eps);
  const Ball c = Ball(1) / bump_seminorm(eps);
  cube.per_bump = Ball(Rational(m * m)) * square(c) * bump_constants().integral_square * Ball(Rational(eps * eps / 4));
  cube.snr = problem.samples == 0
                 ? Ball(0)
                 : Ball(problem.samples) * cube.per_bump / Ball(Rational(problem.sigma * problem.sigma));
  return cube;
}

}  // namespace

RiskBound univariate_bumps(const MinimaxProblem& problem, const Rational& eps) {
  BumpCube cube = bump_cube(problem, eps, "univariate_bumps", "Prop. H.8, Cor. H.9 with constants (Assouad)");
  if (!cube.bound.reason.empty()) return cube.bound;
  cube.bound.status = BoundStatus::certified;
  cube.bound.value = Ball(cube.count) * cube.per_bump * bpsk_mmse(cube.snr);
  return cube.bound;
}

RiskBound univariate_fano(const MinimaxProblem& problem, const Rational& eps) {
  BumpCube cube = bump_cube(problem, eps, "univariate_fano", "Prop. H.8 with constants (Varshamov-Gilbert, Fano)");
  if (!cube.bound.reason.empty()) return cube.bound;
  if (cube.count < 8) {
    cube.bound.reason = "Varshamov-Gilbert needs K >= 8, found K = " + std::to_string(cube.count);
    return cube.bound;
  }
  const Ball K(cube.count), log2 = log(Ball(2)), eighth = K * log2 / Ball(8);
  const Ball log_words = eighth + log1p(exp(-eighth));  // log(2^(K/8) + 1)
  const Ball value = K * cube.per_bump / Ball(8) * (Ball(1) - (Ball(2) * K * cube.snr + log2) / log_words);
  if (certainly_positive(value)) {
    cube.bound.status = BoundStatus::certified, cube.bound.value = value;
  } else if (value.is_finite()) {
    cube.bound.status = BoundStatus::vacuous, cube.bound.value = Ball(0);
    cube.bound.reason = "the Fano bracket is not positive";
  }
  return cube.bound;
}

}  // namespace shatterproof
