#include "shatterproof/sphere/packing_bounds.hpp"

#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

void require_sphere(long d) { require(d >= 2, "packing bounds need d >= 2, got " + std::to_string(d)); }

bool in_unit_range(const Ball& h) { return certainly_positive(h) && !certainly_less(Ball(1), h); }

/// sigma_d of the cap with sin^2(r/2) = x: one form for all r in [0, pi], no cancellation.
Ball area_fraction(long d, const Ball& x) {
  const Ball a = Ball(d - 1) / Ball(2);
  return regularised_beta(a, a, x);
}

/// B((d-1)/2, 1/2) = sqrt(pi) Gamma((d-1)/2) / Gamma(d/2).
Ball slice_beta(long d) { return beta(Ball(d - 1) / Ball(2), Ball(1) / Ball(2)); }

}  // namespace

Ball area_bound(long d, const Ball& h) {
  require_sphere(d);
  if (!in_unit_range(h)) return Ball::indeterminate();
  return Ball(1) / area_fraction(d, h / Ball(2));
}

Ball disc_bound(long d, const Ball& h) {
  require_sphere(d);
  if (!in_unit_range(h)) return Ball::indeterminate();
  // d/c1 = (d-1) B((d-1)/2, 1/2).
  return Ball(d - 1) * slice_beta(d) / power(h * (Ball(2) - h), Ball(d - 1) / Ball(2));
}

Ball rankin_bound(long d, const Ball& h) {
  require_sphere(d);
  const Ball x = Ball(2) * h * (Ball(2) - h);  // sin^2 b
  if (!in_unit_range(h) || !certainly_less(x, Ball(1))) return Ball::indeterminate();
  // int_0^b sin^(d-2) (cos - cos b) = sin^(d+1)(b)/(d^2-1) 2F1(1, d/2; (d+3)/2; sin^2 b): the difference is taken
  // analytically, (1-x) 2F1(1, b; c; x) = 1 - (c-b)/c x 2F1(1, b; c+1; x), so small caps cost no digits.
  // With few bits Arb's choice of method is slow for large d (3 s at d = 1000); bits in proportion to d make it quick.
  const PrecisionScope scope(working_precision() + d / 2);
  const Ball series = hypergeometric_2f1(Ball(1), Ball(d) / Ball(2), Ball(d + 3) / Ball(2), x);
  const Ball denominator = Ball(2) * sqrt(Ball(1) - x) * power(x, Ball(d - 1) / Ball(2)) * series;
  return slice_beta(d) * Ball(d * d - 1) / denominator;
}

Ball fejes_toth_bound(const Ball& h) {
  if (!in_unit_range(h)) return Ball::indeterminate();
  const Ball c = Ball(1) - Ball(4) * h + Ball(2) * square(h);
  const Ball excess =
      Ball(3) * acos(c / (Ball(1) + c)) - Ball::pi();  // area of the equilateral triangle of side 2 theta
  if (!certainly_positive(excess)) return Ball::indeterminate();
  return Ball(2) + Ball(2) * Ball::pi() / excess;
}

Ball greedy_bound(long d, const Ball& h) {
  require_sphere(d);
  if (!in_unit_range(h)) return Ball::indeterminate();
  return Ball(1) / area_fraction(d, h * (Ball(2) - h));
}

}  // namespace shatterproof
