#include "shatterproof/numeric/ball.hpp"

#include <arb_hypgeom.h>

#include <cmath>
#include <limits>
#include <thread>

#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

thread_local Bits precision = 128;

const std::thread::id main_thread = std::this_thread::get_id();

/// Gives back what FLINT keeps for each thread. Not for the main thread, whose static objects outlive it.
struct ThreadCaches {
  ~ThreadCaches() {
    if (std::this_thread::get_id() != main_thread) flint_cleanup();
  }
};
thread_local ThreadCaches caches;

Ball from_arf(const arf_t x) {
  Ball b;
  arb_set_arf(b.get(), x);
  return b;
}

struct Arf {
  arf_t value;
  Arf() { arf_init(value); }
  ~Arf() { arf_clear(value); }
  Arf(const Arf&) = delete;
  Arf& operator=(const Arf&) = delete;
};

template <auto Function>
Ball apply(const Ball& x) {
  Ball y;
  Function(y.get(), x.get(), precision);
  return y;
}

}  // namespace

Bits working_precision() { return precision; }
Bits bits_for_digits(int digits) { return static_cast<Bits>(std::ceil(digits * 3.3219280948873627)) + 8; }

PrecisionScope::PrecisionScope(Bits bits) : before_(precision) {
  require(bits >= 2, "the working precision must be at least 2 bits");
  precision = bits;
  static_cast<void>(&caches);  // made on first use, so that it ends with the thread
}
PrecisionScope::~PrecisionScope() { precision = before_; }

Ball::Ball(const Rational& value) {
  arb_init(value_);
  fmpq_t q;
  fmpq_init(q);
  fmpq_set_mpq(q, value.get_mpq_t());
  arb_set_fmpq(value_, q, precision);
  fmpq_clear(q);
}

Ball::Ball(const Integer& value) {
  arb_init(value_);
  fmpz_t z;
  fmpz_init(z);
  fmpz_set_mpz(z, value.get_mpz_t());
  arb_set_fmpz(value_, z);
  fmpz_clear(z);
}

Ball Ball::exact(double value) {
  if (!std::isfinite(value)) return indeterminate();
  Ball b;
  arb_set_d(b.value_, value);
  return b;
}

Ball Ball::decimal(std::string_view s) { return Ball(parse_rational(s)); }

Ball Ball::pi() {
  Ball b;
  arb_const_pi(b.value_, precision);
  return b;
}

Ball Ball::indeterminate() {
  Ball b;
  arb_indeterminate(b.value_);
  return b;
}

namespace {

/// Sets h to the hull with its ends kept exactly, when midpoint and radius are short enough; arb_union always rounds
/// the radius up, so that the hull of 0 and 1 would reach below 0.
bool exact_hull(arb_t h, const Ball& a, const Ball& b) {
  if (!a.is_exact() || !b.is_exact() || !a.is_finite() || !b.is_finite()) return false;
  Arf middle, radius, kept;
  if (arf_add(middle.value, arb_midref(a.get()), arb_midref(b.get()), precision, ARF_RND_DOWN) != 0) return false;
  arf_mul_2exp_si(middle.value, middle.value, -1);
  if (arf_sub(radius.value, arb_midref(b.get()), middle.value, MAG_BITS, ARF_RND_DOWN) != 0) return false;
  arf_abs(radius.value, radius.value);
  arf_set(arb_midref(h), middle.value);
  arf_get_mag_lower(arb_radref(h), radius.value);  // exact for so few bits; checked, since all rests on it
  arf_set_mag(kept.value, arb_radref(h));
  return arf_equal(kept.value, radius.value) != 0;
}

}  // namespace

Ball Ball::hull(const Ball& a, const Ball& b) {
  Ball h;
  if (exact_hull(h.value_, a, b)) return h;
  arb_union(h.value_, a.value_, b.value_, precision);
  return h;
}
Ball Ball::interval(const Ball& lower, const Ball& upper) { return hull(lower, upper); }

bool Ball::contains(const Rational& x) const {
  if (!is_finite()) return true;
  return lower_rational() <= x && x <= upper_rational();
}

/// An end like 1 + 2^-(10^10) would fill the memory with its zeros.
static constexpr slong kMostEndBits = 1L << 20;

Ball Ball::lower() const {
  if (!is_finite()) return indeterminate();
  Arf end;
  arb_get_lbound_arf(end.value, value_, kMostEndBits);
  return from_arf(end.value);
}

Ball Ball::upper() const {
  if (!is_finite()) return indeterminate();
  Arf end;
  arb_get_ubound_arf(end.value, value_, kMostEndBits);
  return from_arf(end.value);
}

Ball Ball::mid() const {
  Ball b;
  arb_get_mid_arb(b.value_, value_);
  return b;
}

Ball Ball::radius() const {
  Ball b;
  arb_get_rad_arb(b.value_, value_);
  return b;
}

namespace {
Rational rational_of(const Ball& exact) {
  require(exact.is_finite(), "an indeterminate ball has no end points");
  fmpq_t q;
  fmpq_init(q);
  arf_get_fmpq(q, arb_midref(exact.get()));
  Rational result;
  fmpq_get_mpq(result.get_mpq_t(), q);
  fmpq_clear(q);
  return result;
}
}  // namespace

Rational Ball::lower_rational() const { return rational_of(lower()); }
Rational Ball::upper_rational() const { return rational_of(upper()); }

double Ball::mid_double() const { return arf_get_d(arb_midref(value_), ARF_RND_NEAR); }

