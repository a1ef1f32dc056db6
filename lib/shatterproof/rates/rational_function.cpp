#include "shatterproof/rates/rational_function.hpp"

#include "shatterproof/core/error.hpp"

namespace shatterproof::rates {
namespace {

std::string bracketed(const Polynomial& p, const char* unless_free_of) {
  const std::string text = to_text(p);
  return text.find_first_of(unless_free_of) == std::string::npos ? text : "(" + text + ")";
}

}  // namespace

RationalFunction::RationalFunction(const Polynomial& numerator) : RationalFunction(numerator, Polynomial(1)) {}

RationalFunction::RationalFunction(const Polynomial& numerator, const Polynomial& denominator) {
  require(!denominator.is_zero(), "division by zero");
  if (numerator.is_zero()) return;
  const Polynomial common = gcd(numerator, denominator);
  const Polynomial top = exact_quotient(numerator, common), bottom = exact_quotient(denominator, common);
  const Polynomial top_part = top.primitive(), bottom_part = bottom.primitive();
  // top/bottom = (a/b) top_part/bottom_part with a, b positive integers.
  Rational scale = top.leading_coefficient() / top_part.leading_coefficient() * bottom_part.leading_coefficient() /
                   bottom.leading_coefficient();
  if (sgn(bottom_part.leading_coefficient()) < 0) scale = -scale;
  const Rational sign_of_bottom = sgn(bottom_part.leading_coefficient());
  numerator_ = top_part * Polynomial(Rational(scale.get_num()));
  denominator_ = bottom_part * Polynomial(Rational(sign_of_bottom * scale.get_den()));
}

RationalFunction RationalFunction::substitute(const std::string& name, const Rational& value) const {
  return {numerator_.substitute(name, value), denominator_.substitute(name, value)};
}

RationalFunction operator+(const RationalFunction& a, const RationalFunction& b) {
  return {a.numerator_ * b.denominator_ + b.numerator_ * a.denominator_, a.denominator_ * b.denominator_};
}

RationalFunction operator-(const RationalFunction& a) { return {-a.numerator_, a.denominator_}; }

RationalFunction operator*(const RationalFunction& a, const RationalFunction& b) {
  return {a.numerator_ * b.numerator_, a.denominator_ * b.denominator_};
}

RationalFunction operator/(const RationalFunction& a, const RationalFunction& b) {
  return {a.numerator_ * b.denominator_, a.denominator_ * b.numerator_};
}

std::string to_text(const RationalFunction& f) {
  const bool negative = sgn(f.numerator().leading_coefficient()) < 0;
  const Polynomial top = negative ? -f.numerator() : f.numerator();
  const bool whole = f.denominator() == Polynomial(1);
  std::string text = (negative ? "-" : "") + (negative || !whole ? bracketed(top, "+-") : to_text(top));
  if (!whole) text += "/" + bracketed(f.denominator(), "+-*");
  return text;
}

}  // namespace shatterproof::rates
