#include "shatterproof/claims/expression/value.hpp"

#include <algorithm>
#include <cmath>

namespace shatterproof::expression {
namespace {

/// Beyond this many bits rationals are given up for balls: exactness would cost more than it tells.
constexpr std::size_t kMostBits = 1U << 20U;

bool small(const Value& a, const Value& b) {
  return a.exact() && b.exact() && bit_size(*a.exact()) + bit_size(*b.exact()) <= kMostBits;
}

bool is_wide(const Ball& x) { return x.is_finite() && !x.is_exact() && x.accuracy_bits() < 12; }

/// The range of an operation over two balls when it is attained at corners.
template <typename Operation>
Ball corners(const Operation& operation, const Ball& a, const Ball& b) {
  const Ball low = a.lower(), high = a.upper(), left = b.lower(), right = b.upper();
  return Ball::hull(Ball::hull(operation(low, left), operation(low, right)),
                    Ball::hull(operation(high, left), operation(high, right)));
}

Ball product(const Ball& a, const Ball& b) {
  // A ball times a number by its ends too: an end that is 0 stays 0, where Arb rounds the radius up.
  if (a.is_exact() && is_wide(b)) return Ball::hull(a * b.lower(), a * b.upper());
  if (b.is_exact() && is_wide(a)) return product(b, a);
  if (!is_wide(a) || !is_wide(b)) return a * b;
  return corners([](const Ball& x, const Ball& y) { return x * y; }, a, b);
}

Ball quotient(const Ball& a, const Ball& b) {
  if (!is_wide(b) || b.contains_zero() || !a.is_finite()) return a / b;
  return corners([](const Ball& x, const Ball& y) { return x / y; }, a, b);
}

Ball integer_power(const Ball& base, long n) {
  if (!is_wide(base) || (n < 0 && base.contains_zero())) return power(base, n);
  const Ball ends = Ball::hull(power(base.lower(), n), power(base.upper(), n));
  return n > 0 && n % 2 == 0 && base.contains_zero() ? Ball::hull(Ball(0), ends) : ends;
}

Ball real_power(const Ball& base, const Value& exponent) {
  if (exponent.is_integer() && exponent.exact()->get_num().fits_slong_p())
    return integer_power(base, exponent.exact()->get_num().get_si());
  const Ball e = exponent.ball();
  if (!certainly_positive(base) || !is_wide(base)) return power(base, e);
  if (exponent.exact()) return monotone([&](const Ball& x) { return power(x, e); }, base);
  return corners([](const Ball& x, const Ball& y) { return power(x, y); }, base, e);
}

}  // namespace

Value::Value(Ball enclosure) : ball_(std::move(enclosure)) {
  if (!ball_.is_finite() || !ball_.is_exact()) return;
  const double size = std::abs(ball_.mid_double());
  const bool moderate = size == 0 ? arb_is_zero(ball_.get()) != 0 : size < 1e300;
  if (moderate && arb_bits(ball_.get()) <= static_cast<slong>(kMostBits)) exact_ = ball_.lower_rational();
}

Value::Value(Ball enclosure, const std::optional<Symbol>& symbol) : Value(std::move(enclosure)) {
  if (exact_ || !symbol) return;
  if (symbol->is_rational())
    exact_ = symbol->factor;
  else
    symbol_ = std::make_shared<const Symbol>(*symbol);
}

std::optional<Symbol> Value::symbol() const {
  if (symbol_) return *symbol_;
  if (exact_ && *exact_ != 0) return Symbol{*exact_, {}};
  return {};
}

std::string Value::closed_form() const {
  if (symbol_) return symbol_->text();
  return exact_ && bit_size(*exact_) < 400 ? to_text_exact(*exact_) : "";
}

std::string Value::text() const {
  if (exact_ && bit_size(*exact_) < 120) return to_text_exact(*exact_);
  const Ball b = ball();
  return b.is_finite() ? to_text_certain(b, 8) : "a value that could not be enclosed";
}

bool certainly_equal(const Value& a, const Value& b) {
  if (a.exact() || b.exact()) return a.exact() && b.exact() && *a.exact() == *b.exact();
  const auto symbol = a.symbol();
  return symbol && symbol == b.symbol();
}

bool certainly_at_most(const Value& a, const Value& b) {
  if (a.exact() && b.exact()) return *a.exact() <= *b.exact();
  return certainly_less_or_equal(a.ball(), b.ball()) || certainly_equal(a, b);
}

Value negate(const Value& a) {
  if (a.exact()) return Rational(-*a.exact());
  auto symbol = a.symbol();
  if (symbol) symbol->factor = -symbol->factor;
  return {-a.ball(), symbol};
}

Value add(const Value& a, const Value& b) {
  if (small(a, b)) return Rational(*a.exact() + *b.exact());
  if (a.is_exactly(0)) return b;
  if (b.is_exactly(0)) return a;
  const Ball sum = a.ball() + b.ball();
  const auto x = a.symbol(), y = b.symbol();
  if (!x || !y) return sum;
  const auto symbol = add(*x, *y, sum);
  if (symbol && symbol->factor == 0) return 0L;
  return {sum, symbol};
}

Value subtract(const Value& a, const Value& b) {
  return small(a, b) ? Value(Rational(*a.exact() - *b.exact())) : add(a, negate(b));
}

Value multiply(const Value& a, const Value& b) {
  if (small(a, b)) return Rational(*a.exact() * *b.exact());
  if (a.is_exactly(1)) return b;
  if (b.is_exactly(1)) return a;
  const Ball ball = product(a.ball(), b.ball());
  const auto x = a.symbol(), y = b.symbol();
  return x && y ? Value(ball, multiply(*x, *y)) : Value(ball);
}

Value divide(const Value& a, const Value& b) {
  if (b.is_exactly(0)) throw DomainError{"division by zero"};
  if (small(a, b)) return Rational(*a.exact() / *b.exact());
  if (b.is_exactly(1)) return a;
  const Ball ball = quotient(a.ball(), b.ball());
  const auto x = a.symbol(), y = b.symbol();
  const auto inverse = y ? raise(*y, Rational(-1)) : std::nullopt;
  return x && inverse ? Value(ball, multiply(*x, *inverse)) : Value(ball);
}

Value raise(const Value& base, const Value& exponent) {
  if (base.exact() && exponent.is_integer() && exponent.exact()->get_num().fits_slong_p()) {
    const long e = exponent.exact()->get_num().get_si();
    if (e < 0 && *base.exact() == 0) throw DomainError{"0 cannot be raised to the negative power " + exponent.text()};
    // In double: labs of the least long overflows.
    if (std::abs(static_cast<double>(e)) * static_cast<double>(bit_size(*base.exact())) <= kMostBits)
      return Rational(power(*base.exact(), e));
  }
  if (exponent.is_exactly(0)) return base.is_finite() ? Value(1L) : Value::indeterminate();
  if (exponent.is_exactly(1)) return base;
  const Ball b = base.ball(), e = exponent.ball();
  if (base.is_exactly(0)) {
    if (certainly_positive(e)) return Rational(0);
    if (certainly_negative(e)) throw DomainError{"0 cannot be raised to a negative power"};
  }
  if (certainly_negative(b) && !exponent.is_integer())
    throw DomainError{"the negative base " + base.text() + " needs an exponent that is exactly an integer, found " +
                      exponent.text()};
  const auto symbol = base.symbol();
  return {real_power(b, exponent), symbol && exponent.exact() ? raise(*symbol, *exponent.exact()) : std::nullopt};
}

}  // namespace shatterproof::expression
