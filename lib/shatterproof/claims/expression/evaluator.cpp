#include "shatterproof/claims/expression/evaluator.hpp"

#include "shatterproof/claims/expression/catalogue.hpp"
#include "shatterproof/claims/expression/expression_error.hpp"

namespace shatterproof::expression {
namespace {

Value operation(const Node& node, const std::vector<Value>& v) {
  switch (node.kind) {
    case NodeKind::negate:
      return negate(v[0]);
    case NodeKind::add:
      return add(v[0], v[1]);
    case NodeKind::subtract:
      return subtract(v[0], v[1]);
    case NodeKind::multiply:
      return multiply(v[0], v[1]);
    case NodeKind::divide:
      return divide(v[0], v[1]);
    case NodeKind::call:
      return call(*node.function, v);
    default:
      return raise(v[0], v[1]);
  }
}

}  // namespace

Value Evaluator::value(const Node& node) {
  if (node.kind == NodeKind::number) return node.number;
  if (node.kind == NodeKind::variable) {
    const auto found = bindings_.find(node.name);
    require(found != bindings_.end(), "the variable '" + node.name + "' has no value");
    return found->second;
  }
  const auto found = known_.find(&node);
  if (found != known_.end()) return found->second;
  Value result = compute(node);
  known_.emplace(&node, result);
  return result;
}

Value Evaluator::compute(const Node& node) {
  if (node.kind == NodeKind::infinity) throw ExpressionError(node, "'inf' has no value");
  std::vector<Value> operands;
  operands.reserve(node.operands.size());
  for (const NodePointer& operand : node.operands) operands.push_back(value(*operand));
  try {
    return operation(node, operands);
  } catch (const DomainError& e) {
    throw ExpressionError(node, e.text);
  } catch (const ExpressionError&) {
    throw;
  } catch (const PreconditionError& e) {
    throw ExpressionError(node, e.what());
  }
}

}  // namespace shatterproof::expression
