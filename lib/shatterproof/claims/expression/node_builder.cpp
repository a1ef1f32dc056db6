#include "shatterproof/claims/expression/node_builder.hpp"

#include <algorithm>
#include <iterator>

#include "shatterproof/claims/expression/expression_error.hpp"

namespace shatterproof::expression {
namespace {

constexpr int kMostLevels = 2000;
constexpr std::size_t kMostNodes = 1000000;

/// Text that tells nodes apart.
std::string key_of(const Node& node) {
  std::string key = std::to_string(static_cast<int>(node.kind)) + '|' + node.name + '|';
  if (node.kind == NodeKind::number) key += to_text_exact(node.number);
  if (node.function != nullptr) key += std::to_string(reinterpret_cast<std::uintptr_t>(node.function));
  for (const NodePointer& operand : node.operands)
    key += '|' + std::to_string(reinterpret_cast<std::uintptr_t>(operand.get()));
  return key;
}

std::vector<std::string> variables_of(const Node& node) {
  if (node.kind == NodeKind::variable) return {node.name};
  std::vector<std::string> all;
  for (const NodePointer& operand : node.operands) {
    std::vector<std::string> both;
    std::set_union(all.begin(), all.end(), operand->variables.begin(), operand->variables.end(),
                   std::back_inserter(both));
    all = std::move(both);
  }
  if (node.binds()) all.erase(std::remove(all.begin(), all.end(), node.name), all.end());
  return all;
}

}  // namespace

bool Node::depends_on(const std::string& variable) const {
  return std::binary_search(variables.begin(), variables.end(), variable);
}

NodePointer NodeBuilder::make(Node node) {
  std::string key = key_of(node);
  const auto known = made_.find(key);
  if (known != made_.end()) return known->second;
  if (!node.source) node.source = source_;
  for (const NodePointer& operand : node.operands) node.depth = std::max(node.depth, operand->depth + 1);
  const auto refuse = [&](const std::string& text) {
    throw ExpressionError(node.source->text, node.offset, text, node.source->place);
  };
  if (node.depth > kMostLevels) refuse("more than " + std::to_string(kMostLevels) + " operations inside each other");
  if (made_.size() >= kMostNodes) refuse("more than " + std::to_string(kMostNodes) + " operations");
  node.variables = variables_of(node);
  const NodePointer made = std::make_shared<const Node>(std::move(node));
  made_.emplace(std::move(key), made);
  return made;
}

NodePointer NodeBuilder::substitute(const NodePointer& root, const std::map<std::string, NodePointer>& values) {
  Replaced done;
  return substitute(root, values, done);
}

NodePointer NodeBuilder::substitute(const NodePointer& node, const std::map<std::string, NodePointer>& values,
                                    Replaced& done) {
  if (node->variables.empty()) return node;
  if (node->kind == NodeKind::variable) {
    const auto found = values.find(node->name);
    return found == values.end() ? node : found->second;
  }
  const auto known = done.find(node.get());
  if (known != done.end()) return known->second;
  Node copy = *node;
  copy.depth = 1;
  for (NodePointer& operand : copy.operands) operand = substitute(operand, values, done);
  const NodePointer result = make(std::move(copy));
  done.emplace(node.get(), result);
  return result;
}

}  // namespace shatterproof::expression
