#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>

#include "shatterproof/rates/block.hpp"
#include "shatterproof/rates/minimise.hpp"

namespace shatterproof::rates {

/// A number (a rational function of the parameters) or a sum of products of powers.
struct Value {
  std::optional<RationalFunction> number = {};
  Sum sum = {};
};

[[nodiscard]] std::string to_text(const Value& value, const ParameterPoint& point = {});

/// Evaluates a block at one point of the parameters. The values stay symbolic; every decision goes through Signs.
/// Throws Undefined where a value does not exist at this point (a pole, no minimum) and PreconditionError where a
/// formula makes no sense (a constant factor, a power that is no number, a cycle of definitions, ...).
class Evaluator {
 public:
  Evaluator(const Block& block, Signs& signs) : block_(block), signs_(signs) {}

  [[nodiscard]] Value value(const Node& node);
  [[nodiscard]] Sum sum(const Node& node);  ///< the number 1 is the empty product
  [[nodiscard]] const Minimum& minimum();   ///< of the terms of the block; requires the key minimise

  /// left relation right. Two numbers are compared as numbers. Sums: = means the same products of powers; an order
  /// compares how fast they grow.
  [[nodiscard]] bool holds(const Value& left, const std::string& relation, const Value& right);

 private:
  friend class Functions;
  [[nodiscard]] Value named(const std::string& name);
  [[nodiscard]] Value defined(const Definition& definition, bool is_term);
  [[nodiscard]] Value binary(const Node& node);
  [[nodiscard]] Value raised(const Node& node);
  [[nodiscard]] RationalFunction number(const Node& node);
  [[nodiscard]] PowerProduct product(const Node& node);
  [[nodiscard]] std::string quantity(const Node& node) const;
  [[nodiscard]] Minimum minimum_of(const Sum& sum, const std::string& quantity, const Constraints& constraints);
  [[nodiscard]] RationalFunction quotient(const RationalFunction& a, const RationalFunction& b);
  [[nodiscard]] bool same(const Sum& a, const Sum& b);

  const Block& block_;
  Signs& signs_;
  std::map<std::string, Value> known_;
  std::set<std::string> open_;  // definitions being evaluated, to find cycles
  std::optional<Minimum> minimum_;
};

/// A sum, where the number 1 counts as the empty product. Throws PreconditionError for any other number.
[[nodiscard]] Sum as_sum(const Value& value);

}  // namespace shatterproof::rates
