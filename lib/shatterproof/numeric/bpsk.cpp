#include "shatterproof/numeric/bpsk.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace shatterproof {
namespace {

/// The trapezoid rule for G(s) = int_0^inf sech(pi w/2) exp(-s w^2/2) dw, mmse(s) = exp(-s/2) G(s).
/// The integrand is even and analytic in |Im w| < 1. Only the cost depends on these choices, never the enclosure.
struct Rule {
  double strip;  ///< half-width a of the strip used in the error bound, a < 1
  double step;
  long count;  ///< nodes after the one at 0

  Rule(double s, double bits) {
    const double accuracy = (bits + 8) * std::log(2.0);
    strip = std::min(0.875, std::sqrt(2 * accuracy / std::max(s, 1e-9)));
    step = 2 * M_PI * strip / (accuracy + s * strip * strip / 2);
    const double end = std::min(accuracy * 2 / M_PI, std::sqrt(2 * accuracy / std::max(s, 1e-9)));
    count = static_cast<long>(end / step) + 2;
  }
};

/// Discretisation error on [0, inf): at most M / (exp(2 pi a/step) - 1) with M >= int |f(x + iy)| dx for every |y| < a
/// (Trefethen and Weideman 2014, Theorem 5.1, halved by symmetry). Here |sech(pi(x+iy)/2)| <= sech(pi x/2)/cos(pi a/2),
/// |exp(-s(x+iy)^2/2)| <= exp(s a^2/2) exp(-s x^2/2), and int sech(pi x/2) dx = 2.
Ball discretisation_error(const Ball& s, const Rule& rule) {
  const Ball a = Ball::exact(rule.strip), half_pi = Ball::pi() / Ball(2);
  Ball mass = 2;
  if (certainly_positive(s)) mass = min(mass, sqrt(Ball(4) * half_pi / s));
  return mass * exp(s * square(a) / Ball(2)) / cos(half_pi * a) / expm1(Ball(4) * half_pi * a / Ball::exact(rule.step));
}

/// What is cut off: sum over k > n of step f(k step) <= int_X^inf 2 exp(-pi x/2 - s x^2/2) dx, X = n step.
Ball truncation_error(const Ball& s, const Rule& rule) {
  const Ball end = Ball::exact(rule.step) * Ball(rule.count), half_pi = Ball::pi() / Ball(2);
  return Ball(2) / half_pi * exp(-(half_pi * end) - s * square(end) / Ball(2));
}

Ball plus_minus(const Ball& value, const Ball& error) { return value + Ball::hull(-error, error); }

Ball mmse_at(const Ball& s) {
  if (certainly_less_or_equal(s, Ball(0))) return Ball(1);
  const PrecisionScope guard(working_precision() + 32);
  const double size = s.upper_double();
  if (!(size < 1e300)) return Ball::hull(Ball(0), exp(-(s / Ball(2))));  // e^-s <= mmse <= e^(-s/2)
  const Rule rule(size, static_cast<double>(working_precision()));
  const Ball step = Ball::exact(rule.step), rate = s / Ball(2);
  // At w = k step: e = exp(-pi w/2) and gauss = exp(-s w^2/2) follow from the node before by multiplication.
  const Ball e_ratio = exp(-(Ball::pi() * step / Ball(2))), base = exp(-(rate * square(step))), base2 = square(base);
  Ball sum = Ball(1) / Ball(2), e = e_ratio, gauss = base, gauss_ratio = base * base2;
  for (long k = 1; k <= rule.count; ++k) {
    sum += Ball(2) * e * gauss / (Ball(1) + square(e));  // sech(x) = 2 exp(-x)/(1 + exp(-2x))
    e *= e_ratio, gauss *= gauss_ratio, gauss_ratio *= base2;
  }
  const Ball integral = plus_minus(step * sum, discretisation_error(s, rule) + truncation_error(s, rule));
  return exp(-rate) * integral;
}

/// G(s) in long double by the same rule.
long double approx_integral(double s) {
  const Rule rule(s, 62);
  const long double step = rule.step, half_pi = M_PIl / 2;
  long double sum = 0.5L;
  for (long k = 1; k <= rule.count; ++k) {
    const long double w = step * static_cast<long double>(k);
    sum += std::exp(-static_cast<long double>(s) * w * w / 2) / std::cosh(half_pi * w);
  }
  return step * sum;
}

}  // namespace

Ball bpsk_mmse(const Ball& s) {
  if (!s.is_finite() || certainly_negative(s)) return Ball::indeterminate();
  return s.is_exact() ? mmse_at(s) : Ball::hull(mmse_at(s.lower()), mmse_at(s.upper()));
}

double approx_bpsk_mmse(double s) {
  if (!(s >= 0)) return std::numeric_limits<double>::quiet_NaN();
  if (s > 3000) return 0;
  return static_cast<double>(std::exp(-static_cast<long double>(s) / 2) * approx_integral(s));
}

double approx_log_bpsk_mmse(double s) {
  if (!(s >= 0)) return std::numeric_limits<double>::quiet_NaN();
  if (std::isinf(s)) return -s;
  return static_cast<double>(std::log(approx_integral(s)) - static_cast<long double>(s) / 2);
}

}  // namespace shatterproof
