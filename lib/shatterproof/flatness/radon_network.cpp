#include "shatterproof/core/error.hpp"
#include "shatterproof/flatness/radon.hpp"
#include "shatterproof/flatness/radon_detail.hpp"

namespace shatterproof::radon {

Ball dual_ridge(long d, const Ball& tau) {
  require_dimension(d);
  // Lambda^(d-1) R G: (2pi)^((d-1)/2) (2^((d-1)/2)/sqrt(pi)) Gamma(d/2) 1F1(d/2; 1/2; -tau^2/2).
  return two_pi_power(Rational(d - 1, 2)) * power(Ball(2), half(d - 1)) * gamma(half(d)) / sqrt(Ball::pi()) *
         kummer(tau, d, 1);
}

namespace {

/// 2^((d+1)/2) Gamma(d+1/2)/Gamma(d/2): the kernel (-Lap)^((d+1)/2) G at 0.
Ball kernel_scale(long d) { return power(Ball(2), half(d + 1)) * gamma(half(2 * d + 1)) / gamma(half(d)); }

/// out = r^(d-1) C_d(r, m) for r >= |m|, d odd: C_d = |S^(d-2)| int_a^1 (r s + m)(1-s^2)^k ds, a = -m/r, k = (d-3)/2.
void sphere_mean(acb_ptr out, acb_srcptr r, long d, const Ball& m, slong bits) {
  if (d == 1) {
    acb_add_arb(out, r, m.get(), bits);
    return;
  }
  const long k = (d - 3) / 2;
  Complex a, base, sum, term;
  if (!(m.is_exact() && m.contains_zero())) {
    acb_inv(a, r, bits);
    acb_mul_arb(a, a, m.get(), bits);
    acb_neg(a, a);
  }
  acb_mul(base, a, a, bits);
  acb_sub_ui(base, base, 1, bits);
  acb_neg(base, base);  // 1 - a^2
  acb_pow_ui(sum, base, static_cast<ulong>(k + 1), bits);
  acb_div_ui(sum, sum, static_cast<ulong>(2 * (k + 1)), bits);
  acb_mul(sum, sum, r, bits);
  Integer choose = 1;
  for (long j = 0; j <= k; ++j) {
    acb_pow_ui(term, a, static_cast<ulong>(2 * j + 1), bits);
    acb_sub_ui(term, term, 1, bits);
    acb_neg(term, term);
    const Ball factor = m * Ball(j % 2 == 0 ? choose : Integer(-choose)) / Ball(2 * j + 1);
    acb_mul_arb(term, term, factor.get(), bits);
    acb_add(sum, sum, term, bits);
    choose = choose * (k - j) / (j + 1);
  }
  acb_pow_ui(out, r, static_cast<ulong>(d - 1), bits);
  acb_mul(out, out, sum, bits);
  acb_mul_arb(out, out, sphere_area(d - 1).get(), bits);
}

/// |(-Lap)^((d+1)/2) G(r)| <= scale e^(-r^2/2) sum_j |(-(d+1)/2)_j| / ((d/2)_j j!) (r^2/2)^j for odd d (Kummer), and
/// C_d <= |S^(d-1)| (r + |m|) <= 2 |S^(d-1)| r: the integral beyond T = kCut.
Ball pairing_tail(long d) {
  Ball sum(0);
  long degree = d;  // of r^(d-1) r, times r^(2j)
  Rational halves = 1;
  for (const Rational& coefficient : kummer_coefficients((d + 1) / 2, d)) {
    sum += Ball(Rational(abs(coefficient) * halves)) * gaussian_tail(degree, kCut);
    degree += 2, halves /= 2;
  }
  return Ball(2) * sphere_area(d) * kernel_scale(d) * sum;
}

}  // namespace

Ball neuron_pairing(long d, const Rational& margin) {
  require_dimension(d);
  require(d % 2 == 1, "the weak form is evaluated in odd dimensions, found " + std::to_string(d));
  const Rational size = abs(margin);
  require(size <= kCut, "the margin must be at most " + std::to_string(kCut));
  const Ball m(margin);
  const auto kernel = [d](acb_ptr out, acb_srcptr r, slong bits) { kummer(out, r, 2 * d + 1, d, bits); };
  Ball sum(0);
  // r <= |m|: the whole sphere is on one side; C_d = |S^(d-1)| m or 0.
  if (margin > 0) {
    const Ball inner = integral(
        [&](acb_ptr out, acb_srcptr r, slong bits) {
          Complex volume;
          acb_pow_ui(volume, r, static_cast<ulong>(d - 1), bits);
          kernel(out, r, bits);
          acb_mul(out, out, volume, bits);
        },
        0, size);
    sum += sphere_area(d) * m * inner;
  }
  sum += integral(
      [&](acb_ptr out, acb_srcptr r, slong bits) {
        Complex mean;
        sphere_mean(mean, r, d, m, bits);
        kernel(out, r, bits);
        acb_mul(out, out, mean, bits);
      },
      size, kCut);
  const Ball rest = pairing_tail(d);
  return kernel_scale(d) * sum + Ball::hull(-rest, rest);
}

}  // namespace shatterproof::radon
