#pragma once
#include <optional>
#include <vector>

#include "shatterproof/claims/expression/definitions.hpp"
#include "shatterproof/claims/expression/syntax.hpp"

namespace shatterproof::expression {

/// Reads an expression or a claim. Grammar, loosest first:
///   or;  and;  < <= = >= > (a chain a < b < c means a < b and b < c);  + -;  * /;  unary -;  ^ (from the right);
///   number (integer or decimal, exact), name, function(arguments), (...).  So -2^2 is -4 and 2^-1 is 1/2.
///   sum(k, a, b, body), product(k, a, b, body), integral(x, a, b, body): k, x are new names, known in the body only.
/// Throws ExpressionError, with the place, for anything else: unknown functions and variables (the nearest known names
/// are given), a wrong number of arguments, a statement where a number should stand and the reverse, more than 500
/// levels of brackets or 2000 of operators. variables: the names that may stand for values to be given later.
/// Definitions are replaced by what they stand for.
[[nodiscard]] Expression parse_expression(const std::string& source, const std::vector<std::string>& variables = {},
                                          const Definitions& definitions = {});
[[nodiscard]] Claim parse_claim(const std::string& source, const std::vector<std::string>& variables = {},
                                const Definitions& definitions = {});

/// One variable of "d in 1..24, k in {1, 2, d}, h in (0, 1/4], x in [1, inf)" and the values that it runs through.
/// Bounds may use the variables before it.
struct Range {
  std::string variable;
  bool integers = false;           ///< a..b or a list, else an interval of real numbers
  std::vector<Expression> listed;  ///< of {...}, any exact numbers; otherwise low and high are set
  Expression low, high;
  bool low_closed = true, high_closed = true;
  bool low_infinite = false, high_infinite = false;  ///< -inf and inf; that end is open, low or high has no value
};
[[nodiscard]] std::vector<Range> parse_ranges(const std::string& source, const Definitions& definitions = {});

/// "forall d in 1..50, h in (0, 1] given d*h < 2: CLAIM" (or "for all"); ranges and hypothesis may be missing.
struct Quantified {
  std::vector<Range> ranges;
  std::optional<Claim> given;
  Claim claim;
};
[[nodiscard]] Quantified parse_quantified(const std::string& source, const Definitions& definitions = {});

/// "sup over x, y of EXPRESSION" or "inf over ...": an extremum of it over some of the variables that have a range.
struct Optimum {
  bool supremum = true;
  std::vector<std::string> variables;
  Expression expression;
};
[[nodiscard]] Optimum parse_optimum(const std::string& source, const std::vector<std::string>& variables,
                                    const Definitions& definitions = {});

}  // namespace shatterproof::expression
