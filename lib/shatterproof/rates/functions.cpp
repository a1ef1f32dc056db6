#include "shatterproof/rates/functions.hpp"

#include <algorithm>

#include "shatterproof/core/error.hpp"

namespace shatterproof::rates {
namespace {

void expect_arguments(const Node& node, std::size_t count) {
  require(node.operands.size() == count, "'" + node.name + "' takes " + std::to_string(count) + " arguments, not " +
                                             std::to_string(node.operands.size()));
}

}  // namespace

const std::set<std::string>& function_names() {
  static const std::set<std::string> names{"exponent", "leading",    "substitute", "balance", "optimum",
                                           "minimum",  "at_optimum", "integral",   "sqrt",    "max"};
  return names;
}

Value Functions::call(const Node& node) {
  Evaluator& e = evaluator_;
  const auto& arguments = node.operands;
  const auto as_value = [](const Sum& sum) { return Value{.number = {}, .sum = without_copies(sum)}; };
  if (node.name == "exponent") return exponent(node);
  if (node.name == "integral") return integral(node);
  if (node.name == "max") return largest(node);
  if (node.name == "optimum") return as_value({{"", minimised(node).optimum}});
  if (node.name == "minimum") return as_value(minimised(node).at_optimum);
  if (node.name == "balance") {
    expect_arguments(node, 3);
    return as_value(
        {{"", balance(e.product(arguments[0]), e.product(arguments[1]), e.quantity(arguments[2]), e.signs_)}});
  }
  expect_arguments(node, node.name == "substitute" ? 3 : 1);
  if (node.name == "leading") return as_value(leading_terms(e.sum(arguments[0]), e.block_.grows, e.signs_));
  Sum sum = e.sum(arguments[0]);
  for (Term& term : sum) {
    if (node.name == "sqrt") term.value = power(term.value, RationalFunction(Rational(1, 2)));
    if (node.name == "at_optimum") term.value = term.value.substitute(e.block_.minimise, e.minimum().optimum);
    if (node.name == "substitute")
      term.value = term.value.substitute(e.quantity(arguments[1]), e.product(arguments[2]));
  }
  return as_value(sum);
}

Value Functions::exponent(const Node& node) {
  expect_arguments(node, 2);
  const Sum leading = leading_terms(evaluator_.sum(node.operands[0]), evaluator_.block_.grows, evaluator_.signs_);
  const std::string quantity = evaluator_.quantity(node.operands[1]);
  const RationalFunction exponent = leading.front().value.exponent(quantity);
  for (const Term& term : leading)
    if (evaluator_.signs_.of(term.value.exponent(quantity) - exponent) != 0)
      throw Undefined("the leading terms " + to_text(leading) + " carry different powers of " + quantity);
  return {.number = exponent};
}

Value Functions::integral(const Node& node) {
  expect_arguments(node, 2);
  Sum sum = evaluator_.sum(node.operands[0]);
  const std::string quantity = evaluator_.quantity(node.operands[1]);
  for (Term& term : sum) {
    if (evaluator_.signs_.of(term.value.exponent(quantity) + RationalFunction(1)) <= 0)
      throw Undefined("the integral of " + to_text(term.value) + " over " + quantity + " from 0 diverges");
    term.value = term.value * PowerProduct::quantity(quantity);
  }
  return {.number = {}, .sum = sum};
}

Value Functions::largest(const Node& node) {
  std::vector<Value> values;
  for (const Node& argument : node.operands) values.push_back(evaluator_.value(argument));
  Value most = values.front();
  if (std::all_of(values.begin(), values.end(), [](const Value& v) { return v.number.has_value(); })) {
    for (const Value& v : values)
      if (evaluator_.signs_.of(*v.number - *most.number) > 0) most = v;
    return most;
  }
  Sum all;
  for (const Value& v : values)
    for (const Term& term : as_sum(v)) all.push_back(term);
  return {.number = {}, .sum = without_copies(all)};
}

Minimum Functions::minimised(const Node& node) {
  require(node.operands.size() >= 2, "'" + node.name + "' takes a sum and the quantity to choose");
  Constraints constraints;
  for (std::size_t i = 2; i < node.operands.size(); ++i) {
    const Node& bound = node.operands[i];
    require(bound.kind == Node::Kind::keyword && (bound.name == "floor" || bound.name == "ceiling"),
            "expected floor = ... or ceiling = ... in '" + node.name + "'");
    (bound.name == "floor" ? constraints.floor : constraints.ceiling) = evaluator_.product(bound.operands[0]);
  }
  return evaluator_.minimum_of(evaluator_.sum(node.operands[0]), evaluator_.quantity(node.operands[1]), constraints);
}

}  // namespace shatterproof::rates
