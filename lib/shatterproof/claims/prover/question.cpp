#include "shatterproof/claims/expression/parser.hpp"
#include "shatterproof/claims/prover/report.hpp"
#include "shatterproof/core/error.hpp"

namespace shatterproof::prover {

using namespace expression;

namespace {

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\n");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

std::vector<std::string> names_in(const std::string& list) {
  std::vector<std::string> names;
  for (std::size_t from = 0; from <= list.size();) {
    const std::size_t comma = std::min(list.find(',', from), list.size());
    names.push_back(trimmed(list.substr(from, comma - from)));
    require(!names.back().empty(),
            "sharp: expected the names of variables between 'over' and 'of', found '" + list + "'");
    from = comma + 1;
  }
  return names;
}

/// "sup over d, h of EXPR".
SharpGoal parse_sharp(const std::string& source, const Definitions& definitions,
                      const std::vector<std::string>& names) {
  const std::string text = trimmed(source);
  const bool supremum = text.rfind("sup over ", 0) == 0;
  const std::size_t of = text.find(" of ");
  require((supremum || text.rfind("inf over ", 0) == 0) && of != std::string::npos,
          "sharp: expected 'sup over VARIABLES of EXPRESSION' or 'inf over ...', found '" + source + "'");
  constexpr std::size_t kHead = 9, kOf = 4;
  return {supremum, names_in(text.substr(kHead, of - kHead)),
          parse_expression(text.substr(of + kOf), names, definitions)};
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
  require(question.given.empty() || !statement.given, "the hypothesis is given twice");
  if (!question.given.empty()) statement.given = claim(question.given);
  if (!question.trivial_when.empty()) statement.trivial_when = claim(question.trivial_when);
  if (!question.sharp.empty()) task.sharp = parse_sharp(question.sharp, definitions, names);
  if (!question.constant.empty()) {
    require(task.sharp.has_value(), "a constant needs the key 'sharp' that says what it is compared with");
    task.constant = parse_expression(question.constant, names, definitions);
  }
  return task;
}

}  // namespace shatterproof::prover
