#include "shatterproof/flatness/radon.hpp"

#include "shatterproof/core/error.hpp"
#include "shatterproof/flatness/radon_detail.hpp"

namespace shatterproof::radon {
namespace {

/// side(t)/1F1(d/2+1; 1/2; -t^2/2)
Ball side_scale(long d) {
  return two_pi_power(Rational(d, 2)) * power(Ball(2), half(d)) * gamma(half(d + 2)) / Ball::pi();
}

/// The positive roots of the side, each as an interval of width 2^-bits with certain signs at its ends.
struct Root {
  Rational lower, upper;
};

int certain_sign(long d, const Rational& t) {
  const Ball value = kummer(Ball(t), d + 2, 1);
  return certainly_positive(value) ? 1 : certainly_negative(value) ? -1 : 0;
}

Root bisected(long d, Rational low, Rational high, int sign_low) {
  for (Bits step = 0; step < working_precision() - 10; ++step) {
    // Off the middle, because a root may be a round number.
    const Rational middle = low + (high - low) * Rational(step % 2 == 0 ? 500 : 511, 1024);
    const int sign = certain_sign(d, middle);
    if (sign == 0) break;
    (sign == sign_low ? low : high) = middle;
  }
  return {low, high};
}

std::vector<Root> positive_roots(long d) {
  require(d <= 12, "the roots are searched for up to dimension 12, found " + std::to_string(d));
  std::vector<Root> roots;
  Rational before = 0;
  int sign_before = certain_sign(d, before);
  for (long step = 1; step <= 16 * 16; ++step) {
    const Rational here(2 * step + 1, 32);
    const int sign = certain_sign(d, here);
    if (sign == 0) continue;
    if (sign != sign_before) roots.push_back(bisected(d, before, here, sign_before));
    before = here, sign_before = sign;
  }
  // Every sign change has a root of its own, and there are ceil((d+1)/2) positive roots in all (DLMF 13.9.1).
  if (static_cast<long>(roots.size()) != (d + 2) / 2)
    throw UndecidedError("the roots of the Radon side were not separated in dimension " + std::to_string(d));
  return roots;
}

/// int_0^t side/side_scale = t 1F1(d/2+1; 3/2; -t^2/2), which falls to 0 at infinity.
Ball primitive(long d, const Ball& t) { return t * kummer(t, d + 2, 3); }

/// The integral of g |side|/side_scale between two points without a sign change between them.
Ball piece(long d, RidgeWeight weight, const Rational& from, const Rational& to) {
  if (weight == RidgeWeight::one) return abs(primitive(d, Ball(to)) - primitive(d, Ball(from)));
  return abs(integral(
      [d](acb_ptr out, acb_srcptr t, slong bits) {
        Complex bottom;
        acb_mul(bottom, t, t, bits);
        acb_add_ui(bottom, bottom, 1, bits);
        kummer(out, t, d + 2, 1, bits);
        acb_div(out, out, bottom, bits);
      },
      from, to));
}

}  // namespace

Ball normalisation(long d) {
  require_dimension(d);
  return Ball(2) * two_pi_power(Rational(d - 1));
}

Ball gaussian_side(long d, const Ball& t) {
  require_dimension(d);
  return side_scale(d) * kummer(t, d + 2, 1);
}

Ball gaussian_side_by_fourier(long d, const Ball& t) {
  require_dimension(d);
  const Ball main = integral(
      [&](acb_ptr out, acb_srcptr w, slong bits) {
        Complex wave, argument(t);
        acb_mul(wave, argument, w, bits);
        acb_cos(wave, wave, bits);
        acb_mul(out, w, w, bits);
        acb_mul_2exp_si(out, out, -1);
        acb_neg(out, out);
        acb_exp(out, out, bits);
        acb_mul(out, out, wave, bits);
        acb_pow_ui(wave, w, static_cast<ulong>(d + 1), bits);
        acb_mul(out, out, wave, bits);
      },
      0, kCut);
  const Ball rest = gaussian_tail(d + 1, kCut);
  return two_pi_power(Rational(d, 2)) / Ball::pi() * (main + Ball::hull(-rest, rest));
}

Ball backprojected_side(long d, const Rational& r) {
  require_dimension(d);
  if (d == 1) return Ball(2) * gaussian_side(1, Ball(r));
  // u.x = r cos a: |S^(d-2)| int_0^pi side(r cos a) sin^(d-2) a da, twice that over half of the range.
  const Ball pi_half = Ball::pi() / Ball(2);
  const Ball radius(r);
  const Ball quarter = integral(
      [&](acb_ptr out, acb_srcptr x, slong bits) {
        Complex angle(pi_half), sine;
        acb_mul(angle, angle, x, bits);  // a in (0, pi/2) as x runs through (0, 1)
        acb_sin_cos(sine, angle, angle, bits);
        acb_mul_arb(angle, angle, radius.get(), bits);
        kummer(out, angle, d + 2, 1, bits);
        acb_pow_ui(sine, sine, static_cast<ulong>(d - 2), bits);
        acb_mul(out, out, sine, bits);
      },
      0, 1);
  return sphere_area(d - 1) * side_scale(d) * Ball(2) * pi_half * quarter;
}

Ball gaussian_side_mass(long d, RidgeWeight weight) {
  require_dimension(d);
  const std::vector<Root> roots = positive_roots(d);
  Ball sum(0);
  Rational from = 0;
  for (const Root& root : roots) {
    sum += piece(d, weight, from, root.lower);
    // |side| between the ends of the root's own interval.
    const Ball across = Ball::hull(Ball(root.lower), Ball(root.upper));
    sum += Ball(Rational(root.upper - root.lower)) * abs(kummer(across, d + 2, 1));
    from = root.upper;
  }
  // Beyond the last root the sign is constant, so the rest of the integral of |side| is |primitive|; with the weight
  // it lies between 0 and that over 1 + T^2.
  if (weight == RidgeWeight::one) {
    sum += abs(primitive(d, Ball(from)));
  } else {
    const Rational far = d % 2 == 1 ? kCut : 1 << 11;
    sum +=
        piece(d, weight, from, far) + Ball::hull(Ball(0), abs(primitive(d, Ball(far))) / Ball(Rational(1 + far * far)));
  }
  return sphere_area(d) * Ball(2) * side_scale(d) * sum;
}

}  // namespace shatterproof::radon
