#pragma once
#include <map>
#include <optional>
#include <string>

#include "shatterproof/numeric/ball.hpp"

namespace shatterproof::expression {

/// A name for a real number other than 0: factor * product of atoms^exponents. An atom is a positive real number that
/// its text determines: a prime (or an integer without small factors) under a radical, with an exponent between 0 and
/// 1; "pi"; or anything else, such as "exp(1)". Two numbers with the same symbol are equal; different symbols say
/// nothing. Every operation gives nothing when the result would be too large to be useful.
struct Symbol {
  Rational factor = 1;
  std::map<std::string, Rational> atoms = {};

  [[nodiscard]] bool is_rational() const { return atoms.empty(); }
  [[nodiscard]] std::string text() const;  ///< "3/2*2^(1/2)*pi^-1"; equal texts, equal symbols
  bool operator==(const Symbol&) const = default;

  /// sign * atom, where the atom is |value| of what the text describes; sign is 1 or -1.
  [[nodiscard]] static std::optional<Symbol> named(const std::string& text, int sign = 1);
};

[[nodiscard]] std::optional<Symbol> multiply(const Symbol& a, const Symbol& b);
/// a^exponent; nothing for a negative a unless the exponent is an integer.
[[nodiscard]] std::optional<Symbol> raise(const Symbol& a, const Rational& exponent);
/// Like terms are added (the factor is then 0 when they cancel); others become the atom of their sum, whose sign must
/// be told by an enclosure of it.
[[nodiscard]] std::optional<Symbol> add(const Symbol& a, const Symbol& b, const Ball& sum);

}  // namespace shatterproof::expression
