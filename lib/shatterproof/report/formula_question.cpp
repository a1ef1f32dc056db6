// A whole question as it was written: ranges, hypothesis, claim and the definitions that it uses.
#include <functional>
#include <map>
#include <set>

#include "shatterproof/claims/expression/parser.hpp"
#include "shatterproof/report/formula.hpp"

namespace shatterproof::report {
namespace {

using expression::Node;
using expression::NodeKind;
using expression::NodePointer;

std::string range_text(const expression::Range& range) {
  std::string text = latex_name(range.variable) + " \\in ";
  if (!range.listed.empty()) {
    text += "\\{";
    for (std::size_t i = 0; i < range.listed.size(); ++i) text += (i == 0 ? "" : ", ") + latex_of(range.listed[i].root);
    return text + "\\}";
  }
  const std::string low = latex_of(range.low.root), high = latex_of(range.high.root);
  if (range.integers) return text + "\\{" + low + ", \\dots, " + high + "\\}";
  return text + (range.low_closed ? "[" : "(") + low + ", " + high + (range.high_closed ? "]" : ")");
}

std::set<std::string> called_by(const NodePointer& root) {
  std::set<std::string> names;
  std::set<const Node*> seen;
  const std::function<void(const Node&)> visit = [&](const Node& node) {
    if (!seen.insert(&node).second) return;
    if (node.kind == NodeKind::call && node.function == nullptr) names.insert(node.name);
    for (const NodePointer& operand : node.operands) visit(*operand);
  };
  visit(*root);
  return names;
}

/// One of the note's definitions, its own body printed with the names of the others.
struct WrittenDefinition {
  std::string text;
  std::set<std::string> uses;
};

/// Every definition's body parsed with those before it unexpanded.
std::map<std::string, WrittenDefinition> written_definitions(const std::vector<std::string>& sources) {
  std::map<std::string, WrittenDefinition> written;
  expression::Definitions known;
  for (const std::string& source : sources) {
    expression::Definitions own = known.unexpanded();
    own.add(source);
    const expression::Definition& definition = own.all().back();
    std::string left = latex_name(definition.name);
    for (std::size_t i = 0; i < definition.parameters.size(); ++i)
      left += (i == 0 ? "(" : ", ") + latex_name(definition.parameters[i]);
    if (!definition.parameters.empty()) left += ")";
    written[definition.name] = {left + " = " + latex_of(definition.body), called_by(definition.body)};
    known.add(source);
  }
  return written;
}

std::string latex_as_written(const prover::Question& question) {
  expression::Definitions definitions;
  for (const std::string& text : question.define) definitions.add(text);
  const expression::Definitions names = definitions.unexpanded();
  const auto written = written_definitions(question.define);
  expression::Quantified statement;
  if (question.forall.empty()) {
    statement = expression::parse_quantified(question.claim, names);
  } else {
    statement.ranges = expression::parse_ranges(question.forall, names);
    std::vector<std::string> variables;
    for (const expression::Range& range : statement.ranges) variables.push_back(range.variable);
    statement.claim = expression::parse_claim(question.claim, variables, names);
    if (!question.given.empty()) statement.given = expression::parse_claim(question.given, variables, names);
  }
  std::string ranges;
  for (const expression::Range& range : statement.ranges) ranges += (ranges.empty() ? "" : ",\\ ") + range_text(range);
  if (statement.given) ranges += "\\ \\text{ with }\\ " + latex_of(statement.given->root);
  const std::string claim =
      latex_of(statement.claim.root) + (ranges.empty() ? "" : "\\qquad\\text{for all }\\ " + ranges);
  std::set<std::string> used = called_by(statement.claim.root);
  if (statement.given) used.merge(called_by(statement.given->root));
  std::string where;
  // From the last to the first, because a definition uses those before it.
  for (auto source = names.all().rbegin(); source != names.all().rend(); ++source)
    if (used.count(source->name) != 0) {
      const WrittenDefinition& definition = written.at(source->name);
      used.insert(definition.uses.begin(), definition.uses.end());
      where += " \\\\ & " + definition.text;
    }
  return where.empty() ? claim : "\\begin{aligned} & " + claim + where + " \\end{aligned}";
}

}  // namespace

std::string latex_of_question(const prover::Question& question) {
  try {
    return latex_as_written(question);
  } catch (const std::exception&) {
    // A definition that stands for a statement cannot be left unexpanded, and a part of the question would claim more
    // than the question does; a malformed one has no formula.
    return "";
  }
}

}  // namespace shatterproof::report
