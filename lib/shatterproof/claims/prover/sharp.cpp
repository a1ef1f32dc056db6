#include "shatterproof/claims/prover/sharp.hpp"

#include <algorithm>
#include <queue>

#include "shatterproof/claims/expression/evaluate.hpp"
#include "shatterproof/claims/prover/domain.hpp"
#include "shatterproof/claims/prover/location.hpp"
#include "shatterproof/claims/prover/maximise.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/core/parallel.hpp"

namespace shatterproof::prover {

using expression::Claim;
using expression::Expression;
using expression::Node;
using expression::NodeKind;
using expression::NodePointer;
using expression::Range;

namespace {

bool is_named(const SharpGoal& goal, const std::string& variable) {
  return std::find(goal.variables.begin(), goal.variables.end(), variable) != goal.variables.end();
}

/// The instances that one constant belongs to.
struct Group {
  Bindings instance;
  std::vector<Instance> members;
};

std::vector<Group> groups_of(const std::vector<Range>& ranges, const SharpGoal& goal) {
  std::vector<Group> groups;
  std::map<std::string, std::size_t> places;
  for (Instance& instance : instances_of(ranges)) {
    Bindings kept;
    std::string key;
    for (const auto& [name, value] : instance.constants) {
      if (is_named(goal, name)) continue;
      kept.emplace(name, value);
      key += name + "=" + to_text_exact(*value.exact()) + ";";
    }
    const auto [place, is_new] = places.emplace(key, groups.size());
    if (is_new) groups.push_back({kept, {}});
    groups[place->second].members.push_back(std::move(instance));
  }
  return groups;
}

Expression negated(const Expression& expression) {
  Expression result = expression;
  Node node = *expression.root;
  node.kind = NodeKind::negate;
  node.operands = {expression.root};
  ++node.depth;
  result.root = std::make_shared<const Node>(std::move(node));
  return result;
}

/// A function may take a ball across the end of its domain for the part inside, which would hide that it is undefined.
void require_defined(const std::vector<Range>& ranges, const std::optional<Claim>& given, const SharpGoal& goal,
                     const Effort& effort) {
  for (const NodePointer& root : domain_goals(goal.expression)) {
    Statement statement{ranges, given, {}, {}};
    static_cast<expression::Tree&>(statement.claim) = goal.expression;
    statement.claim.root = root;
    const Verdict verdict = prove(statement, effort).verdict;
    require(verdict == Verdict::proved || verdict == Verdict::vacuous,
            "sharp: the expression is not certainly defined in the whole range");
  }
}

SharpValue value_of(const Maximum& maximum, const Group& group, const SharpGoal& goal) {
  SharpValue value{.instance = group.instance,
                   .lower = maximum.lower,
                   .upper = maximum.upper,
                   .infinite = maximum.infinite,
                   .reached = maximum.reached,
                   .where = where_text(maximum, goal.variables)};
  if (goal.supremum) return value;
  std::swap(value.lower, value.upper);
  if (value.lower) value.lower = -*value.lower;
  if (value.upper) value.upper = -*value.upper;
  return value;
}

}  // namespace

void require_goal(const std::vector<Range>& ranges, const SharpGoal& goal) {
  for (const std::string& name : goal.variables)
    require(std::any_of(ranges.begin(), ranges.end(), [&](const Range& r) { return r.variable == name; }),
            "sharp: '" + name + "' has no range");
  for (const Range& range : ranges)
    require(range.integers || is_named(goal, range.variable),
            "sharp: the real variable '" + range.variable + "' must be among those that it runs over");
}

std::vector<SharpValue> enclose_sharp(const std::vector<Range>& ranges, const std::optional<Claim>& given,
                                      const SharpGoal& goal, int digits, const Effort& effort) {
  require_goal(ranges, goal);
  require(digits >= 1 && digits <= 1000, "sharp: from 1 to 1000 digits can be asked for");
  require_defined(ranges, given, goal, effort);
  const std::vector<Group> groups = groups_of(ranges, goal);
  const Expression expression = goal.supremum ? goal.expression : negated(goal.expression);
  std::vector<SharpValue> values(groups.size());
  parallel_for(groups.size(), [&](std::size_t i) {
    std::vector<Box> boxes;
    for (const Instance& instance : groups[i].members)
      for (Box& box : boxes_of(instance)) boxes.push_back(std::move(box));
    values[i] = value_of(maximise(expression, given, std::move(boxes), digits, effort), groups[i], goal);
  });
  return values;
}

}  // namespace shatterproof::prover
