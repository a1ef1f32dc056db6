#pragma once
#include <unordered_map>

#include "shatterproof/claims/expression/syntax.hpp"
#include "shatterproof/claims/expression/value.hpp"

namespace shatterproof::expression {

/// Values of the nodes of syntax trees under fixed bindings and precision; each node is computed once.
class Evaluator {
 public:
  explicit Evaluator(const Bindings& bindings) : bindings_(&bindings) {}
  /// The same with one more variable, bound by a sum or an integral; what does not depend on it is left to the outer.
  Evaluator(Evaluator& outer, const std::string& bound, Value value)
      : outer_(&outer), bound_(bound), value_(std::move(value)) {}

  [[nodiscard]] Value value(const Node& node);
  /// The bound variable gets another value.
  void rebind(Value value);

 private:
  [[nodiscard]] Value variable(const Node& node) const;
  [[nodiscard]] Value compute(const Node& node);

  const Bindings* bindings_ = nullptr;
  Evaluator* outer_ = nullptr;
  std::string bound_;
  Value value_ = 0L;
  std::unordered_map<const Node*, Value> known_;
};

/// Calls step(k) for the integers k of a sum or product node from its first to its last operand's value; DomainError
/// unless both are integers with at most 10^6 terms between.
template <typename Step>
void for_each_term(const Node& node, const Value& first, const Value& last, const Step& step) {
  constexpr long kMostTerms = 1000000;
  const char* const name = node.kind == NodeKind::sum ? "sum" : "product";
  for (const Value* end : {&first, &last})
    if (!end->is_integer() || abs(*end->exact()) > 1000000000000000)
      throw DomainError{std::string(name) + ": its first and last index must be integers, found " + end->text()};
  const long from = first.exact()->get_num().get_si(), to = last.exact()->get_num().get_si();
  if (to - from >= kMostTerms) throw DomainError{std::string(name) + ": more than 10^6 terms"};
  for (long k = from; k <= to; ++k) step(k);
}

/// An exact value as a ball once its fraction has become too long to go on with.
[[nodiscard]] Value shortened(const Value& value);

}  // namespace shatterproof::expression
