#include <algorithm>
#include <unordered_map>

#include "shatterproof/claims/expression/evaluator.hpp"
#include "shatterproof/claims/expression/expression_error.hpp"
#include "shatterproof/claims/expression/local_arithmetic.hpp"

namespace shatterproof::expression {
namespace {

class LocalEvaluator {
 public:
  LocalEvaluator(const std::string& source, const Chart& chart, const Bindings& constants, const std::string& variable,
                 int order)
      : source_(source), chart_(chart), constants_(source, constants), arithmetic_(chart, variable, order) {
    require(order >= 0, "the order of a series must be at least 0");
    require(chart.count(variable) == 1, "the variable '" + variable + "' is not one of the chart");
  }

  [[nodiscard]] const LocalArithmetic& arithmetic() const { return arithmetic_; }

  Local form(const Node& node) {
    const bool constant = std::none_of(node.variables.begin(), node.variables.end(),
                                       [&](const std::string& v) { return chart_.count(v) != 0; });
    if (constant) return arithmetic_.constant(constants_.value(node));
    if (node.kind == NodeKind::variable) return arithmetic_.coordinate(node.name);
    const auto found = known_.find(&node);
    if (found != known_.end()) return found->second;
    std::vector<Local> operands;
    for (const NodePointer& operand : node.operands) operands.push_back(form(*operand));
    Local result = guarded(node, operands);
    known_.emplace(&node, result);
    return result;
  }

 private:
  /// Outside the domain only because a distance reaches 0, where just the limit counts: not enclosed. Else an error.
  Local guarded(const Node& node, const std::vector<Local>& operands) const {
    try {
      return operation(node, operands);
    } catch (const DomainError& e) {
      for (const std::string& v : node.variables)
        if (chart_.count(v) != 0 && chart_.at(v).t.ball().contains_zero()) return arithmetic_.unknown();
      throw ExpressionError(node, e.text);
    } catch (const ExpressionError&) {
      throw;
    } catch (const PreconditionError& e) {
      throw ExpressionError(node, e.what());
    }
  }

  Local operation(const Node& node, const std::vector<Local>& v) const {
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
      default:
        return arithmetic_.raise(v[0], v[1]);
    }
  }

  const std::string& source_;
  const Chart& chart_;
  Evaluator constants_;
  LocalArithmetic arithmetic_;
  std::unordered_map<const Node*, Local> known_;
};

LocalForm result_of(const Local& local) { return {local.powers, local.series.coefficients()}; }

}  // namespace

LocalForm local_form(const Expression& expression, const Chart& chart, const Bindings& constants,
                     const std::string& variable, int order) {
  return result_of(LocalEvaluator(*expression.source, chart, constants, variable, order).form(*expression.root));
}

LocalForm local_difference(const Expression& left, const Expression& right, const Chart& chart,
                           const Bindings& constants, const std::string& variable, int order) {
  LocalEvaluator evaluator(*left.source, chart, constants, variable, order);
  const Local low = evaluator.form(*left.root), high = evaluator.form(*right.root);
  return result_of(evaluator.arithmetic().add(high, evaluator.arithmetic().negate(low)));
}

}  // namespace shatterproof::expression
