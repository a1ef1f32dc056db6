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
  call,  ///< also a constant such as pi, with no operands
  negate,
  add,
  subtract,
  multiply,
  divide,
  power,
  less,  ///< from here on the value is true or false
  less_or_equal,
  greater,
  greater_or_equal,
  equal,
  conjunction,
  disjunction
};

struct Node;
using NodePointer = std::shared_ptr<const Node>;

/// One node of an immutable syntax tree.
struct Node {
  NodeKind kind;
  std::size_t offset;                       ///< where it stands: of an operator, a name, a number
  std::vector<NodePointer> operands = {};   ///< of an operator or a call
  Rational number = {};                     ///< of a number
  std::string name = {};                    ///< of a variable
  const Function* function = nullptr;       ///< of a call
  int depth = 1;                            ///< levels below and including this one
  std::vector<std::string> variables = {};  ///< that it depends on, sorted

  [[nodiscard]] bool is_statement() const { return kind >= NodeKind::less; }
};

/// A syntax tree with the text that it came from; cheap to copy, may be evaluated any number of times.
struct Tree {
  std::shared_ptr<const std::string> source;
  NodePointer root;
};

struct Expression : Tree {};  ///< has a number as its value
struct Claim : Tree {};       ///< is true or false

}  // namespace shatterproof::expression
