#pragma once
#include <algorithm>
#include <vector>

#include "shatterproof/claims/expression/value.hpp"

namespace shatterproof::expression {

/// A function near a point or over a ball, by its derivatives there: [k] encloses the k-th derivative divided by k!,
/// for every point of the ball. Coefficients that are not stored are 0 identically (a constant stores one). One that
/// could not be enclosed, or does not exist, is an indeterminate ball.
///
/// The coefficient of order 1 may also be the hull of one-sided derivatives of a Lipschitz function (abs, min, max):
/// right for the mean value theorem, which is all that it is used for; higher ones are indeterminate there.
class Series {
 public:
  Series(Value constant, int order) : order_(order), stored_{std::move(constant)} {}
  Series(std::vector<Value> coefficients, int order);  ///< at least one; those beyond the order are dropped
  /// at + slope * t.
  static Series variable(const Value& at, long slope, int order);

  [[nodiscard]] int order() const { return order_; }
  [[nodiscard]] int stored() const { return static_cast<int>(stored_.size()); }
  [[nodiscard]] bool is_constant() const { return stored_.size() == 1; }
  [[nodiscard]] bool is_zero() const { return is_constant() && stored_[0].is_exactly(0); }
  [[nodiscard]] const Value& operator[](int k) const;
  [[nodiscard]] std::vector<Value> coefficients() const;  ///< order + 1 of them
  [[nodiscard]] Series replaced(int k, const Value& value) const;

 private:
  int order_;
  std::vector<Value> stored_;
};

// Division by a series whose value is or may be 0 gives indeterminate coefficients; by the constant 0, DomainError.
[[nodiscard]] Series negate(const Series& a);
[[nodiscard]] Series add(const Series& a, const Series& b);
[[nodiscard]] Series subtract(const Series& a, const Series& b);
[[nodiscard]] Series multiply(const Series& a, const Series& b);
[[nodiscard]] Series multiply(const Value& a, const Series& b);
[[nodiscard]] Series divide(const Series& a, const Series& b);
[[nodiscard]] Series raise(const Series& base, const Value& exponent);
[[nodiscard]] Series raise(const Series& base, const Series& exponent);

/// f(g) from f's own coefficients over the ball g[0].
[[nodiscard]] Series compose(const std::vector<Value>& f, const Series& g);
/// The coefficients of f from the series of its derivative and the value of f.
[[nodiscard]] Series integrate(const Series& derivative, const Value& value);
/// Coefficients of u^exponent over the ball u, order + 1 of them (fewer for a polynomial).
[[nodiscard]] std::vector<Value> power_coefficients(const Value& u, const Value& exponent, int order);
/// The same for a quantity known to be >= 0, of which a ball u that reaches below 0 stands for its part above.
[[nodiscard]] std::vector<Value> nonnegative_power_coefficients(const Value& u, const Rational& exponent, int order);

/// The operation, or an indeterminate value where it is outside its domain.
template <typename Operation>
[[nodiscard]] Value or_indeterminate(const Operation& operation) {
  try {
    return operation();
  } catch (const DomainError&) {
    return Value::indeterminate();
  }
}

}  // namespace shatterproof::expression
