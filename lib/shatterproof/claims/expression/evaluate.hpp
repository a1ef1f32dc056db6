#pragma once
#include "shatterproof/claims/expression/parser.hpp"
#include "shatterproof/claims/expression/value.hpp"

namespace shatterproof::expression {

/// The value at the working precision: exact when the arithmetic allows, else an enclosure, indeterminate when the
/// precision does not suffice. Throws ExpressionError when an argument is certainly outside the domain of an operation,
/// and PreconditionError when a variable has no value.
[[nodiscard]] Value evaluate(const Expression& expression, const Bindings& bindings = {});

enum class Truth { no, unknown, yes };

/// Whether a claim certainly holds or certainly fails, with both sides of the comparison that settled (or blocked) it.
struct Decision {
  Truth truth = Truth::unknown;
  Value left = 0L, right = 0L;
};
[[nodiscard]] Decision decide(const Claim& claim, const Bindings& bindings = {});
/// The same with the working precision doubled, from 64 bits, until it is settled or the cap is passed.
[[nodiscard]] Decision decide_refining(const Claim& claim, const Bindings& bindings, Bits cap);

/// Whether decimal text of the ball can be written: it is finite and its exponents are not astronomical (exp(exp(50))).
[[nodiscard]] bool is_printable(const Ball& ball);

/// A value with so many correct significant digits: the first `digits` of them are the true value's, rounded to nearest
/// (a tie may go either way). reached is false when the precision cap stopped it; the value is then all that is known.
struct Digits {
  Value value = 0L;
  bool reached = false;
  Bits precision = 0;  ///< the working precision at which it was computed
};
[[nodiscard]] Digits evaluate_to_digits(const Expression& expression, int digits, const Bindings& bindings = {});

}  // namespace shatterproof::expression
