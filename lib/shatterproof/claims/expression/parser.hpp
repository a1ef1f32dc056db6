#pragma once
#include <vector>

#include "shatterproof/claims/expression/syntax.hpp"

namespace shatterproof::expression {

/// Reads an expression or a claim. Grammar, loosest first:
///   or;  and;  < <= = >= > (a chain a < b < c means a < b and b < c);  + -;  * /;  unary -;  ^ (from the right);
///   number (integer or decimal, exact), name, function(arguments), (...).  So -2^2 is -4 and 2^-1 is 1/2.
/// Throws ExpressionError, with the place, for anything else: unknown functions and variables (the nearest known names
/// are given), a wrong number of arguments, a statement where a number should stand and the reverse, more than 500
/// levels of brackets or 2000 of operators. variables: the names that may stand for values to be given later.
[[nodiscard]] Expression parse_expression(const std::string& source, const std::vector<std::string>& variables = {});
[[nodiscard]] Claim parse_claim(const std::string& source, const std::vector<std::string>& variables = {});

/// One variable of "d in 1..24, k in {1, 2, d}, h in (0, 1/4]" and the values that it runs through.
/// Bounds may use the variables before it.
struct Range {
  std::string variable;
  bool integers = false;           ///< a..b or a list, else an interval of real numbers
  std::vector<Expression> listed;  ///< of {...}, any exact numbers; otherwise low and high are set
  Expression low, high;
  bool low_closed = true, high_closed = true;
};
[[nodiscard]] std::vector<Range> parse_ranges(const std::string& source);

}  // namespace shatterproof::expression
