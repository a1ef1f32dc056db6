// Division and greatest common divisors: Euclid with pseudo-remainders, recursively in the parameters.
#include <algorithm>

#include "shatterproof/core/error.hpp"
#include "shatterproof/rates/polynomial.hpp"

namespace shatterproof::rates {
namespace {

Polynomial monomial(const std::string& name, unsigned exponent) { return power(Polynomial::parameter(name), exponent); }

Polynomial leading(const Polynomial& p, const std::string& name) { return p.coefficients(name).back(); }

/// Remainder of leading(b)^k a on division by b in the one parameter; b is not 0.
Polynomial pseudo_remainder(Polynomial a, const Polynomial& b, const std::string& name) {
  while (!a.is_zero() && a.degree(name) >= b.degree(name)) {
    const unsigned gap = a.degree(name) - b.degree(name);
    a = a * leading(b, name) - leading(a, name) * monomial(name, gap) * b;
  }
  return a;
}

Polynomial content(const Polynomial& p, const std::string& name) {
  Polynomial common;
  for (const Polynomial& coefficient : p.coefficients(name)) common = gcd(common, coefficient);
  return common;
}

Polynomial with_positive_lead(const Polynomial& p) {
  const Polynomial primitive = p.primitive();
  return sgn(primitive.leading_coefficient()) < 0 ? -primitive : primitive;
}

}  // namespace

Polynomial exact_quotient(const Polynomial& a, const Polynomial& b) {
  require(!b.is_zero(), "division by the zero polynomial");
  if (b.is_constant()) return a * Polynomial(Rational(1 / b.leading_coefficient()));
  const std::string name = *b.parameters().rbegin();
  Polynomial quotient, rest = a;
  while (!rest.is_zero()) {
    require(rest.degree(name) >= b.degree(name), "the division leaves a remainder");
    const Polynomial step =
        exact_quotient(leading(rest, name), leading(b, name)) * monomial(name, rest.degree(name) - b.degree(name));
    quotient += step;
    rest += -(step * b);
  }
  return quotient;
}

Polynomial gcd(const Polynomial& a, const Polynomial& b) {
  if (a.is_zero()) return with_positive_lead(b);
  if (b.is_zero()) return with_positive_lead(a);
  if (a.is_constant() || b.is_constant()) return 1;
  const std::string name = std::max(*a.parameters().rbegin(), *b.parameters().rbegin());
  const Polynomial content_a = content(a, name), content_b = content(b, name);
  Polynomial p = exact_quotient(a, content_a), q = exact_quotient(b, content_b);
  if (p.degree(name) < q.degree(name)) std::swap(p, q);
  while (!q.is_zero()) {
    Polynomial rest = pseudo_remainder(p, q, name);
    p = q;
    q = rest.is_zero() ? rest : exact_quotient(rest, content(rest, name)).primitive();
  }
  if (p.degree(name) == 0) p = 1;
  return with_positive_lead(gcd(content_a, content_b) * p);
}

}  // namespace shatterproof::rates
