#include "shatterproof/core/error.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"
#include "shatterproof/numeric/uniform_ball_detail.hpp"

namespace shatterproof::uniform_ball {

using detail::at_or_below_one;
using detail::Guard;
using detail::half_power;
using detail::monotone;
using detail::positive_series;

namespace detail {

namespace {

/// Above this precision Arb's splitting of the hypergeometric series is faster than term by term.
constexpr Bits kSplittingBits = 4096;

/// The part of the ball inside [0, top] as its two exact ends; false when there is none.
bool clamp(const Ball& h, const Ball& top, Ball& low, Ball& high) {
  if (!h.is_finite()) return false;
  low = h.lower();
  high = h.upper();
  if (certainly_negative(high) || certainly_less(top, low)) return false;
  if (certainly_negative(low)) low = Ball(0);
  if (certainly_less(top, high)) high = top;
  return true;
}

}  // namespace

/// The ratio of consecutive terms falls with k because a >= 1 and b >= c, so that what follows a term is at most the
/// term over (1 - ratio).
Ball positive_series(long a, long b, long twice_c, const Ball& h) {
  const auto first = static_cast<unsigned long>(a), second = static_cast<unsigned long>(b),
             twice_third = static_cast<unsigned long>(twice_c);
  const Bits bits = working_precision();
  if (bits > kSplittingBits) return hypergeometric_2f1(Ball(a), Ball(b), Ball(twice_c) / Ball(2), h / Ball(2));
  Ball term = 1, sum, ratio;
  for (unsigned long k = 0;; ++k) {
    sum += term;
    arb_mul_ui(ratio.get(), h.get(), (first + k) * (second + k), bits);
    arb_div_ui(ratio.get(), ratio.get(), (1 + k) * (twice_third + 2 * k), bits);
    term *= ratio;
    if (k % 8 != 0 || !certainly_less(ratio, Ball(1))) continue;
    const Ball rest = (term / (Ball(1) - ratio)).upper();
    Ball magnified;
    arb_mul_2exp_si(magnified.get(), rest.get(), bits);
    if (certainly_less(magnified, sum)) return sum + Ball::hull(Ball(0), rest);
  }
}

Ball monotone(AtDepth at, long d, const Ball& h, long top) {
  require_dimension(d);
  const Guard guard;
  Ball low, high;
  if (!clamp(h, Ball(top), low, high)) return Ball::indeterminate();
  return h.is_exact() ? at(d, h) : Ball::hull(at(d, low), at(d, high));
}

}  // namespace detail

namespace {

// The closed forms of spec flatness-and-weights 6 with the power of h taken out; h exact, in [0, 2]. Above 1, where the
// series would be slow, h is far from 0 and may be divided by.
Ball first_moment_ratio_at(long d, const Ball& h) { return c1(d) / Ball(d + 1) * half_power(Ball(2) - h, d + 1); }

Ball tail_ratio_at(long d, const Ball& h) {
  if (!at_or_below_one(h)) return tail(d, h) / half_power(h, d + 1);
  return first_moment_ratio_at(d, h) * positive_series(1, d + 1, d + 3, h);
}

Ball excess_ratio_at(long d, const Ball& h) {
  if (!at_or_below_one(h)) return excess(d, h) / half_power(h, d + 3);
  return first_moment_ratio_at(d, h) * (Ball(2) - h) * positive_series(2, d + 2, d + 5, h) / Ball(d + 3);
}

/// FQ - 1 = h (d+1)/(d+3) 2F1(1, d+2; (d+5)/2; h/2), and E = 1/FQ.
Ball gap_ratio_at(long d, const Ball& h) {
  if (!at_or_below_one(h)) return (Ball(1) - tail_mean(d, h)) / h;
  const Ball shifted = positive_series(1, d + 2, d + 5, h);
  return Ball(d + 1) / Ball(d + 3) * shifted / positive_series(1, d + 1, d + 3, h);
}

Ball atom_norm2_ratio_at(long d, const Ball& h) {
  const Ball beta3 = Ball(16) / (Ball(d + 1) * Ball(d + 3) * Ball(d + 5));
  const Ball powers = half_power(Ball(2), d - 1) * half_power(Ball(1) - h / Ball(2), d + 5);
  return c1(d) * beta3 * powers * positive_series(3, d + 3, d + 7, h);
}

}  // namespace

// All fall with h: Q/h^((d+1)/2) and (1-E)/h by Shape (b), N/h^((d+1)/2) by its formula, and s/h^((d+3)/2) and
// a/h^((d+1)/2) because s = int_0^h Q and h^2 a = 2 int_0^h s are averages of the ratios before.
Ball tail_ratio(long d, const Ball& h) { return monotone(tail_ratio_at, d, h); }
Ball first_moment_ratio(long d, const Ball& h) { return monotone(first_moment_ratio_at, d, h); }
Ball excess_ratio(long d, const Ball& h) { return monotone(excess_ratio_at, d, h); }
Ball gap_ratio(long d, const Ball& h) { return monotone(gap_ratio_at, d, h); }
Ball atom_norm2_ratio(long d, const Ball& h) { return monotone(atom_norm2_ratio_at, d, h, 1); }

Ball positive_hypergeometric(long a, long b, long twice_c, const Ball& h) {
  if (a < 1 || twice_c < 1 || 2 * b < twice_c) throw PreconditionError("2F1(a, b; c; h/2) needs a >= 1 and b >= c > 0");
  const Guard guard;
  const Ball top = Ball(7) / Ball(4);
  if (!h.is_finite() || certainly_negative(h) || !certainly_less_or_equal(h, top)) return Ball::indeterminate();
  const auto at = [&](const Ball& end) {
    return positive_series(a, b, twice_c, certainly_negative(end) ? Ball(0) : end);
  };
  return h.is_exact() ? at(h) : Ball::hull(at(h.lower()), at(h.upper()));
}

}  // namespace shatterproof::uniform_ball
