#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "shatterproof/claims/expression/syntax.hpp"
#include "shatterproof/claims/expression/value.hpp"

namespace shatterproof::expression {

/// A polynomial with rational coefficients in some variables, expanded: equal polynomials have equal terms.
class Polynomial {
 public:
  using Exponents = std::vector<long>;  ///< one for each variable, in their order
  using Terms = std::map<Exponents, Rational>;

  /// In so many variables, the constant given.
  Polynomial(std::size_t variables, const Rational& constant);
  static Polynomial variable(std::size_t variables, std::size_t index);

  [[nodiscard]] const Terms& terms() const { return terms_; }  ///< without zero coefficients
  [[nodiscard]] bool is_zero() const { return terms_.empty(); }
  [[nodiscard]] Polynomial plus(const Polynomial& other, const Rational& factor = 1) const;  ///< this + factor * other
  [[nodiscard]] Polynomial times(const Polynomial& other) const;

 private:
  Terms terms_;
};

/// The number-valued expression below the node as a polynomial in the variables, in that order, where it is one by its
/// form: sums, products, quotients by constants, powers with integer exponents >= 0, sum(...), and the functions of the
/// catalogue that are polynomials in their last argument. The other variables have the values given. Nothing where it
/// is not, where a constant in it is not known exactly, or where it has too many terms.
/// It stands for the expression at every point where the functions' arguments are in their domains.
[[nodiscard]] std::optional<Polynomial> polynomial_of(const NodePointer& node,
                                                      const std::vector<std::string>& variables,
                                                      const Bindings& constants);

}  // namespace shatterproof::expression
