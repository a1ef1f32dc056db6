#include "shatterproof/claims/expression/local_evaluator.hpp"

#include <algorithm>

#include "shatterproof/claims/expression/expression_error.hpp"
#include "shatterproof/claims/expression/integral.hpp"

namespace shatterproof::expression {

LocalEvaluator::LocalEvaluator(LocalEvaluator& outer, const std::string& bound, const Local& value)
    : constants_(&outer.constants()), outer_(&outer), bound_(bound), arithmetic_(outer.arithmetic_) {
  rebind(value);
}

void LocalEvaluator::rebind(const Local& value) {
  bound_value_ = value;
  known_.clear();
  own_constants_.reset();
  if (value.powers.empty() && value.series.is_constant())
    own_constants_ = std::make_unique<Evaluator>(*constants_, bound_, value.series[0]);
}

bool LocalEvaluator::moves(const Node& node) const {
  return std::any_of(node.variables.begin(), node.variables.end(), [&](const std::string& v) {
    for (const LocalEvaluator* scope = this; scope != nullptr; scope = scope->outer_)
      if (scope->outer_ != nullptr && scope->bound_ == v) return scope->own_constants_ == nullptr;
    return arithmetic_.axes().count(v) != 0;
  });
}

Local LocalEvaluator::form(const Node& node) {
  if (!moves(node)) return arithmetic_.constant(constants().value(node));
  if (outer_ != nullptr && !node.depends_on(bound_)) return outer_->form(node);
  if (node.kind == NodeKind::variable)
    return outer_ != nullptr && node.name == bound_ ? bound_value_ : arithmetic_.coordinate(node.name);
  const auto found = known_.find(&node);
  if (found != known_.end()) return found->second;
  Local result = guarded(node);
  known_.emplace(&node, result);
  return result;
}

bool LocalEvaluator::is_at_an_end() const {
  return std::any_of(arithmetic_.axes().begin(), arithmetic_.axes().end(),
                     [](const auto& axis) { return axis.second.t.is_exactly(0); });
}

/// Outside the domain only because a distance is 0, where just the limit counts: not enclosed. Else an error.
Local LocalEvaluator::guarded(const Node& node) {
  try {
    return compute(node);
  } catch (const DomainError& e) {
    if (is_at_an_end()) return arithmetic_.unknown();
    throw ExpressionError(node, e.text);
  } catch (const ExpressionError&) {
    throw;
  } catch (const PreconditionError& e) {
    throw ExpressionError(node, e.what());
  }
}

Local LocalEvaluator::repeated(const Node& node) {
  for (int i : {0, 1})
    if (moves(*node.operands[static_cast<std::size_t>(i)]))
      throw PreconditionError("the first and the last index must not depend on a real variable");
  const bool sum = node.kind == NodeKind::sum;
  Local result = arithmetic_.constant(sum ? 0L : 1L);
  LocalEvaluator inner(*this, node.name, arithmetic_.constant(0L));
  const Value first = constants().value(*node.operands[0]), last = constants().value(*node.operands[1]);
  for_each_term(node, first, last, [&](long k) {
    inner.rebind(arithmetic_.constant(k));
    const Local term = inner.form(*node.operands[2]);
    result = sum ? arithmetic_.add(result, term) : arithmetic_.multiply(result, term);
  });
  return result;
}

Local LocalEvaluator::compute(const Node& node) {
  if (node.kind == NodeKind::integral) return integral_form(node, *this);
  if (node.binds()) return repeated(node);
  std::vector<Local> v;
  for (const NodePointer& operand : node.operands) v.push_back(form(*operand));
  switch (node.kind) {
    case NodeKind::negate:
      return arithmetic_.negate(v[0]);
    case NodeKind::add:
      return arithmetic_.add(v[0], v[1]);
    case NodeKind::subtract:
      return arithmetic_.add(v[0], arithmetic_.negate(v[1]));
    case NodeKind::multiply:
      return arithmetic_.multiply(v[0], v[1]);
    case NodeKind::divide:
      return arithmetic_.divide(v[0], v[1]);
    case NodeKind::call:
      return arithmetic_.call(*node.function, v);
    case NodeKind::power:
      return arithmetic_.raise(v[0], v[1]);
    default:
      throw DomainError{"a statement has no value"};
  }
}

}  // namespace shatterproof::expression
