#pragma once
#include <memory>
#include <string>
#include <vector>

#include "shatterproof/numeric/rational.hpp"

namespace shatterproof::expression {

struct Function;

enum class NodeKind {
  number,
  variable,
  infinity,  ///< an end of a range or an integral, nothing else
  call,      ///< also a constant such as pi, with no operands
  negate,
  add,
  subtract,
  multiply,
  divide,
  power,
  sum,       ///< operands: first and last integer, body; name: the variable that is bound in the body
  product,   ///< likewise
  integral,  ///< operands: lower and upper end, body
  less,      ///< from here on the value is true or false
  less_or_equal,
  greater,
  greater_or_equal,
  equal,
  conjunction,
  disjunction
};

struct Node;
using NodePointer = std::shared_ptr<const Node>;

/// Text that was parsed, and where it stands.
struct Source {
  std::string text;
  std::string place;  ///< of a definition, "definition of c (E.2.md, line 7)"; empty for the expression itself
};

/// One node of an immutable syntax tree; equal parts of one expression are one node.
struct Node {
  NodeKind kind;
  std::size_t offset;                         ///< where it stands: of an operator, a name, a number
  std::vector<NodePointer> operands = {};     ///< of an operator or a call
  Rational number = {};                       ///< of a number
  std::string name = {};                      ///< of a variable; unique when it is bound by a sum, product or integral
  const Function* function = nullptr;         ///< of a call
  int depth = 1;                              ///< levels below and including this one
  std::vector<std::string> variables = {};    ///< that it depends on, sorted; not those bound inside
  std::shared_ptr<const Source> source = {};  ///< that the offset refers to

  [[nodiscard]] bool is_statement() const { return kind >= NodeKind::less; }
  [[nodiscard]] bool binds() const {
    return kind == NodeKind::sum || kind == NodeKind::product || kind == NodeKind::integral;
  }
  [[nodiscard]] bool depends_on(const std::string& variable) const;
};

/// A syntax tree with the text that it came from; cheap to copy, may be evaluated any number of times.
struct Tree {
  std::shared_ptr<const std::string> source;
  NodePointer root;
};

struct Expression : Tree {};  ///< has a number as its value
struct Claim : Tree {};       ///< is true or false

}  // namespace shatterproof::expression
