#include "shatterproof/claims/expression/symbol.hpp"

#include <cctype>

namespace shatterproof::expression {
namespace {

constexpr std::size_t kMostFactorBits = 4096;
constexpr std::size_t kMostRadicandBits = 320;
constexpr std::size_t kMostAtoms = 12;
constexpr std::size_t kLongestAtom = 160;
constexpr unsigned long kLargestPrime = 1000;

bool is_radical(const std::string& atom) { return std::isdigit(static_cast<unsigned char>(atom.front())) != 0; }

/// Multiplies by atom^exponent and moves whole powers of an integer atom to the factor; false when it grows too large.
bool multiply_by(Symbol& symbol, const std::string& atom, const Rational& exponent) {
  Rational& total = symbol.atoms[atom];
  total += exponent;
  if (is_radical(atom)) {
    const Integer whole = floor(total);
    if (!whole.fits_slong_p()) return false;
    const double size = std::abs(whole.get_d()) * static_cast<double>(atom.size()) * 4;
    if (size > kMostFactorBits) return false;
    symbol.factor *= power(Rational(atom), whole.get_si());
    total -= whole;
  }
  if (total == 0) symbol.atoms.erase(atom);
  return symbol.atoms.size() <= kMostAtoms && bit_size(symbol.factor) <= kMostFactorBits && bit_size(total) <= 128;
}

/// Multiplies by n^exponent, n >= 1, prime by prime.
bool multiply_by_integer(Symbol& symbol, Integer n, const Rational& exponent) {
  for (unsigned long p = 2; p < kLargestPrime && n > 1; p += p == 2 ? 1 : 2) {
    long count = 0;
    while (mpz_divisible_ui_p(n.get_mpz_t(), p) != 0) n /= p, ++count;
    if (count > 0 && !multiply_by(symbol, std::to_string(p), Rational(count * exponent))) return false;
  }
  return n == 1 || (mpz_sizeinbase(n.get_mpz_t(), 10) < kLongestAtom && multiply_by(symbol, n.get_str(), exponent));
}

std::string power_text(const std::string& atom, const Rational& exponent) {
  if (exponent == 1) return atom;
  const std::string e = to_text_exact(exponent);
  return atom + "^" + (exponent.get_den() == 1 ? e : "(" + e + ")");
}

}  // namespace

std::string Symbol::text() const {
  std::string result = factor == 1 && !atoms.empty() ? "" : to_text_exact(factor);
  for (const auto& [atom, exponent] : atoms) result += (result.empty() ? "" : "*") + power_text(atom, exponent);
  return result;
}

std::optional<Symbol> Symbol::named(const std::string& text, int sign) {
  if (text.empty() || text.size() > kLongestAtom) return {};
  return Symbol{sign, {{text, 1}}};
}

std::optional<Symbol> multiply(const Symbol& a, const Symbol& b) {
  Symbol product{Rational(a.factor * b.factor), a.atoms};
  for (const auto& [atom, exponent] : b.atoms)
    if (!multiply_by(product, atom, exponent)) return {};
  if (bit_size(product.factor) > kMostFactorBits) return {};
  return product;
}

std::optional<Symbol> raise(const Symbol& a, const Rational& exponent) {
  Symbol result;
  const bool whole = exponent.get_den() == 1;
  if ((a.factor < 0 && !whole) || bit_size(exponent) > 64) return {};
  if (whole) {
    const double size = std::abs(exponent.get_num().get_d()) * static_cast<double>(bit_size(a.factor));
    if (size > kMostFactorBits) return {};
    result.factor = power(a.factor, exponent.get_num().get_si());
  } else if (bit_size(a.factor) > kMostRadicandBits || !multiply_by_integer(result, a.factor.get_num(), exponent) ||
             !multiply_by_integer(result, a.factor.get_den(), Rational(-exponent))) {
    return {};
  }
  for (const auto& [atom, e] : a.atoms)
    if (!multiply_by(result, atom, Rational(e * exponent))) return {};
  return result;
}

std::optional<Symbol> add(const Symbol& a, const Symbol& b, const Ball& sum) {
  if (a.atoms == b.atoms) return Symbol{Rational(a.factor + b.factor), a.atoms};
  if (b.atoms < a.atoms) return add(b, a, sum);  // so that the order does not matter
  const int sign = certainly_positive(sum) ? 1 : certainly_negative(sum) ? -1 : 0;
  if (sign == 0) return {};
  // a + b = |a.factor| * (+-1 * atoms + b.factor/|a.factor| * atoms)
  const Rational scale = abs(a.factor);
  const Symbol first{Rational(a.factor / scale), a.atoms}, second{Rational(b.factor / scale), b.atoms};
  auto result = Symbol::named("(" + first.text() + " + " + second.text() + ")", sign);
  if (result) result->factor *= scale;
  return result;
}

}  // namespace shatterproof::expression
