#pragma once
#include <unordered_map>

#include "shatterproof/claims/expression/syntax.hpp"
#include "shatterproof/claims/expression/value.hpp"

namespace shatterproof::expression {

/// Values of the nodes of syntax trees under fixed bindings and precision; each node is computed once.
class Evaluator {
 public:
  Evaluator(const std::string& source, const Bindings& bindings) : source_(source), bindings_(bindings) {}
  [[nodiscard]] Value value(const Node& node);

 private:
  [[nodiscard]] Value compute(const Node& node);

  const std::string& source_;
  const Bindings& bindings_;
  std::unordered_map<const Node*, Value> known_;
};

}  // namespace shatterproof::expression
