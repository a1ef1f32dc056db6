#pragma once
// The one door to Boost.Multiprecision over MPFR and quadmath: heavy to compile, include it in sources only.
#include <boost/multiprecision/float128.hpp>
#include <boost/multiprecision/mpfr.hpp>
#include <string>

#include "shatterproof/numeric/ball.hpp"

namespace shatterproof {

/// Arbitrary precision, no error bounds: for candidates, never for verdicts.
/// New values take the precision of RealPrecisionScope; copies keep the precision of the original.
using Real = boost::multiprecision::number<boost::multiprecision::mpfr_float_backend<0>, boost::multiprecision::et_off>;

/// 113 bits (33 digits), the one high-precision type that Spectra 1.0.1 compiles with.
using Float128 = boost::multiprecision::number<boost::multiprecision::float128_backend, boost::multiprecision::et_off>;

/// Sets the precision of new Reals, in decimal digits, until the end of the scope.
/// Boost 1.74 keeps that setting for the whole process, so a scope excludes the scopes of all other threads while it
/// lives.
class RealPrecisionScope {
 public:
  explicit RealPrecisionScope(unsigned digits);
  ~RealPrecisionScope();
  RealPrecisionScope(const RealPrecisionScope&) = delete;
  RealPrecisionScope& operator=(const RealPrecisionScope&) = delete;

 private:
  unsigned before_;
};

// Conversions from the exact type say in their name that they round (to nearest, at the precision in force).
[[nodiscard]] Real rounded_real(const Rational& value);
[[nodiscard]] Float128 rounded_float128(const Rational& value);
// Conversions to the exact type lose nothing; they throw PreconditionError for NaN and infinity.
[[nodiscard]] Rational exact_rational(const Real& value);
[[nodiscard]] Rational exact_rational(const Float128& value);
/// The point ball of the value; indeterminate for NaN and infinity.
[[nodiscard]] Ball exact_ball(const Real& value);

}  // namespace shatterproof
