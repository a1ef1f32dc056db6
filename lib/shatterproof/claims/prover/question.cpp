#include "shatterproof/claims/expression/expression_error.hpp"
#include "shatterproof/claims/expression/parser.hpp"
#include "shatterproof/claims/prover/report.hpp"
#include "shatterproof/core/error.hpp"

namespace shatterproof::prover {

using namespace expression;

namespace {

/// What is wrong with a text as a whole is told as a mistake at its start, so that its place in a note is known.
SharpGoal parse_sharp(const std::string& source, const std::vector<std::string>& names, const Definitions& definitions,
                      const std::vector<Range>& ranges) {
  SharpGoal goal = parse_optimum(source, names, definitions);
  try {
    require_goal(ranges, goal);
  } catch (const PreconditionError& e) {
    throw ExpressionError(source, 0, e.what());
  }
  return goal;
}

}  // namespace

Task parse_question(const Question& question) {
  Definitions definitions;
  for (const std::string& text : question.define) definitions.add(text);
  Task task;
  Statement& statement = task.statement;
  std::vector<std::string> names;
  const auto claim = [&](const std::string& text) { return parse_claim(text, names, definitions); };
  if (question.forall.empty()) {
    Quantified quantified = parse_quantified(question.claim, definitions);
    statement = {std::move(quantified.ranges), std::move(quantified.given), std::move(quantified.claim), {}};
  } else {
    statement.ranges = parse_ranges(question.forall, definitions);
  }
  for (const Range& range : statement.ranges) names.push_back(range.variable);
  if (!question.forall.empty()) statement.claim = claim(question.claim);
  if (!question.given.empty() && statement.given)
    throw ExpressionError(question.given, 0, "the hypothesis is given twice");
  if (!question.given.empty()) statement.given = claim(question.given);
  if (!question.trivial_when.empty()) statement.trivial_when = claim(question.trivial_when);
  if (!question.sharp.empty()) task.sharp = parse_sharp(question.sharp, names, definitions, statement.ranges);
  if (!question.constant.empty()) {
    if (!task.sharp)
      throw ExpressionError(question.constant, 0,
                            "a constant needs the key 'sharp' that says what it is compared with");
    task.constant = parse_expression(question.constant, names, definitions);
  }
  return task;
}

}  // namespace shatterproof::prover
