#pragma once
#include <map>
#include <string>
#include <vector>

#include "shatterproof/rates/cells.hpp"
#include "shatterproof/rates/rational_function.hpp"

namespace shatterproof::rates {

/// n^a eps^b A^c ...: a product of powers of positive quantities, the exponents rational functions of the parameters.
/// Constants (which may depend on the parameters) are not tracked.
class PowerProduct {
 public:
  PowerProduct() = default;  ///< 1
  [[nodiscard]] static PowerProduct quantity(const std::string& name);

  [[nodiscard]] RationalFunction exponent(const std::string& name) const;  ///< 0 if the quantity does not occur
  [[nodiscard]] const std::map<std::string, RationalFunction>& exponents() const { return exponents_; }
  /// The quantity replaced by a product of powers.
  [[nodiscard]] PowerProduct substitute(const std::string& name, const PowerProduct& value) const;

  friend PowerProduct operator*(const PowerProduct& a, const PowerProduct& b);
  friend bool operator==(const PowerProduct&, const PowerProduct&) = default;
  friend PowerProduct power(const PowerProduct& base, const RationalFunction& exponent);

 private:
  std::map<std::string, RationalFunction> exponents_;  // no exponent is 0
};

[[nodiscard]] PowerProduct power(const PowerProduct& base, const RationalFunction& exponent);
[[nodiscard]] inline PowerProduct operator/(const PowerProduct& a, const PowerProduct& b) {
  return a * power(b, RationalFunction(-1));
}

/// "M^2*n^(-1/(2*d+4))", "1"; the rate language reads it back. With a point, rational parameters are put in.
[[nodiscard]] std::string to_text(const PowerProduct& p, const ParameterPoint& point = {});
[[nodiscard]] std::string to_text(const RationalFunction& f, const ParameterPoint& point);

/// What grows: "n" (n to infinity) or "1/eps" (eps to 0). Exponents are compared in this direction.
struct Direction {
  std::string quantity = "n";
  bool to_infinity = true;

  [[nodiscard]] RationalFunction exponent(const PowerProduct& p) const {
    return to_infinity ? p.exponent(quantity) : -p.exponent(quantity);
  }
};

/// Reads "n" or "1/eps".
[[nodiscard]] Direction parse_direction(const std::string& text);

/// One named term of a sum.
struct Term {
  std::string name;  ///< empty if the sum was written without names
  PowerProduct value;
};

/// A sum of terms, which is their maximum up to a factor: none is dropped, except a second copy of the same product.
using Sum = std::vector<Term>;

/// The terms that grow fastest; ties are kept.
[[nodiscard]] Sum leading_terms(const Sum& sum, const Direction& direction, Signs& signs);

/// The same sum with equal products written once.
[[nodiscard]] Sum without_copies(const Sum& sum);

[[nodiscard]] std::string to_text(const Sum& sum, const ParameterPoint& point = {});

}  // namespace shatterproof::rates
