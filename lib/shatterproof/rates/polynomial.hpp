#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "shatterproof/numeric/rational.hpp"

namespace shatterproof::rates {

/// Polynomial with rational coefficients in parameters that are known by their names (d, alpha, ...). Exact.
class Polynomial {
 public:
  using Powers = std::map<std::string, unsigned>;  ///< parameter -> exponent; no exponent is 0

  Polynomial() = default;  ///< the zero polynomial
  Polynomial(const Rational& constant);
  Polynomial(long constant) : Polynomial(Rational(constant)) {}
  [[nodiscard]] static Polynomial parameter(const std::string& name);

  [[nodiscard]] const std::map<Powers, Rational>& terms() const { return terms_; }
  [[nodiscard]] bool is_zero() const { return terms_.empty(); }
  [[nodiscard]] bool is_constant() const;
  [[nodiscard]] std::set<std::string> parameters() const;
  [[nodiscard]] unsigned degree(const std::string& name) const;
  /// As a polynomial in one parameter: coefficient k belongs to name^k. Empty for the zero polynomial.
  [[nodiscard]] std::vector<Polynomial> coefficients(const std::string& name) const;
  /// The coefficient of the highest term in the order of printing; 0 for the zero polynomial.
  [[nodiscard]] Rational leading_coefficient() const;
  [[nodiscard]] Polynomial substitute(const std::string& name, const Polynomial& value) const;
  /// Divided by a positive rational, so that the coefficients are integers without a common factor.
  [[nodiscard]] Polynomial primitive() const;

  Polynomial& operator+=(const Polynomial& other);
  friend Polynomial operator+(Polynomial a, const Polynomial& b) { return a += b; }
  friend Polynomial operator*(const Polynomial& a, const Polynomial& b);
  friend Polynomial operator-(const Polynomial& a) { return a * Polynomial(-1); }
  friend Polynomial operator-(const Polynomial& a, const Polynomial& b) { return a + -b; }
  friend bool operator==(const Polynomial& a, const Polynomial& b) { return a.terms_ == b.terms_; }

 private:
  std::map<Powers, Rational> terms_;  // no coefficient is 0
};

[[nodiscard]] Polynomial power(const Polynomial& base, unsigned exponent);

/// a/b where b divides a; throws PreconditionError where it does not.
[[nodiscard]] Polynomial exact_quotient(const Polynomial& a, const Polynomial& b);

/// Greatest common divisor, primitive with a positive leading coefficient; gcd(0, 0) = 0.
[[nodiscard]] Polynomial gcd(const Polynomial& a, const Polynomial& b);

/// "2*d^2+3*d-1/2", highest total degree first; the rate language reads it back.
[[nodiscard]] std::string to_text(const Polynomial& p);

}  // namespace shatterproof::rates
