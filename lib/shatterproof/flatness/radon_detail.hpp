#pragma once
#include <acb.h>

#include <functional>
#include <vector>

#include "shatterproof/numeric/ball.hpp"

// What radon.cpp and radon_network.cpp share; not for others.
namespace shatterproof::radon {

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

/// Encloses the integral of the real part between exact rational ends (Petras' algorithm, Arb).
[[nodiscard]] Ball integral(Integrand integrand, const Rational& from, const Rational& to);

void require_dimension(long d);  ///< d >= 1, else PreconditionError
[[nodiscard]] Ball two_pi_power(const Rational& exponent);
[[nodiscard]] Ball half(long numerator);
[[nodiscard]] Ball sphere_area(long d);  ///< |S^(d-1)|

/// (-k)_j / ((b/2)_j j!), j = 0..k: the coefficients of 1F1(-k; b/2; z).
[[nodiscard]] std::vector<Rational> kummer_coefficients(long k, long b);

/// out = 1F1(a/2; b/2; -x^2/2). For a - b even and >= 0 it is e^(-x^2/2) times a polynomial (Kummer's transformation),
/// which wide arguments do not hurt.
void kummer(acb_ptr out, acb_srcptr x, long a, long b, slong bits);
[[nodiscard]] Ball kummer(const Ball& x, long a, long b);

/// int_W^inf w^k e^(-w^2/2) dw <= W^(k-1) e^(-W^2/2) / (1 - (k-1)/W^2) for W^2 > k - 1 (integration by parts).
[[nodiscard]] Ball gaussian_tail(long k, long W);

inline constexpr long kCut = 28;  // e^(-28^2/2) is below 10^-170

}  // namespace shatterproof::radon
