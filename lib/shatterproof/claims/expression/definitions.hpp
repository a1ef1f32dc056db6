#pragma once
#include <map>
#include <string>
#include <vector>

#include "shatterproof/claims/expression/syntax.hpp"

namespace shatterproof::expression {

/// "name(x, y) = expression" or "name = expression"; the body may also be a statement, such as h < 1/4.
struct Definition {
  std::string name;
  std::vector<std::string> parameters;  ///< none: a constant
  NodePointer body;                     ///< with the parameters as its variables
  std::string text;                     ///< as given
  std::string place;                    ///< where it stands, for messages

  [[nodiscard]] std::string signature() const;
};

/// Named expressions that the parser replaces by their bodies. A definition sees those before it, so that none can
/// refer to itself.
class Definitions {
 public:
  /// Adds one. place says where it stands ("E.2.md, line 7") and appears in every message about it. Throws
  /// ExpressionError: not of the form above, a mistake in the body, recursion, a name that is taken by a function of
  /// the catalogue or by another definition (the same text again is allowed), a parameter named twice or taken.
  void add(const std::string& source, const std::string& place = "");
  /// Adds all of the other's; PreconditionError when a name has two meanings.
  void add(const Definitions& other);

  [[nodiscard]] const Definition* find(const std::string& name) const;  ///< nullptr when there is none
  [[nodiscard]] const std::vector<Definition>& all() const { return list_; }
  /// The same names, each standing for a call of itself (a call node with a name and no function): what is parsed with
  /// these can be printed as it was written, not evaluated.
  [[nodiscard]] Definitions unexpanded() const;

 private:
  void insert(Definition definition);

  std::vector<Definition> list_;
  std::map<std::string, std::size_t> index_;
};

}  // namespace shatterproof::expression
