#include "shatterproof/flatness/radon.hpp"

#include <acb.h>
#include <acb_calc.h>
#include <acb_hypgeom.h>

#include <functional>

#include "shatterproof/core/error.hpp"

namespace shatterproof::radon {
namespace {

/// A complex ball (Arb).
class Complex {
 public:
  Complex() { acb_init(value_); }
  explicit Complex(const Ball& x) { acb_init(value_), acb_set_arb(value_, x.get()); }
  Complex(const Complex&) = delete;
  Complex& operator=(const Complex&) = delete;
  ~Complex() { acb_clear(value_); }
  operator acb_ptr() { return value_; }
  [[nodiscard]] Ball real() {
    Ball x;
    acb_get_real(x.get(), value_);
    return x;
  }

 private:
  acb_t value_;
};

/// out = F(x), analytic near every x that the integration visits.
using Integrand = std::function<void(acb_ptr out, acb_srcptr x, slong bits)>;

int call(acb_ptr out, const acb_t x, void* integrand, slong, slong bits) {
  (*static_cast<const Integrand*>(integrand))(out, x, bits);
  return 0;
}

/// Encloses the integral of the real part between exact rational ends (Petras' algorithm, Arb).
Ball integral(Integrand integrand, const Rational& from, const Rational& to) {
  const Bits bits = working_precision();
  Complex result, a((Ball(from))), b((Ball(to)));
  mag_t tolerance;
  mag_init(tolerance);
  mag_set_ui_2exp_si(tolerance, 1, -bits);
  acb_calc_integrate(result, call, &integrand, a, b, bits, tolerance, nullptr, bits + 20);
  mag_clear(tolerance);
  return result.real();
}

void require_dimension(long d) { require(d >= 1, "the dimension must be at least 1, found " + std::to_string(d)); }

Ball two_pi_power(const Rational& exponent) { return power(Ball(2) * Ball::pi(), Ball(exponent)); }
Ball half(long numerator) { return Ball(Rational(numerator, 2)); }
Ball sphere_area(long d) { return Ball(2) * power(Ball::pi(), half(d)) / gamma(half(d)); }

/// (-k)_j / ((b/2)_j j!), j = 0..k: the coefficients of 1F1(-k; b/2; z).
std::vector<Rational> kummer_coefficients(long k, long b) {
  std::vector<Rational> list{1};
  for (long j = 0; j < k; ++j) list.emplace_back(list.back() * Rational(2 * (j - k), (b + 2 * j) * (j + 1)));
  return list;
}

/// out = 1F1(a/2; b/2; -x^2/2). For a - b even and >= 0, which is odd d below, it is e^(-x^2/2) times a polynomial
/// (Kummer's transformation), which wide arguments do not hurt.
void kummer(acb_ptr out, acb_srcptr x, long a, long b, slong bits) {
  Complex z;
  acb_mul(z, x, x, bits);
  acb_mul_2exp_si(z, z, -1);
  if (a >= b && (a - b) % 2 == 0) {
    const std::vector<Rational> coefficients = kummer_coefficients((a - b) / 2, b);
    Complex sum, decay;
    for (auto c = coefficients.rbegin(); c != coefficients.rend(); ++c) {
      acb_mul(sum, sum, z, bits);
      acb_add_arb(sum, sum, Ball(*c).get(), bits);
    }
    acb_neg(z, z);
    acb_exp(decay, z, bits);
    acb_mul(out, sum, decay, bits);
    return;
  }
  Complex top(half(a)), bottom(half(b));
  acb_neg(z, z);
  acb_hypgeom_m(out, top, bottom, z, 0, bits);
}

Ball kummer(const Ball& x, long a, long b) {
  Complex out, argument(x);
  kummer(out, argument, a, b, working_precision());
  return out.real();
}

/// side(t)/1F1(d/2+1; 1/2; -t^2/2)
Ball side_scale(long d) {
  return two_pi_power(Rational(d, 2)) * power(Ball(2), half(d)) * gamma(half(d + 2)) / Ball::pi();
}

/// int_W^inf w^k e^(-w^2/2) dw <= W^(k-1) e^(-W^2/2) / (1 - (k-1)/W^2) for W^2 > k - 1 (integration by parts).
Ball gaussian_tail(long k, long W) {
  return power(Ball(W), k - 1) * exp(-Ball(W * W) / Ball(2)) / (Ball(1) - Ball(Rational(k - 1, W * W)));
}

constexpr long kCut = 28;  // e^(-28^2/2) is below 10^-170

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
