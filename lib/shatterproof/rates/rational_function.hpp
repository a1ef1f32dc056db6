#pragma once
#include <string>

#include "shatterproof/rates/polynomial.hpp"

namespace shatterproof::rates {

/// Quotient of two polynomials in lowest terms: integer coefficients without a common factor, the denominator with a
/// positive leading coefficient. Equal functions are therefore equal member by member.
class RationalFunction {
 public:
  RationalFunction() = default;  ///< 0
  RationalFunction(const Polynomial& numerator);
  RationalFunction(const Rational& constant) : RationalFunction(Polynomial(constant)) {}
  RationalFunction(long constant) : RationalFunction(Polynomial(constant)) {}
  /// Throws PreconditionError for the zero polynomial as denominator.
  RationalFunction(const Polynomial& numerator, const Polynomial& denominator);

  [[nodiscard]] const Polynomial& numerator() const { return numerator_; }
  [[nodiscard]] const Polynomial& denominator() const { return denominator_; }
  [[nodiscard]] bool is_zero() const { return numerator_.is_zero(); }
  [[nodiscard]] bool is_constant() const { return numerator_.is_constant() && denominator_.is_constant(); }
  /// Throws PreconditionError if the denominator becomes the zero polynomial.
  [[nodiscard]] RationalFunction substitute(const std::string& name, const Rational& value) const;

  friend RationalFunction operator+(const RationalFunction& a, const RationalFunction& b);
  friend RationalFunction operator-(const RationalFunction& a);
  friend RationalFunction operator-(const RationalFunction& a, const RationalFunction& b) { return a + -b; }
  friend RationalFunction operator*(const RationalFunction& a, const RationalFunction& b);
  friend RationalFunction operator/(const RationalFunction& a, const RationalFunction& b);
  friend bool operator==(const RationalFunction&, const RationalFunction&) = default;

 private:
  Polynomial numerator_, denominator_ = 1;
};

/// "-(d+3)/(4*d+6)"; the rate language reads it back.
[[nodiscard]] std::string to_text(const RationalFunction& f);

}  // namespace shatterproof::rates
