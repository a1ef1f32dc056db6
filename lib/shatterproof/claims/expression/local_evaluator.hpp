#pragma once
#include <memory>
#include <unordered_map>

#include "shatterproof/claims/expression/evaluator.hpp"
#include "shatterproof/claims/expression/local_arithmetic.hpp"

namespace shatterproof::expression {

/// Local forms of the nodes of syntax trees on one chart; each node is computed once. What does not depend on the
/// chart's variables is left to the evaluator of constants.
class LocalEvaluator {
 public:
  LocalEvaluator(const Axes& axes, Evaluator& constants, const std::string& variable, int order)
      : constants_(&constants), arithmetic_(axes, variable, order) {}
  /// The same with one more variable, bound by a sum or an integral, that stands for the form given.
  LocalEvaluator(LocalEvaluator& outer, const std::string& bound, const Local& value);

  [[nodiscard]] const LocalArithmetic& arithmetic() const { return arithmetic_; }
  [[nodiscard]] Local form(const Node& node);
  void rebind(const Local& value);
  /// Whether the node depends on a variable of the chart.
  [[nodiscard]] bool moves(const Node& node) const;
  /// Whether all variables bound around here stand for constants.
  [[nodiscard]] bool all_bound_are_constant() const {
    return outer_ == nullptr || (own_constants_ != nullptr && outer_->all_bound_are_constant());
  }
  /// The evaluator of what does not move, here.
  [[nodiscard]] Evaluator& constants() { return own_constants_ ? *own_constants_ : *constants_; }

 private:
  [[nodiscard]] Local guarded(const Node& node);
  [[nodiscard]] Local compute(const Node& node);
  [[nodiscard]] Local repeated(const Node& node);
  [[nodiscard]] bool must_not_vanish(const Node& node, std::size_t operand) const;
  [[nodiscard]] Local deflated(const Node& node, const Local& form);
  [[nodiscard]] Local elsewhere(const Node& node, const Value& t, int order);

  Evaluator* constants_;
  LocalEvaluator* outer_ = nullptr;
  std::string bound_;
  Local bound_value_{{}, {Value(0L), 0}};
  std::unique_ptr<Evaluator> own_constants_;  ///< knows the bound variable, when that is a constant
  LocalArithmetic arithmetic_;
  std::unordered_map<const Node*, Local> known_;
};

}  // namespace shatterproof::expression
