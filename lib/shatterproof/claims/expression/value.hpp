#pragma once
#include <map>
#include <optional>
#include <string>

#include "shatterproof/numeric/ball.hpp"

namespace shatterproof::expression {

/// The value of an expression: an exact rational as long as that is possible, else an enclosure.
class Value {
 public:
  Value(Rational exact) : exact_(std::move(exact)) {}
  Value(long exact) : exact_(Rational(exact)) {}
  Value(Ball enclosure);  ///< a ball of radius 0 and moderate size counts as exact

  [[nodiscard]] const std::optional<Rational>& exact() const { return exact_; }
  [[nodiscard]] Ball ball() const { return exact_ ? Ball(*exact_) : ball_; }  ///< at the working precision
  [[nodiscard]] bool is_integer() const { return exact_ && exact_->get_den() == 1; }
  [[nodiscard]] std::string text() const;  ///< short, for messages

 private:
  std::optional<Rational> exact_;
  Ball ball_;
};

using Bindings = std::map<std::string, Value>;

// Exact as long as both sides are and the result stays of moderate size. A value outside the domain (division by 0, a
// negative number to a fractional power) throws DomainError; one that is not certainly outside gives an indeterminate
// ball.
struct DomainError {
  std::string text;
};
[[nodiscard]] Value negate(const Value& a);
[[nodiscard]] Value add(const Value& a, const Value& b);
[[nodiscard]] Value subtract(const Value& a, const Value& b);
[[nodiscard]] Value multiply(const Value& a, const Value& b);
[[nodiscard]] Value divide(const Value& a, const Value& b);
[[nodiscard]] Value raise(const Value& base, const Value& exponent);

}  // namespace shatterproof::expression
