#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "shatterproof/numeric/rational.hpp"

namespace shatterproof::rates {

/// A node of a parsed text of the rate language.
struct Node {
  enum class Kind { number, name, call, keyword, negate, add, subtract, multiply, divide, power };
  Kind kind = Kind::number;
  Rational number;             ///< of a number
  std::string name;            ///< of a name, a call, or a keyword argument (floor = ...)
  std::vector<Node> operands;  ///< left and right, or the arguments
  std::size_t column = 1;      ///< where it starts in the text, counted from 1
};

/// "name = expression".
struct Definition {
  std::string name;
  Node value;
  std::string text;  ///< the whole line, for messages
};

/// "left <= right", "left = right1, right2 at d = 1, 2", "active = floor at d = 3".
struct Statement {
  std::string text;
  std::string relation;             ///< one of = <= < >= >
  Node left;                        ///< of a comparison
  std::vector<Node> right;          ///< one, or one for each place of `at`
  std::vector<std::string> active;  ///< of a statement on what is active; then left and right are unused
  /// parameter -> values; all lists have the same length (a single value was repeated). Empty: for all parameters.
  std::vector<std::pair<std::string, std::vector<Rational>>> at;
};

/// The grammar is that of ordinary formulas with + - * / ^, brackets, names, rational numbers and calls; ^ binds
/// tighter than a sign and to the right. All throw PreconditionError with the text, the column and what was expected
/// there.
[[nodiscard]] Node parse_expression(std::string_view text);
[[nodiscard]] Definition parse_definition(std::string_view text);
[[nodiscard]] Statement parse_statement(std::string_view text);

}  // namespace shatterproof::rates
