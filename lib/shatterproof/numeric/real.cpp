#include "shatterproof/numeric/real.hpp"

#include <mutex>

#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {
std::recursive_mutex default_precision_owner;
}

RealPrecisionScope::RealPrecisionScope(unsigned digits) {
  default_precision_owner.lock();
  before_ = Real::default_precision();
  Real::default_precision(digits);
}

RealPrecisionScope::~RealPrecisionScope() {
  Real::default_precision(before_);
  default_precision_owner.unlock();
}

Real rounded_real(const Rational& value) {
  Real x;
  mpfr_set_q(x.backend().data(), value.get_mpq_t(), MPFR_RNDN);
  return x;
}

Float128 rounded_float128(const Rational& value) {
  // MPFR rounds once to 113 bits; the two-step sum below is then exact (53 + 53 + 7 bits fit its parts).
  mpfr_t x;
  mpfr_init2(x, 113);
  mpfr_set_q(x, value.get_mpq_t(), MPFR_RNDN);
  Float128 sum = 0;
  mpfr_t part;
  mpfr_init2(part, 53);
  for (int i = 0; i < 3; ++i) {
    mpfr_set(part, x, MPFR_RNDZ);
    sum += Float128(mpfr_get_d(part, MPFR_RNDZ));
    mpfr_sub(x, x, part, MPFR_RNDN);
  }
  mpfr_clear(part);
  mpfr_clear(x);
  return sum;
}

Rational exact_rational(const Real& value) {
  require(mpfr_number_p(value.backend().data()) != 0, "NaN or infinity has no exact value");
  Rational q;
  mpfr_get_q(q.get_mpq_t(), value.backend().data());
  return q;
}

Rational exact_rational(const Float128& value) {
  require(isfinite(value), "NaN or infinity has no exact value");
  Rational q = 0;
  Float128 rest = value;
  for (int i = 0; i < 3; ++i) {
    const double part = static_cast<double>(rest);
    q += exact_rational(part);
    rest -= Float128(part);
  }
  if (rest != 0) throw PreconditionError("a binary128 value outside the range of double has no exact conversion here");
  return q;
}

Ball exact_ball(const Real& value) {
  if (mpfr_number_p(value.backend().data()) == 0) return Ball::indeterminate();
  Ball b;
  arf_set_mpfr(arb_midref(b.get()), value.backend().data());
  return b;
}

}  // namespace shatterproof
