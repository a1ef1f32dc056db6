#include "shatterproof/claims/expression/evaluator.hpp"

#include "shatterproof/claims/expression/catalogue.hpp"
#include "shatterproof/claims/expression/expression_error.hpp"
#include "shatterproof/claims/expression/integral.hpp"

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
    case NodeKind::power:
      return raise(v[0], v[1]);
    default:
      throw DomainError{node.kind == NodeKind::infinity ? "'inf' has no value" : "a statement has no value"};
  }
}

Value repeated(const Node& node, Evaluator& outer) {
  const bool sum = node.kind == NodeKind::sum;
  Value result = sum ? 0L : 1L;
  Evaluator inner(outer, node.name, 0L);
  const Node& body = *node.operands[2];
  for_each_term(node, outer.value(*node.operands[0]), outer.value(*node.operands[1]), [&](long k) {
    inner.rebind(k);
    const Value term = inner.value(body);
    result = shortened(sum ? add(result, term) : multiply(result, term));
  });
  return result;
}

}  // namespace

Value shortened(const Value& value) {
  constexpr std::size_t kMostBits = 1U << 15U;
  if (!value.exact() || mpz_sizeinbase(value.exact()->get_den_mpz_t(), 2) < kMostBits) return value;
  return value.ball();
}

void Evaluator::rebind(Value value) {
  value_ = std::move(value);
  known_.clear();
}

Value Evaluator::variable(const Node& node) const {
  if (outer_ != nullptr) return node.name == bound_ ? value_ : outer_->variable(node);
  const auto found = bindings_->find(node.name);
  require(found != bindings_->end(), "the variable '" + node.name + "' has no value");
  return found->second;
}

Value Evaluator::value(const Node& node) {
  if (node.kind == NodeKind::number) return node.number;
  if (node.kind == NodeKind::variable) return variable(node);
  if (outer_ != nullptr && !node.depends_on(bound_)) return outer_->value(node);
  const auto found = known_.find(&node);
  if (found != known_.end()) return found->second;
  Value result = compute(node);
  known_.emplace(&node, result);
  return result;
}

Value Evaluator::compute(const Node& node) {
  try {
    if (node.kind == NodeKind::integral) return integral_value(node, *this);
    if (node.binds()) return repeated(node, *this);
    std::vector<Value> operands;
    operands.reserve(node.operands.size());
    for (const NodePointer& operand : node.operands) operands.push_back(value(*operand));
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
