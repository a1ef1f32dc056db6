#include "shatterproof/bounds/sech_integral.hpp"

#include <cmath>

namespace shatterproof {
namespace {

struct Strip {
  Rational height;      // a
  Ball bound;           // of |F| in the strip
  double log_loss = 0;  // log(bound / F(0)): how much of the relative accuracy the strip costs
};

double approx_log_ratio(const Ball& a, const Ball& b) {
  const double value = log(a / b).mid_double();
  return std::isfinite(value) ? std::max(value, 0.0) : INFINITY;
}

// A step 2 pi a/(bits log 2 + loss) reaches the working precision, so the best strip maximises a/(bits log 2 + loss).
Strip best_strip(const SechWeighted& function, const Ball& at_zero, double target) {
  Strip best;
  double best_step = 0;
  Rational height(9, 10);
  for (int halvings = 0; halvings < 40; ++halvings, height /= 2) {
    const Ball bound = function.strip_bound(Ball(height));
    const double loss = approx_log_ratio(bound, at_zero);
    const double step = height.get_d() / (target + loss);
    if (!bound.is_finite() || !(step > best_step)) {
      if (best_step > 0) break;
      continue;
    }
    best = Strip{height, bound, loss};
    best_step = step;
  }
  return best;
}

// int |f(x+iy)| dx over the line, for |y| <= a: |cosh(pi(x+iy)/2)|^2 = sinh^2(pi x/2) + cos^2(pi y/2) is at least
// cos^2(pi a/2), and for |x| >= 1 at least sinh^2(pi x/2).
Ball line_integral_bound(const Strip& strip) {
  const Ball pi = Ball::pi();
  const Ball inner = Ball(2) / cos(pi * Ball(strip.height) / Ball(2));
  const Ball outer = Ball(8) / pi * exp(-pi / Ball(2)) / (Ball(1) - exp(-pi));
  return strip.bound * (inner + outer);
}

Ball sech(const Ball& x) {
  const Ball e = exp(-x);
  return Ball(2) * e / (Ball(1) + square(e));
}

}  // namespace

Ball enclose_sech_integral(const SechWeighted& function) {
  const Ball at_zero = function.value(Ball(0));
  if (!certainly_positive(at_zero)) return Ball::indeterminate();
  const double target = static_cast<double>(working_precision()) * std::log(2.0) + 3;
  const Strip strip = best_strip(function, at_zero, target);
  if (strip.height == 0) return Ball::indeterminate();
  // A dyadic step is exact, so the nodes are exact.
  const double wanted = 2 * M_PI * strip.height.get_d() / (target + strip.log_loss);
  const Rational step =
      exact_rational(std::ldexp(std::floor(std::ldexp(wanted, 12 - std::ilogb(wanted))), std::ilogb(wanted) - 12));
  const Ball half_pi = Ball::pi() / Ball(2);
  Ball sum = at_zero / Ball(2);
  Ball left_out;
  for (long k = 1;; ++k) {
    const Ball w(Rational(step * k));
    const Ball f = function.value(w);
    sum += f * sech(half_pi * w);
    // F decreases, so the nodes beyond w add at most F(w) int_w^inf 2 exp(-pi v/2) dv / step.
    left_out = f * Ball(4) / Ball::pi() * exp(-half_pi * w);
    const bool negligible = certainly_less(left_out, sum * Ball(step) * exp(Ball::exact(-target)));
    if (negligible || !f.is_finite() || k > 1000000) break;
  }
  const Ball quadrature = line_integral_bound(strip) / expm1(Ball(2) * Ball::pi() * Ball(strip.height) / Ball(step));
  const Ball value = sum * Ball(step);
  return Ball::interval(value - quadrature, value + quadrature + left_out);
}

}  // namespace shatterproof
