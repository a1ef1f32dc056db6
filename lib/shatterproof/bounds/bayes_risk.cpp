#include "shatterproof/bounds/bayes_risk.hpp"

#include <acb.h>
#include <acb_calc.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "shatterproof/bounds/sech_integral.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"

namespace shatterproof {
namespace {

struct Deficit {
  long dimension;
  const Ball& depth;
  const Ball& c;
};

// (1 - exp(-c (1-r^2)^2)) r^d (2 - h r^2)^((d-1)/2): the depth is h r^2, which removes the half-integer power at 0.
int deficit_integrand(acb_ptr out, const acb_t r, void* parameters, slong order, slong bits) {
  const auto& p = *static_cast<const Deficit*>(parameters);
  acb_t square, factor;
  acb_init(square), acb_init(factor);
  acb_mul(square, r, r, bits);
  acb_sub_ui(out, square, 1, bits);
  acb_mul(out, out, out, bits);
  acb_mul_arb(out, out, p.c.get(), bits);
  acb_neg(out, out);
  acb_expm1(out, out, bits);
  acb_neg(out, out);
  acb_pow_ui(factor, r, static_cast<ulong>(p.dimension), bits);
  acb_mul(out, out, factor, bits);
  acb_mul_arb(square, square, p.depth.get(), bits);
  acb_sub_ui(square, square, 2, bits);
  acb_neg(square, square);
  acb_pow_ui(factor, square, static_cast<ulong>((p.dimension - 1) / 2), bits);
  acb_mul(out, out, factor, bits);
  if (p.dimension % 2 == 0) {
    acb_sqrt_analytic(factor, square, order != 0, bits);
    acb_mul(out, out, factor, bits);
  }
  acb_clear(square), acb_clear(factor);
  return 0;
}

Ball power_of_complement(const Ball& deficit, const Integer& samples) { return exp(Ball(samples) * log1p(-deficit)); }

// Gauss-Legendre nodes and weights on [0, 1], by Newton's method on the three-term recurrence.
template <int Count>
std::array<std::array<double, 2>, Count> gauss_legendre() {
  std::array<std::array<double, 2>, Count> rule;
  for (int i = 0; i < Count; ++i) {
    double x = std::cos(M_PI * (i + 0.75) / (Count + 0.5)), slope = 1;
    for (int step = 0; step < 8; ++step) {
      double before = 1, value = x;
      for (int k = 2; k <= Count; ++k) {
        const double next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
        before = value, value = next;
      }
      slope = Count * (x * value - before) / (x * x - 1);
      x -= value / slope;
    }
    rule[i] = {(1 + x) / 2, 1 / ((1 - x * x) * slope * slope)};
  }
  return rule;
}

}  // namespace

Ball atom_laplace_deficit(long dimension, const Ball& depth, const Ball& c) {
  const Bits bits = working_precision();
  const bool in_range = certainly_positive(depth) && certainly_less_or_equal(depth, Ball(1));
  if (dimension < 1 || !in_range || !c.is_finite() || certainly_negative(c.lower())) return Ball::indeterminate();
  if (c.is_exact() && c.contains_zero()) return Ball(0);
  Deficit parameters{dimension, depth, c};
  acb_t result, zero, one;
  acb_init(result), acb_init(zero), acb_init(one);
  acb_one(one);
  mag_t tolerance;
  mag_init(tolerance);
  // For c < 1 the integral is of the order of c: keep the tolerance relative.
  mag_set_d(tolerance,
            std::ldexp(std::min(1.0, std::max(c.mid_double(), 1e-290)), -static_cast<int>(std::min(bits, 700L))));
  acb_calc_integrate(result, deficit_integrand, &parameters, zero, one, bits, tolerance, nullptr, bits + 20);
  Ball integral;
  acb_get_real(integral.get(), result);
  mag_clear(tolerance);
  acb_clear(result), acb_clear(zero), acb_clear(one);
  const Ball scale = power(depth, Ball(Rational(dimension + 1, 2)));
  return Ball(2) * uniform_ball::c1(dimension) * scale * integral;
}

Ball exact_bayes_risk(const CubePrior& prior) {
  const MinimaxProblem& problem = prior.problem;
  const Ball energy = prior.prior_energy();
  if (problem.samples == 0 || prior.amplitude == 0) return energy;
  if (problem.sigma == 0) return energy * power_of_complement(prior.cap_mass(), problem.samples);
  const Ball depth = prior.depth();
  const Rational ratio = prior.amplitude / problem.sigma;
  const Ball half_ratio2(Rational(ratio * ratio / 2));
  const auto transform = [&](const Ball& scale) {
    return power_of_complement(atom_laplace_deficit(problem.dimension, depth, half_ratio2 * scale), problem.samples);
  };
  // |E exp(-(1+w^2) c Phi^2)| <= E exp(-Re(1+w^2) c Phi^2) and Re(1+w^2) >= 1 - a^2 in the strip |Im w| <= a.
  return energy * enclose_sech_integral({[&](const Ball& w) { return transform(Ball(1) + square(w)); },
                                         [&](const Ball& height) { return transform(Ball(1) - square(height)); }});
}

namespace {

/// E exp(-c Phi^2) to the power n, by a fixed Gauss-Legendre rule.
class ApproxTransform {
 public:
  explicit ApproxTransform(const ApproxBayesInput& in) : samples_(in.samples) {
    static const auto rule = gauss_legendre<kNodes>();
    const double scale =
        2 * uniform_ball::approx::c1(in.dimension) * std::pow(in.depth, 0.5 * static_cast<double>(in.dimension + 1));
    for (int i = 0; i < kNodes; ++i) {
      const double r = rule[i][0];
      gap2_[i] = (1 - r * r) * (1 - r * r);
      density_[i] = scale * rule[i][1] * std::pow(r, in.dimension) *
                    std::pow(2 - in.depth * r * r, 0.5 * static_cast<double>(in.dimension - 1));
    }
  }
  double operator()(double c) const {
    double deficit = 0;
    for (int i = 0; i < kNodes; ++i) deficit -= density_[i] * std::expm1(-c * gap2_[i]);
    return std::exp(samples_ * std::log1p(-std::min(deficit, 1.0)));
  }

 private:
  static constexpr int kNodes = 40;
  double samples_;
  std::array<double, kNodes> gap2_, density_;
};

}  // namespace

double approx_bayes_risk(const ApproxBayesInput& in) {
  const double energy = in.caps * in.energy_per_cap;
  if (!std::isfinite(in.ratio)) return energy * std::exp(in.samples * std::log1p(-in.cap_mass));
  const ApproxTransform transform(in);
  const double step = 0.3, c = in.ratio * in.ratio / 2;
  double sum = transform(c) / 2;
  for (double w = step, term = 1; term > 1e-10 * sum && w < 40; w += step) {
    const double e = std::exp(-M_PI * w / 2);
    term = 2 * e / (1 + e * e) * transform(c * (1 + w * w));
    sum += term;
  }
  return energy * sum * step;
}

double approx_one_line_product(const ApproxBayesInput& in) {
  const double energy = in.caps * in.energy_per_cap;
  if (!std::isfinite(in.ratio)) return energy * std::exp(in.samples * std::log1p(-in.cap_mass));
  return energy * ApproxTransform(in)(in.ratio * in.ratio);
}

}  // namespace shatterproof
