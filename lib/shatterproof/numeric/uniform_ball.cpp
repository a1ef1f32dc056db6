#include "shatterproof/numeric/uniform_ball.hpp"

#include "shatterproof/numeric/uniform_ball_detail.hpp"

namespace shatterproof::uniform_ball {

using detail::at_or_below_one;
using detail::Guard;
using detail::half_power;
using detail::monotone;
using detail::require_dimension;

namespace {

// Everything below takes the depth as an exact ball (radius 0) inside the range of the function, and z = h/2 <= 1/2
// wherever a series is summed: all its terms are positive there, so that nothing cancels.

bool is_zero(const Ball& h) { return certainly_less_or_equal(h, Ball(0)); }

/// 2F1(j, d+j; (d+2j+1)/2; h/2).
Ball depth_series(long j, long d, const Ball& h) { return detail::positive_series(j, d + j, d + 2 * j + 1, h); }

Ball tail_series(long d, const Ball& h) { return depth_series(1, d, h); }    ///< FQ = Q/N
Ball excess_series(long d, const Ball& h) { return depth_series(2, d, h); }  ///< Fs, s = N h(2-h) Fs/(d+3)

Ball first_moment_at(long d, const Ball& h) { return c1(d) / Ball(d + 1) * half_power(h * (Ball(2) - h), d + 1); }

Ball tail_at(long d, const Ball& h) {
  if (!at_or_below_one(h)) return Ball(1) - tail_at(d, Ball(2) - h);
  if (is_zero(h)) return Ball(0);
  return first_moment_at(d, h) * tail_series(d, h);
}

Ball tail_mean_at(long d, const Ball& h) {
  if (at_or_below_one(h)) return Ball(1) / tail_series(d, h);
  return first_moment_at(d, h) / tail_at(d, h);
}

Ball excess_at(long d, const Ball& h) {
  if (!at_or_below_one(h)) return excess_at(d, Ball(2) - h) + (h - Ball(1));
  if (is_zero(h)) return Ball(0);
  return first_moment_at(d, h) * h * (Ball(2) - h) * excess_series(d, h) / Ball(d + 3);
}

/// rho for h <= 1: the power h^(d+2) is taken out of the closed form, which leaves no singularity at 0.
Ball weight_ratio_near(long d, const Ball& h) {
  const Ball root = sqrt(Ball(1) + square(tail_series(d, h)));
  return square(c1(d) / Ball(d + 1)) * power(Ball(2) - h, d + 2) * excess_series(d, h) * root / Ball(d + 3);
}

Ball weight_plus_at(long d, const Ball& h) {
  if (at_or_below_one(h)) return weight_ratio_near(d, h) * power(h, d + 2);
  return excess_at(d, h) * sqrt(square(tail_at(d, h)) + square(first_moment_at(d, h)));
}

Ball weight_ratio_at(long d, const Ball& h) {
  return at_or_below_one(h) ? weight_ratio_near(d, h) : weight_plus_at(d, h) / power(h, d + 2);
}

Ball weight_at(long d, const Ball& h) { return weight_plus_at(d, at_or_below_one(h) ? h : Ball(2) - h); }

/// Lemma H.1 after Euler's transformation, which makes all terms of the series positive.
Ball atom_norm2_at(long d, const Ball& h) {
  const Ball z = h / Ball(2);
  const Ball beta3 = Ball(16) / (Ball(d + 1) * Ball(d + 3) * Ball(d + 5));
  const Ball powers = h * half_power(Ball(2) * h, d - 1) * half_power(Ball(1) - z, d + 5);
  return c1(d) * beta3 * powers * depth_series(3, d, h);
}

/// Range of a function that increases on [0, 1] and decreases on [1, 2].
Ball unimodal(detail::AtDepth at, long d, const Ball& h) {
  const Ball ends = monotone(at, d, h);
  if (h.is_exact() || !h.contains(Rational(1))) return ends;
  const Guard guard;
  return Ball::hull(ends, at(d, Ball(1)));
}

}  // namespace

// Monotone in h: Q, s and g+ grow (Shape (a)), E and rho fall (Shape (c)); relu(1 - (1-u.x)/h), hence a, grows.
Ball tail(long d, const Ball& h) { return monotone(tail_at, d, h); }
Ball tail_mean(long d, const Ball& h) { return monotone(tail_mean_at, d, h); }
Ball excess(long d, const Ball& h) { return monotone(excess_at, d, h); }
Ball weight_plus(long d, const Ball& h) { return monotone(weight_plus_at, d, h); }
Ball weight_ratio(long d, const Ball& h) { return monotone(weight_ratio_at, d, h); }
Ball atom_norm2(long d, const Ball& h) { return monotone(atom_norm2_at, d, h, 1); }
Ball first_moment(long d, const Ball& h) { return unimodal(first_moment_at, d, h); }
Ball weight(long d, const Ball& h) { return unimodal(weight_at, d, h); }

Ball cap_mass(long d, const Ball& h) { return tail(d, h); }

Ball atom_norm2_lebesgue(long d, const Ball& h) { return volume(d) * atom_norm2(d, h); }

Ball cap_area_fraction(long d, const Ball& theta) {
  require_dimension(d);
  const Guard guard;
  const Ball pi = Ball::pi();
  if (!theta.is_finite() || certainly_negative(theta) || certainly_less(pi, theta)) return Ball::indeterminate();
  if (d == 1) {  // counting measure: the antipode belongs to the closed cap only at theta = pi
    const Ball half = Ball(1) / Ball(2);
    return certainly_less(theta, pi) ? half : Ball::hull(half, Ball(1));
  }
  // sigma_d(theta) = I_x((d-1)/2, (d-1)/2), x = sin^2(theta/2): the tail of the ball two dimensions below (Archimedes).
  const auto inside = [&](const Ball& angle) {
    return d == 2 ? angle / pi : tail(d - 2, Ball(2) * square(sin(angle / Ball(2))));
  };
  const auto at = [&](const Ball& end) {
    if (certainly_negative(end) || is_zero(end)) return Ball(0);
    return certainly_less(end, pi) ? inside(end) : Ball::hull(inside(min(end, pi)), Ball(1));
  };
  return theta.is_exact() ? at(theta) : Ball::hull(at(theta.lower()), at(theta.upper()));
}

}  // namespace shatterproof::uniform_ball
