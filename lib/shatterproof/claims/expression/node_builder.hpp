#pragma once
#include <map>
#include <string>

#include "shatterproof/claims/expression/syntax.hpp"

namespace shatterproof::expression {

/// Makes the nodes of one parsed text, equal ones only once.
class NodeBuilder {
 public:
  explicit NodeBuilder(std::shared_ptr<const Source> source) : source_(std::move(source)) {}

  /// Fills in depth, variables and (if missing) source. Throws ExpressionError for more than 2000 levels or 10^6 nodes.
  [[nodiscard]] NodePointer make(Node node);
  /// The tree with the variables replaced. A bound variable has a name of its own, so that nothing is captured.
  [[nodiscard]] NodePointer substitute(const NodePointer& root, const std::map<std::string, NodePointer>& values);

 private:
  using Replaced = std::map<const Node*, NodePointer>;
  [[nodiscard]] NodePointer substitute(const NodePointer& node, const std::map<std::string, NodePointer>& values,
                                       Replaced& done);

  std::shared_ptr<const Source> source_;
  std::map<std::string, NodePointer> made_;
};

}  // namespace shatterproof::expression
