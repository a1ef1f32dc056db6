#include "mutants.hpp"

#include <functional>

#include "shatterproof/claims/expression/evaluate.hpp"
#include "shatterproof/claims/expression/node_builder.hpp"
#include "shatterproof/claims/expression/sample.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/core/random.hpp"

namespace soundness {

using namespace shatterproof;
using namespace shatterproof::expression;

namespace {

/// The node with all that follows from its operands filled in; mistakes in it are reported at the place of `origin`.
NodePointer made(Node node, const Node& origin) {
  node.offset = origin.offset;
  return NodeBuilder(origin.source).make(std::move(node));
}

NodePointer number(const Rational& value, const Node& origin) {
  return made({.kind = NodeKind::number, .offset = 0, .number = value}, origin);
}

NodePointer operation(NodeKind kind, const NodePointer& left, const NodePointer& right) {
  return made({.kind = kind, .offset = 0, .operands = {left, right}}, *left);
}

bool is_comparison(const Node& node) { return node.kind >= NodeKind::less && node.kind <= NodeKind::equal; }

/// What a change makes of a node: nothing when it does not apply there.
using Change = std::function<NodePointer(const NodePointer&)>;

/// All trees in which the change was made at one place.
std::vector<NodePointer> changed_once(const NodePointer& root, const Change& change) {
  std::vector<NodePointer> results;
  if (NodePointer here = change(root)) results.push_back(here);
  for (std::size_t i = 0; i < root->operands.size(); ++i)
    for (const NodePointer& operand : changed_once(root->operands[i], change)) {
      Node copy = *root;
      copy.operands[i] = operand;
      results.push_back(made(copy, *root));
    }
  return results;
}

NodePointer flipped(const NodePointer& node) {
  if (!is_comparison(*node) || node->kind == NodeKind::equal) return nullptr;
  const bool less = node->kind == NodeKind::less || node->kind == NodeKind::less_or_equal;
  return operation(less ? NodeKind::greater : NodeKind::less, node->operands[0], node->operands[1]);
}

Change shifted_exponent(const Rational& by) {
  return [by](const NodePointer& node) -> NodePointer {
    if (node->kind != NodeKind::power) return nullptr;
    return operation(NodeKind::power, node->operands[0],
                     operation(NodeKind::add, node->operands[1], number(by, *node)));
  };
}

/// The side that must be the smaller one is enlarged by the factor 1 + by.
Change tightened(const Rational& by) {
  return [by](const NodePointer& node) -> NodePointer {
    if (!is_comparison(*node)) return nullptr;
    const bool less = node->kind != NodeKind::greater && node->kind != NodeKind::greater_or_equal;
    const NodePointer left = node->operands[0], right = node->operands[1], factor = number(1 + by, *node);
    return less ? operation(node->kind, operation(NodeKind::multiply, left, factor), right)
                : operation(node->kind, left, operation(NodeKind::multiply, right, factor));
  };
}

Expression doubled_end(const Range& range) {
  Expression end = range.high;
  end.root = operation(NodeKind::multiply, end.root, number(2, *end.root));
  return end;
}

Rational exact(const Expression& bound) {
  const Value value = evaluate(bound);
  return value.exact() ? *value.exact() : throw PreconditionError("no exact bound");
}

Expression constant(const Rational& value) { return parse_expression("(" + to_text_exact(value) + ")"); }

void add_wider_ranges(const Statement& statement, std::vector<Mutant>& mutants) {
  for (std::size_t i = 0; i < statement.ranges.size(); ++i) {
    const Range& range = statement.ranges[i];
    if (!range.listed.empty()) continue;
    const auto with = [&](const char* change, const std::function<void(Range&)>& edit) {
      Mutant mutant{change + std::string(" of ") + range.variable, statement};
      edit(mutant.statement.ranges[i]);
      mutants.push_back(std::move(mutant));
    };
    with("high end doubled", [&](Range& r) { r.high = doubled_end(range), r.high_closed = true; });
    with("low end moved down", [&](Range& r) {
      r.low.root = operation(NodeKind::subtract, range.low.root,
                             number(range.integers ? Rational(1) : Rational(1, 2), *range.low.root));
    });
    if (!range.integers && !(range.low_closed && range.high_closed))
      with("ends closed", [](Range& r) { r.low_closed = r.high_closed = true; });
  }
}

}  // namespace

Statement with_few_instances(const Statement& statement) {
  Statement few = statement;
  for (Range& range : few.ranges) {
    if (!range.integers) continue;
    if (range.listed.size() > 3) range.listed = {range.listed.front(), range.listed[1], range.listed.back()};
    if (!range.listed.empty()) continue;
    try {
      const Rational low = exact(range.low), high = exact(range.high);
      if (high - low < 3) continue;
      for (const Rational& value : {low, Rational(low + 2), Rational(std::min(high, Rational(low + 20)))})
        range.listed.push_back(constant(value));
    } catch (const PreconditionError&) {  // the bound depends on a variable before it
    }
  }
  return few;
}

std::vector<Statement> instances_apart(const Statement& statement) {
  const Statement few = with_few_instances(statement);
  std::vector<Statement> apart;
  for (std::size_t i = 0; i < few.ranges.size() && apart.empty(); ++i)
    for (const Expression& value : few.ranges[i].listed) {
      apart.push_back(few);
      apart.back().ranges[i].listed = {value};
    }
  if (apart.empty()) apart.push_back(few);
  return apart;
}

std::vector<Mutant> mutants_of(const Statement& statement) {
  std::vector<Mutant> mutants;
  const auto add = [&](const std::string& name, const Change& change) {
    for (const NodePointer& root : changed_once(statement.claim.root, change)) {
      Mutant mutant{name, statement};
      mutant.statement.claim.root = root;
      mutants.push_back(std::move(mutant));
    }
  };
  add("relation flipped", flipped);
  add("exponent + 1/2", shifted_exponent(Rational(1, 2)));
  add("exponent - 1/2", shifted_exponent(Rational(-1, 2)));
  add("tightened by 1e-3", tightened(Rational(1, 1000)));
  add("tightened by 1e-6", tightened(Rational(1, 1000000)));
  add("tightened by 1e-9", tightened(Rational(1, 1000000000)));
  if (statement.given) {
    mutants.push_back({"hypothesis dropped", statement});
    mutants.back().statement.given.reset();
  }
  add_wider_ranges(statement, mutants);
  return mutants;
}

std::vector<Mutant> past_sharp(const prover::Task& task, const prover::Effort& effort) {
  std::vector<Mutant> mutants;
  if (!task.sharp) return mutants;
  const Statement few = with_few_instances(task.statement);
  const bool supremum = task.sharp->supremum;
  for (const prover::SharpValue& best : prover::enclose_sharp(few.ranges, few.given, *task.sharp, 10, effort)) {
    if (!best.reached || !best.lower || !best.upper) continue;
    Statement statement = few;
    for (Range& range : statement.ranges)
      if (const auto found = best.instance.find(range.variable); found != best.instance.end())
        range.listed = {constant(*found->second.exact())};
    // A bound from inside the enclosure's far end: the true value is certainly beyond it.
    const Rational value = supremum ? best.lower->lower_rational() : best.upper->upper_rational();
    for (const char* by : {"1e-3", "1e-6", "1e-9"}) {
      const Rational step = abs(value) * parse_rational(by);
      statement.claim.root =
          operation(supremum ? NodeKind::less_or_equal : NodeKind::greater_or_equal, task.sharp->expression.root,
                    number(value + (supremum ? Rational(-step) : step), *task.sharp->expression.root));
      mutants.push_back({"past the sharp value by " + std::string(by), statement});
    }
  }
  return mutants;
}

std::string counterexample(const Statement& statement, std::uint64_t seed, int points) {
  Random random(seed);
  for (const prover::Instance& instance : prover::instances_of(statement.ranges))
    for (int i = 0; i < points; ++i) {
      Bindings point = instance.constants;
      for (const prover::RealRange& real : instance.reals) {
        const long grains = 1L << 40;
        Rational share(static_cast<long>(random.below(grains - 1)) + 1, grains);
        share.canonicalize();
        if (random.below(2) == 0) share *= power(Rational(1, 2), static_cast<long>(random.below(80)));
        const bool from_high = real.high && (!real.low || random.below(2) == 0);
        const Rational length =
            real.low && real.high ? Rational((*real.high - *real.low) * share) : Rational(1 / share - 1);
        const Rational end = from_high ? *real.high : real.low ? *real.low : Rational(0);
        const Rational value = from_high ? Rational(end - length) : Rational(end + length);
        point.insert_or_assign(real.variable, value);
      }
      try {
        if (statement.given && decide_refining(*statement.given, point, 1024).truth != Truth::yes) continue;
        if (decide_refining(statement.claim, point, 1024).truth == Truth::no) return text_of(point);
      } catch (const PreconditionError& e) {
        return text_of(point) + ": " + e.what();
      }
    }
  return "";
}

}  // namespace soundness
