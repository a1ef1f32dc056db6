#include "shatterproof/flatness/radon_detail.hpp"

#include <acb_calc.h>
#include <acb_hypgeom.h>

#include "shatterproof/core/error.hpp"

namespace shatterproof::radon {
namespace {

int call(acb_ptr out, const acb_t x, void* integrand, slong, slong bits) {
  (*static_cast<const Integrand*>(integrand))(out, x, bits);
  return 0;
}

}  // namespace

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

std::vector<Rational> kummer_coefficients(long k, long b) {
  std::vector<Rational> list{1};
  for (long j = 0; j < k; ++j) list.emplace_back(list.back() * Rational(2 * (j - k), (b + 2 * j) * (j + 1)));
  return list;
}

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

Ball gaussian_tail(long k, long W) {
  return power(Ball(W), k - 1) * exp(-Ball(W * W) / Ball(2)) / (Ball(1) - Ball(Rational(k - 1, W * W)));
}

}  // namespace shatterproof::radon
