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

/// Outside the domain only because a distance is 0, where just the limit counts: not enclosed. Else an error.
Local LocalEvaluator::guarded(const Node& node) {
  try {
    return compute(node);
  } catch (const DomainError& e) {
    if (arithmetic_.is_at_an_end()) return arithmetic_.unknown();
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

/// A zero of this operand at the end of the range would cost the operation its derivatives, or all.
bool LocalEvaluator::must_not_vanish(const Node& node, std::size_t operand) const {
  if (node.kind == NodeKind::divide) return true;  // above the line it may cancel a power below
  if (node.kind == NodeKind::power) return operand == 0 && node.operands[1]->kind != NodeKind::number;
  if (node.kind != NodeKind::call || operand + 1 != node.operands.size()) return false;
  return node.function->leading.power != nullptr || node.function->logarithmic;
}

/// The form of a node at another value of the distance and to another order.
Local LocalEvaluator::elsewhere(const Node& node, const Value& t, int order) {
  Axes axes = arithmetic_.axes();
  axes.at(arithmetic_.variable()).t = t;
  return LocalEvaluator(axes, constants(), arithmetic_.variable(), order).form(node);
}

/// t^P s with s = t^m g, where s and its derivatives below the m-th vanish at t = 0 exactly: the k-th coefficient of g
/// is among the (k+m)-th ones of s between 0 and t. The form as it was when there is no such m.
Local LocalEvaluator::deflated(const Node& node, const Local& form) {
  constexpr int kMost = 4;
  const Axis& axis = arithmetic_.axes().at(arithmetic_.variable());
  if (axis.plain || form.series.is_constant() || !axis.t.ball().contains_zero() ||
      !form.series[0].ball().contains_zero() || !form.series[0].is_finite() || !all_bound_are_constant())
    return form;
  const Local end = elsewhere(node, 0L, kMost);
  int zeros = 0;
  while (zeros < kMost && end.series[zeros].is_exactly(0)) ++zeros;
  if (zeros == 0 || end.powers != form.powers || end.series[zeros].ball().contains_zero()) return form;
  const Local more = elsewhere(node, axis.t, arithmetic_.order() + zeros);
  if (more.powers != form.powers) return form;
  std::vector<Value> coefficients;
  for (int k = zeros; k < std::max(zeros + 1, more.series.stored()); ++k) coefficients.push_back(more.series[k]);
  Local result{form.powers, Series(std::move(coefficients), arithmetic_.order())};
  Rational& power = result.powers[arithmetic_.variable()];
  power += zeros;
  if (power == 0) result.powers.erase(arithmetic_.variable());
  return result;
}

Local LocalEvaluator::compute(const Node& node) {
  if (node.kind == NodeKind::integral) return integral_form(node, *this);
  if (node.binds()) return repeated(node);
  std::vector<Local> v;
  for (std::size_t i = 0; i < node.operands.size(); ++i) {
    v.push_back(form(*node.operands[i]));
    if (must_not_vanish(node, i)) v.back() = deflated(*node.operands[i], v.back());
  }
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
