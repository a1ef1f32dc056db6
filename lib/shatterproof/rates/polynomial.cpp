#include "shatterproof/rates/polynomial.hpp"

#include <algorithm>

#include "shatterproof/core/error.hpp"

namespace shatterproof::rates {
namespace {

using Monomial = std::pair<Polynomial::Powers, Rational>;

unsigned total_degree(const Polynomial::Powers& powers) {
  unsigned sum = 0;
  for (const auto& [name, exponent] : powers) sum += exponent;
  return sum;
}

/// A polynomial in the order of printing: total degree falling, then by the earlier parameter's exponent.
std::vector<Monomial> ordered(const Polynomial& p) {
  std::vector<Monomial> terms(p.terms().begin(), p.terms().end());
  const auto exponent = [](const Polynomial::Powers& powers, const std::string& name) {
    const auto found = powers.find(name);
    return found == powers.end() ? 0U : found->second;
  };
  const auto names = p.parameters();
  std::sort(terms.begin(), terms.end(), [&](const Monomial& a, const Monomial& b) {
    const unsigned left = total_degree(a.first), right = total_degree(b.first);
    if (left != right) return left > right;
    for (const std::string& name : names) {
      const unsigned x = exponent(a.first, name), y = exponent(b.first, name);
      if (x != y) return x > y;
    }
    return false;
  });
  return terms;
}

std::string text_of(const Polynomial::Powers& powers) {
  std::string text;
  for (const auto& [name, exponent] : powers) {
    if (!text.empty()) text += "*";
    text += name;
    if (exponent > 1) text += "^" + std::to_string(exponent);
  }
  return text;
}

}  // namespace

Polynomial::Polynomial(const Rational& constant) {
  if (sgn(constant) != 0) terms_[{}] = constant;
}

Polynomial Polynomial::parameter(const std::string& name) {
  Polynomial p;
  p.terms_[{{name, 1U}}] = 1;
  return p;
}

bool Polynomial::is_constant() const { return is_zero() || (terms_.size() == 1 && terms_.begin()->first.empty()); }

std::set<std::string> Polynomial::parameters() const {
  std::set<std::string> names;
  for (const auto& [powers, coefficient] : terms_)
    for (const auto& [name, exponent] : powers) names.insert(name);
  return names;
}

unsigned Polynomial::degree(const std::string& name) const {
  unsigned degree = 0;
  for (const auto& [powers, coefficient] : terms_) {
    const auto found = powers.find(name);
    if (found != powers.end()) degree = std::max(degree, found->second);
  }
  return degree;
}

std::vector<Polynomial> Polynomial::coefficients(const std::string& name) const {
  std::vector<Polynomial> result(is_zero() ? 0 : degree(name) + 1);
  for (const auto& [powers, coefficient] : terms_) {
    Powers rest = powers;
    const auto found = rest.find(name);
    const unsigned exponent = found == rest.end() ? 0 : found->second;
    rest.erase(name);
    result[exponent].terms_[rest] = coefficient;
  }
  return result;
}

Rational Polynomial::leading_coefficient() const { return is_zero() ? Rational(0) : ordered(*this).front().second; }

Polynomial Polynomial::substitute(const std::string& name, const Polynomial& value) const {
  const auto list = coefficients(name);
  Polynomial sum;
  for (auto c = list.rbegin(); c != list.rend(); ++c) sum = sum * value + *c;
  return sum;
}

Polynomial Polynomial::primitive() const {
  Integer common = 0, denominators = 1;
  for (const auto& [powers, coefficient] : terms_) {
    common = gcd(common, coefficient.get_num());
    denominators = lcm(denominators, coefficient.get_den());
  }
  if (common == 0) return *this;
  Rational scale(denominators, common);
  scale.canonicalize();
  return *this * Polynomial(scale);
}

Polynomial& Polynomial::operator+=(const Polynomial& other) {
  for (const auto& [powers, coefficient] : other.terms_) {
    Rational& sum = terms_[powers];
    sum += coefficient;
    if (sgn(sum) == 0) terms_.erase(powers);
  }
  return *this;
}

Polynomial operator*(const Polynomial& a, const Polynomial& b) {
  Polynomial product;
  for (const auto& [left, x] : a.terms_) {
    Polynomial row;
    for (const auto& [right, y] : b.terms_) {
      Polynomial::Powers powers = left;
      for (const auto& [name, exponent] : right) powers[name] += exponent;
      row.terms_[powers] = x * y;
    }
    product += row;
  }
  return product;
}

Polynomial power(const Polynomial& base, unsigned exponent) {
  Polynomial result = 1;
  for (unsigned i = 0; i < exponent; ++i) result = result * base;
  return result;
}

std::string to_text(const Polynomial& p) {
  if (p.is_zero()) return "0";
  std::string text;
  for (const auto& [powers, coefficient] : ordered(p)) {
    const Rational size = abs(coefficient);
    if (sgn(coefficient) < 0) {
      text += "-";
    } else if (!text.empty()) {
      text += "+";
    }
    if (powers.empty() || size != 1) text += to_text_exact(size);
    if (!powers.empty() && size != 1) text += "*";
    text += text_of(powers);
  }
  return text;
}

}  // namespace shatterproof::rates