double Ball::lower_double() const {
  if (!is_finite()) return -std::numeric_limits<double>::infinity();
  return arf_get_d(arb_midref(lower().value_), ARF_RND_FLOOR);
}

double Ball::upper_double() const {
  if (!is_finite()) return std::numeric_limits<double>::infinity();
  return arf_get_d(arb_midref(upper().value_), ARF_RND_CEIL);
}

bool certainly_less(const Ball& a, const Ball& b) { return a.is_finite() && b.is_finite() && arb_lt(a.get(), b.get()); }
bool certainly_less_or_equal(const Ball& a, const Ball& b) {
  return a.is_finite() && b.is_finite() && arb_le(a.get(), b.get());
}
bool certainly_positive(const Ball& a) { return a.is_finite() && arb_is_positive(a.get()); }
bool certainly_negative(const Ball& a) { return a.is_finite() && arb_is_negative(a.get()); }

Ball sqrt(const Ball& x) { return apply<arb_sqrt>(x); }
Ball sqrt_nonnegative(const Ball& x) {
  if (!x.is_finite() || certainly_negative(x)) return Ball::indeterminate();
  return apply<arb_sqrtpos>(x);
}
Ball square(const Ball& x) {
  Ball y;
  arb_sqr(y.get(), x.get(), precision);
  return y;
}
Ball exp(const Ball& x) { return apply<arb_exp>(x); }
Ball expm1(const Ball& x) { return apply<arb_expm1>(x); }
Ball log(const Ball& x) { return apply<arb_log>(x); }
Ball log1p(const Ball& x) { return apply<arb_log1p>(x); }
Ball sin(const Ball& x) { return apply<arb_sin>(x); }
Ball cos(const Ball& x) { return apply<arb_cos>(x); }
Ball tan(const Ball& x) { return apply<arb_tan>(x); }
Ball asin(const Ball& x) { return apply<arb_asin>(x); }
Ball acos(const Ball& x) { return apply<arb_acos>(x); }
Ball atan(const Ball& x) { return apply<arb_atan>(x); }
Ball tanh(const Ball& x) { return apply<arb_tanh>(x); }
Ball erfc(const Ball& x) { return apply<arb_hypgeom_erfc>(x); }
Ball gamma(const Ball& x) { return apply<arb_gamma>(x); }
Ball log_gamma(const Ball& x) { return apply<arb_lgamma>(x); }

Ball abs(const Ball& x) {
  Ball y;
  arb_abs(y.get(), x.get());
  return y;
}

Ball min(const Ball& a, const Ball& b) {
  Ball y;
  arb_min(y.get(), a.get(), b.get(), precision);
  return y;
}

Ball max(const Ball& a, const Ball& b) {
  Ball y;
  arb_max(y.get(), a.get(), b.get(), precision);
  return y;
}

Ball beta(const Ball& a, const Ball& b) {
  if (!certainly_positive(a) || !certainly_positive(b)) return Ball::indeterminate();
  return exp(log_gamma(a) + log_gamma(b) - log_gamma(a + b));
}

Ball power(const Ball& base, long exponent) {
  Ball y;
  const auto bits = static_cast<unsigned long>(exponent);
  const unsigned long n = exponent < 0 ? 0UL - bits : bits;  // the least long has no absolute value of its own type
  arb_pow_ui(y.get(), base.get(), n, precision);
  return exponent >= 0 ? y : Ball(1) / y;
}

Ball power(const Ball& base, const Ball& exponent) {
  if (!base.is_finite() || !exponent.is_finite()) return Ball::indeterminate();
  if (arb_is_int(exponent.get()) || certainly_positive(base)) {
    Ball y;
    arb_pow(y.get(), base.get(), exponent.get(), precision);
    return y;
  }
  // x^e increases from 0 on [0, inf) when e > 0.
  if (arb_is_nonnegative(base.get()) && certainly_positive(exponent)) {
    const Ball top = base.upper();
    return arb_is_zero(top.get()) ? Ball(0) : Ball::hull(Ball(0), power(top, exponent));
  }
  return Ball::indeterminate();
}

Ball hypergeometric_2f1(const Ball& a, const Ball& b, const Ball& c, const Ball& z) {
  if (!certainly_less(z, Ball(1))) return Ball::indeterminate();
  Ball y;
  arb_hypgeom_2f1(y.get(), a.get(), b.get(), c.get(), z.get(), 0, precision);
  return y;
}

Ball regularised_beta(const Ball& a, const Ball& b, const Ball& x) {
  if (!certainly_positive(a) || !certainly_positive(b) || !x.is_finite()) return Ball::indeterminate();
  const auto at = [&](const Ball& end) {
    if (arf_sgn(arb_midref(end.get())) <= 0) return Ball(0);
    if (arf_cmp_si(arb_midref(end.get()), 1) >= 0) return Ball(1);
    Ball y;
    arb_hypgeom_beta_lower(y.get(), a.get(), b.get(), end.get(), 1, precision);
    return y;
  };
  if (x.is_exact()) {
    if (certainly_negative(x) || certainly_less(Ball(1), x)) return Ball::indeterminate();
    return at(x);
  }
  // A ball wholly outside [0, 1] has no value; one that only touches the outside by its radius is clamped.
  if (certainly_negative(x) || certainly_less(Ball(1), x)) return Ball::indeterminate();
  return Ball::hull(at(x.lower()), at(x.upper()));
}

}  // namespace shatterproof
