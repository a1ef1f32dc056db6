#include "shatterproof/bounds/slab_bayes.hpp"

#include <acb.h>
#include <acb_calc.h>

#include <algorithm>
#include <cmath>

#include "shatterproof/bounds/sech_integral.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"

namespace shatterproof {
namespace {

/// One slope of a hat: depth = foot + half q^2, hat = q^2, q in [0, 1]; half is negative on the falling side.
struct HatSlope {
  long dimension;
  Ball foot, half;
  bool foot_is_zero;
  const Ball& c;
};

/// (1 - exp(-c q^4)) 2 q (depth (2 - depth))^((d-1)/2); at foot 0 the power of the depth is half^alpha q^(d-1).
int hat_slope_integrand(acb_ptr out, const acb_t q, void* parameters, slong order, slong bits) {
  const auto& p = *static_cast<const HatSlope*>(parameters);
  acb_t square, depth, factor;
  acb_init(square), acb_init(depth), acb_init(factor);
  acb_mul(square, q, q, bits);
  acb_mul_arb(depth, square, p.half.get(), bits);
  acb_add_arb(depth, depth, p.foot.get(), bits);
  acb_mul(out, square, square, bits);
  acb_mul_arb(out, out, p.c.get(), bits);
  acb_neg(out, out);
  acb_expm1(out, out, bits);
  acb_neg(out, out);
  acb_mul(out, out, q, bits);
  acb_mul_2exp_si(out, out, 1);
  acb_sub_ui(factor, depth, 2, bits);
  acb_neg(factor, factor);
  if (p.foot_is_zero) {
    acb_mul_arb(factor, factor, p.half.get(), bits);  // depth (2 - depth) = q^2 [half (2 - depth)]
    acb_pow_ui(depth, q, static_cast<ulong>(p.dimension - 1), bits);
    acb_mul(out, out, depth, bits);
  } else {
    acb_mul(factor, factor, depth, bits);
  }
  acb_pow_ui(depth, factor, static_cast<ulong>((p.dimension - 1) / 2), bits);
  acb_mul(out, out, depth, bits);
  if (p.dimension % 2 == 0) {
    acb_sqrt_analytic(factor, factor, order != 0, bits);
    acb_mul(out, out, factor, bits);
  }
  acb_clear(square), acb_clear(depth), acb_clear(factor);
  return 0;
}

Ball slope_integral(HatSlope slope) {
  const Bits bits = working_precision();
  acb_t result, zero, one;
  acb_init(result), acb_init(zero), acb_init(one);
  acb_one(one);
  mag_t tolerance;
  mag_init(tolerance);
  const double size = std::min(1.0, std::max(slope.c.mid_double(), 1e-290));  // the integral is of that order
  mag_set_d(tolerance, std::ldexp(size, -static_cast<int>(std::min(bits, 700L))));
  acb_calc_integrate(result, hat_slope_integrand, &slope, zero, one, bits, tolerance, nullptr, bits + 20);
  Ball integral;
  acb_get_real(integral.get(), result);
  mag_clear(tolerance);
  acb_clear(result), acb_clear(zero), acb_clear(one);
  return integral;
}

}  // namespace

Ball hat_laplace_deficit(long dimension, const Rational& start, const Rational& width, const Ball& c) {
  require(dimension >= 1 && start >= 0 && width > 0 && start + width <= 1, "hat_laplace_deficit: bad slab");
  if (!c.is_finite() || certainly_negative(c.lower())) return Ball::indeterminate();
  if (c.is_exact() && c.contains_zero()) return Ball(0);
  const Rational half = width / 2, end = start + width;
  const Ball rising = slope_integral({dimension, Ball(start), Ball(half), start == 0, c});
  const Ball falling = slope_integral({dimension, Ball(end), Ball(Rational(-half)), false, c});
  return uniform_ball::c1(dimension) * Ball(half) * (rising + falling);
}

RiskBound slab_bayes_exact(const SlabFamily& family) {
  const MinimaxProblem& problem = family.problem;
  RiskBound bound = slab_sigma_free(family);  // right for sigma = 0 and n = 0, and for an inadmissible amplitude
  bound.name = "slab_bayes", bound.source = "Theorem S (exact Bayes risk)";
  if (problem.samples == 0 || problem.sigma == 0 || family.amplitude == 0) return bound;
  const Rational width = family.depth / family.slabs, ratio = family.amplitude / problem.sigma;
  const Ball half_ratio2(Rational(ratio * ratio / 2));
  const std::vector<Ball> norms = family.hat_norms2();
  Ball sum(0);
  for (long k = 0; k < family.slabs; ++k) {
    const auto transform = [&](const Ball& scale) {
      const Ball deficit = hat_laplace_deficit(problem.dimension, Rational(width * k), width, half_ratio2 * scale);
      return exp(Ball(problem.samples) * log1p(-deficit));
    };
    // As for the atoms: in the strip |Im w| <= a the transform is at most the one at Re(1 + w^2) = 1 - a^2.
    sum += norms[static_cast<std::size_t>(k)] *
           enclose_sech_integral({[&](const Ball& w) { return transform(Ball(1) + square(w)); },
                                  [&](const Ball& height) { return transform(Ball(1) - square(height)); }});
  }
  const Ball value = sum * Ball(family.caps) * Ball(Rational(family.amplitude * family.amplitude));
  bound.status = certainly_positive(value) ? BoundStatus::certified : BoundStatus::not_applicable;
  bound.value = certainly_positive(value) ? value : Ball::indeterminate();
  bound.reason = certainly_positive(value) ? "" : "no enclosure at the working precision";
  return bound;
}

}  // namespace shatterproof
