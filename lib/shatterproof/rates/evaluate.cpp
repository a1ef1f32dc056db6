#include "shatterproof/rates/evaluate.hpp"

#include <algorithm>

#include "shatterproof/core/error.hpp"
#include "shatterproof/rates/functions.hpp"

namespace shatterproof::rates {
namespace {

constexpr long kLargestPower = 64;
constexpr std::size_t kMostTerms = 500;

Value number_value(RationalFunction f) { return {.number = std::move(f)}; }
Value sum_value(const Sum& sum) { return {.number = {}, .sum = without_copies(sum)}; }

/// Every term times (or over) every term; over a sum of several is not a product of powers.
Sum times(const Sum& a, const Sum& b, bool divide) {
  require(!divide || b.size() == 1, "cannot divide by the sum " + to_text(b));
  require(a.size() * b.size() <= kMostTerms, "the product of two sums has too many terms");
  Sum result;
  for (const Term& x : a)
    for (const Term& y : b) result.push_back({x.name, divide ? x.value / y.value : x.value * y.value});
  return result;
}

}  // namespace

std::string to_text(const Value& value, const ParameterPoint& point) {
  return value.number ? to_text(*value.number, point) : to_text(value.sum, point);
}

Sum as_sum(const Value& value) {
  if (!value.number) return value.sum;
  require(*value.number == RationalFunction(1),
          "constants are not tracked: leave the factor or term " + to_text(*value.number) + " out of the rate");
  return {{"", PowerProduct()}};
}

Sum Evaluator::sum(const Node& node) { return as_sum(value(node)); }

RationalFunction Evaluator::number(const Node& node) {
  const Value v = value(node);
  require(v.number.has_value(), "a number is needed, not the rate " + to_text(v.sum));
  return *v.number;
}

PowerProduct Evaluator::product(const Node& node) {
  const Sum s = sum(node);
  require(s.size() == 1, "a single product of powers is needed, not " + to_text(s));
  return s.front().value;
}

std::string Evaluator::quantity(const Node& node) const {
  require(node.kind == Node::Kind::name && block_.quantities.count(node.name) != 0, "the name of a quantity is needed");
  return node.name;
}

RationalFunction Evaluator::quotient(const RationalFunction& a, const RationalFunction& b) {
  if (signs_.of(b) == 0) throw Undefined("division by zero: " + to_text(a) + " over " + to_text(b));
  return a / b;
}

Value Evaluator::value(const Node& node) {
  switch (node.kind) {
    case Node::Kind::number:
      return number_value(node.number);
    case Node::Kind::name:
      return named(node.name);
    case Node::Kind::call:
      return Functions(*this).call(node);
    case Node::Kind::negate:
      return number_value(-number(node.operands[0]));
    case Node::Kind::power:
      return raised(node);
    case Node::Kind::keyword:
      throw PreconditionError("'" + node.name + " =' stands where a value is needed");
    default:
      return binary(node);
  }
}

Value Evaluator::binary(const Node& node) {
  const Value left = value(node.operands[0]), right = value(node.operands[1]);
  if (left.number && right.number) {
    const RationalFunction &a = *left.number, &b = *right.number;
    if (node.kind == Node::Kind::add) return number_value(a + b);
    if (node.kind == Node::Kind::subtract) return number_value(a - b);
    return number_value(node.kind == Node::Kind::multiply ? a * b : quotient(a, b));
  }
  require(node.kind != Node::Kind::subtract, "rates cannot be subtracted: constants are not tracked");
  Sum a = as_sum(left), b = as_sum(right);
  if (node.kind != Node::Kind::add) return sum_value(times(a, b, node.kind == Node::Kind::divide));
  a.insert(a.end(), b.begin(), b.end());
  return sum_value(a);
}

Value Evaluator::raised(const Node& node) {
  const Value base = value(node.operands[0]);
  const RationalFunction exponent = number(node.operands[1]);
  if (base.number) {
    const Rational e = exponent.numerator().leading_coefficient();
    require(exponent.is_constant() && exponent.denominator() == Polynomial(1) && abs(e) <= kLargestPower,
            "a number can only be raised to an integer of at most " + std::to_string(kLargestPower));
    RationalFunction result = 1;
    for (long i = 0; i < std::labs(e.get_num().get_si()); ++i) result = result * *base.number;
    return number_value(sgn(e) < 0 ? quotient(1, result) : result);
  }
  require(base.sum.size() == 1 || signs_.of(exponent) >= 0, "a sum can only be raised to a power that is not negative");
  Sum result = base.sum;
  // (a + b)^p lies between max(a, b)^p and a constant times it.
  for (Term& term : result) term.value = power(term.value, exponent);
  return sum_value(result);
}

Value Evaluator::named(const std::string& name) {
  if (const auto found = known_.find(name); found != known_.end()) return found->second;
  if (block_.has_parameter(name)) return number_value(Polynomial::parameter(name));
  if (name == "optimum") return sum_value({{"", minimum().optimum}});
  if (name == "total") return sum_value(minimum().at_optimum);
  if (name == "rate") return sum_value(leading_terms(minimum().at_optimum, block_.grows, signs_));
  const auto is_it = [&](const Definition& d) { return d.name == name; };
  // A term hides the definition of the same name: the terms carry the substitutions of the block.
  for (const auto* list : {&block_.terms, &block_.define}) {
    const auto found = std::find_if(list->begin(), list->end(), is_it);
    if (found != list->end()) return known_[name] = defined(*found, list == &block_.terms);
  }
  require(block_.quantities.count(name) != 0, "unknown name '" + name + "'");
  return sum_value({{"", PowerProduct::quantity(name)}});
}

Value Evaluator::defined(const Definition& definition, bool is_term) {
  require(open_.insert(definition.name).second, "the definition of '" + definition.name + "' needs itself");
  Value result = value(definition.value);
  if (is_term) {
    result = {.number = {}, .sum = as_sum(result)};
    for (const Definition& d : block_.substitute) {
      const PowerProduct put = product(d.value);
      for (Term& term : result.sum) term.value = term.value.substitute(d.name, put);
    }
    for (Term& term : result.sum) term.name = definition.name;
  }
  open_.erase(definition.name);
  return result;
}

Minimum Evaluator::minimum_of(const Sum& terms, const std::string& chosen, const Constraints& constraints) {
  for (const auto& bound : {constraints.floor, constraints.ceiling})
    require(!bound || bound->exponent(chosen).is_zero(), "a bound on " + chosen + " may not contain " + chosen);
  return minimise(terms, chosen, constraints, block_.grows, signs_);
}

const Minimum& Evaluator::minimum() {
  if (minimum_) return *minimum_;
  require(!block_.minimise.empty(), "nothing is minimised in this block");
  Sum all;
  for (const Definition& d : block_.terms) {
    const Value term = named(d.name);
    all.insert(all.end(), term.sum.begin(), term.sum.end());
  }
  Constraints constraints;
  if (block_.floor) constraints.floor = product(*block_.floor);
  if (block_.ceiling) constraints.ceiling = product(*block_.ceiling);
  minimum_ = minimum_of(all, block_.minimise, constraints);
  return *minimum_;
}

bool Evaluator::same(const Sum& a, const Sum& b) {
  const auto equal = [&](const PowerProduct& x, const PowerProduct& y) {
    const PowerProduct ratio = x / y;
    return std::all_of(ratio.exponents().begin(), ratio.exponents().end(),
                       [&](const auto& entry) { return signs_.of(entry.second) == 0; });
  };
  const auto inside = [&](const Sum& s, const Sum& t) {
    return std::all_of(s.begin(), s.end(), [&](const Term& x) {
      return std::any_of(t.begin(), t.end(), [&](const Term& y) { return equal(x.value, y.value); });
    });
  };
  return inside(a, b) && inside(b, a);
}

bool Evaluator::holds(const Value& left, const std::string& relation, const Value& right) {
  int order = 0;
  if (left.number && right.number) {
    order = signs_.of(*left.number - *right.number);
  } else {
    const Sum a = as_sum(left), b = as_sum(right);
    if (relation == "=") return same(a, b);
    order = signs_.of(block_.grows.exponent(leading_terms(a, block_.grows, signs_).front().value) -
                      block_.grows.exponent(leading_terms(b, block_.grows, signs_).front().value));
  }
  if (relation == "=") return order == 0;
  if (relation == "<=") return order <= 0;
  if (relation == "<") return order < 0;
  return relation == ">=" ? order >= 0 : order > 0;
}

}  // namespace shatterproof::rates
