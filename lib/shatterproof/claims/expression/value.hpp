#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "shatterproof/claims/expression/symbol.hpp"
#include "shatterproof/numeric/ball.hpp"

namespace shatterproof::expression {

/// The value of an expression: an exact rational as long as that is possible, else an enclosure, with a symbol where
/// the number is known in closed form.
class Value {
 public:
  Value(Rational exact) : exact_(std::move(exact)) {}
  Value(long exact) : exact_(Rational(exact)) {}
  Value(Ball enclosure);  ///< a ball of radius 0 and moderate size counts as exact
  /// The number that the symbol names, with its enclosure; exact when the symbol is rational.
  Value(Ball enclosure, const std::optional<Symbol>& symbol);
  static Value indeterminate() { return {Ball::indeterminate()}; }

  [[nodiscard]] const std::optional<Rational>& exact() const { return exact_; }
  [[nodiscard]] Ball ball() const { return exact_ ? Ball(*exact_) : ball_; }  ///< at the working precision
  [[nodiscard]] bool is_integer() const { return exact_ && exact_->get_den() == 1; }
  [[nodiscard]] bool is_exactly(long n) const { return exact_ && *exact_ == n; }
  [[nodiscard]] bool is_finite() const { return exact_ || ball_.is_finite(); }
  /// The symbol, also of an exact number other than 0; nothing when it is not known.
  [[nodiscard]] std::optional<Symbol> symbol() const;
  /// Text that determines the number, for the name of an atom; empty when it is not known in closed form.
  [[nodiscard]] std::string closed_form() const;
  [[nodiscard]] std::string text() const;  ///< short, for messages

 private:
  std::optional<Rational> exact_;
  Ball ball_;
  std::shared_ptr<const Symbol> symbol_;
};

using Bindings = std::map<std::string, Value>;

/// Whether both are certainly the same number: both exact and equal, or with the same symbol.
[[nodiscard]] bool certainly_equal(const Value& a, const Value& b);
/// a <= b for certain, by enclosures, exact values or symbols.
[[nodiscard]] bool certainly_at_most(const Value& a, const Value& b);

// Exact as long as both sides are and the result stays of moderate size; symbols are kept where a closed form is. A
// value outside the domain (division by 0, a negative number to a fractional power) throws DomainError; one that is not
// certainly outside gives an indeterminate ball. Wide balls are multiplied, divided and raised by their ends, so that
// the result is the range and not a multiple of it.
struct DomainError {
  std::string text;
};
[[nodiscard]] Value negate(const Value& a);
[[nodiscard]] Value add(const Value& a, const Value& b);
[[nodiscard]] Value subtract(const Value& a, const Value& b);
[[nodiscard]] Value multiply(const Value& a, const Value& b);
[[nodiscard]] Value divide(const Value& a, const Value& b);
[[nodiscard]] Value raise(const Value& base, const Value& exponent);

/// f over a ball x for a function f that is monotone there: from the ends when x is wide, so that the range is sharp.
template <typename F>
[[nodiscard]] Ball monotone(const F& f, const Ball& x) {
  constexpr long kNarrow = 24;  // bits of relative accuracy from which the ends would not be better
  if (!x.is_finite() || x.is_exact() || x.accuracy_bits() > kNarrow) return f(x);
  return Ball::hull(f(x.lower()), f(x.upper()));
}

}  // namespace shatterproof::expression
