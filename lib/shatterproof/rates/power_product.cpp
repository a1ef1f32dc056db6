#include "shatterproof/rates/power_product.hpp"

#include <algorithm>

#include "shatterproof/core/error.hpp"

namespace shatterproof::rates {
namespace {

/// Whether a text needs brackets as an exponent.
bool is_plain(const std::string& exponent) { return exponent.find_first_of("+-*/") == std::string::npos; }

}  // namespace

PowerProduct PowerProduct::quantity(const std::string& name) {
  PowerProduct p;
  p.exponents_[name] = 1;
  return p;
}

RationalFunction PowerProduct::exponent(const std::string& name) const {
  const auto found = exponents_.find(name);
  return found == exponents_.end() ? RationalFunction() : found->second;
}

PowerProduct PowerProduct::substitute(const std::string& name, const PowerProduct& value) const {
  PowerProduct rest = *this;
  rest.exponents_.erase(name);
  return rest * power(value, exponent(name));
}

PowerProduct operator*(const PowerProduct& a, const PowerProduct& b) {
  PowerProduct product = a;
  for (const auto& [name, exponent] : b.exponents_) {
    const RationalFunction sum = product.exponent(name) + exponent;
    if (sum.is_zero()) {
      product.exponents_.erase(name);
    } else {
      product.exponents_[name] = sum;
    }
  }
  return product;
}

PowerProduct power(const PowerProduct& base, const RationalFunction& exponent) {
  PowerProduct result;
  if (exponent.is_zero()) return result;
  for (const auto& [name, e] : base.exponents_) result.exponents_[name] = e * exponent;
  return result;
}

std::string to_text(const RationalFunction& f, const ParameterPoint& point) {
  RationalFunction value = f;
  for (const auto& [name, x] : point)
    if (x.is_rational()) value = value.substitute(name, x.lower);
  return to_text(value);
}

std::string to_text(const PowerProduct& p, const ParameterPoint& point) {
  std::string text;
  for (const auto& [name, exponent] : p.exponents()) {
    const std::string e = to_text(exponent, point);
    if (e == "0") continue;
    text += (text.empty() ? "" : "*") + name;
    if (e != "1") text += "^" + (is_plain(e) ? e : "(" + e + ")");
  }
  return text.empty() ? "1" : text;
}

Direction parse_direction(const std::string& text) {
  std::string name = text;
  const bool inverse = name.rfind("1/", 0) == 0;
  if (inverse) name.erase(0, 2);
  const bool fits = !name.empty() && name.find_first_not_of(
                                         "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"
                                         "0123456789") == std::string::npos;
  require(fits, "'" + text + "' does not say what grows; expected a quantity like n, or 1/eps for eps to 0");
  return {name, !inverse};
}

Sum leading_terms(const Sum& sum, const Direction& direction, Signs& signs) {
  Sum leading;
  for (const Term& term : sum) {
    const int order =
        leading.empty() ? 1 : signs.of(direction.exponent(term.value) - direction.exponent(leading.front().value));
    if (order > 0) leading.clear();
    if (order >= 0) leading.push_back(term);
  }
  return leading;
}

Sum without_copies(const Sum& sum) {
  Sum result;
  for (const Term& term : sum) {
    const bool known = std::any_of(result.begin(), result.end(), [&](const Term& t) { return t.value == term.value; });
    if (!known) result.push_back(term);
  }
  return result;
}

std::string to_text(const Sum& sum, const ParameterPoint& point) {
  std::string text;
  for (const Term& term : sum) text += (text.empty() ? "" : " + ") + to_text(term.value, point);
  return text;
}

}  // namespace shatterproof::rates
