#include "shatterproof/claims/expression/value.hpp"

#include <cmath>

namespace shatterproof::expression {
namespace {

/// Beyond this many bits rationals are given up for balls: exactness would cost more than it tells.
constexpr std::size_t kMostBits = 1U << 20U;

std::size_t bits(const Rational& q) {
  return mpz_sizeinbase(q.get_num_mpz_t(), 2) + mpz_sizeinbase(q.get_den_mpz_t(), 2);
}

bool small(const Value& a, const Value& b) {
  return a.exact() && b.exact() && bits(*a.exact()) + bits(*b.exact()) <= kMostBits;
}

}  // namespace

Value::Value(Ball enclosure) : ball_(std::move(enclosure)) {
  if (!ball_.is_finite() || !ball_.is_exact()) return;
  const double size = std::abs(ball_.mid_double());
  const bool moderate = size == 0 ? arb_is_zero(ball_.get()) != 0 : size < 1e300;
  if (moderate && arb_bits(ball_.get()) <= static_cast<slong>(kMostBits)) exact_ = ball_.lower_rational();
}

std::string Value::text() const {
  if (exact_ && bits(*exact_) < 120) return to_text_exact(*exact_);
  const Ball b = ball();
  return b.is_finite() ? to_text_certain(b, 8) : "a value that could not be enclosed";
}

Value negate(const Value& a) { return a.exact() ? Value(Rational(-*a.exact())) : Value(-a.ball()); }

Value add(const Value& a, const Value& b) {
  return small(a, b) ? Value(Rational(*a.exact() + *b.exact())) : Value(a.ball() + b.ball());
}

Value subtract(const Value& a, const Value& b) {
  return small(a, b) ? Value(Rational(*a.exact() - *b.exact())) : Value(a.ball() - b.ball());
}

Value multiply(const Value& a, const Value& b) {
  return small(a, b) ? Value(Rational(*a.exact() * *b.exact())) : Value(a.ball() * b.ball());
}

Value divide(const Value& a, const Value& b) {
  if (b.exact() && *b.exact() == 0) throw DomainError{"division by zero"};
  return small(a, b) ? Value(Rational(*a.exact() / *b.exact())) : Value(a.ball() / b.ball());
}

Value raise(const Value& base, const Value& exponent) {
  if (base.exact() && exponent.is_integer() && exponent.exact()->get_num().fits_slong_p()) {
    const long e = exponent.exact()->get_num().get_si();
    if (e < 0 && *base.exact() == 0) throw DomainError{"0 cannot be raised to the negative power " + exponent.text()};
    // In double: labs of the least long overflows.
    if (std::abs(static_cast<double>(e)) * static_cast<double>(bits(*base.exact())) <= kMostBits)
      return Rational(power(*base.exact(), e));
  }
  const Ball b = base.ball(), e = exponent.ball();
  if (base.exact() && *base.exact() == 0) {
    if (certainly_positive(e)) return Rational(0);
    if (certainly_negative(e)) throw DomainError{"0 cannot be raised to a negative power"};
  }
  if (certainly_negative(b) && !exponent.is_integer())
    throw DomainError{"the negative base " + base.text() + " needs an exponent that is exactly an integer, found " +
                      exponent.text()};
  return power(b, e);
}

}  // namespace shatterproof::expression
