// Procedure on a quantified statement in the expression language: prove.
#include "prove.hpp"

#include "registry.hpp"
#include "shatterproof/core/error.hpp"

namespace shatterproof {

prover::Question question_of(const Parameters& parameters) {
  prover::Question question;
  const auto optional_text = [&](const char* name) { return parameters.has(name) ? parameters.text(name) : ""; };
  question.forall = optional_text("forall");
  question.given = optional_text("given");
  question.claim = parameters.text("claim");
  if (parameters.has("define")) question.define = parameters.list("define");
  question.sharp = optional_text("sharp");
  question.constant = optional_text("constant");
  question.trivial_when = optional_text("trivial_when");
  if (parameters.has("effort")) question.effort.boxes = parameters.integer("effort");
  require(question.effort.boxes >= 1, "parameter 'effort': expected at least 1 box");
  return question;
}

namespace {

ProcedureResult run_prove(const Parameters& parameters) {
  const prover::Question question = question_of(parameters);
  const prover::Report report = prover::answer(question);
  ProcedureResult result{.verdict = report.proof.verdict,
                         .instances = report.proof.instances,
                         .slack = report.slack,
                         .detail = report.detail,
                         .range = question.forall + (question.given.empty() ? "" : ", given " + question.given),
                         .method = report.method};
  for (const prover::SharpText& text : report.sharp) {
    result.sharp.push_back({text.instance, text.lower, text.upper, text.where});
    result.table.push_back((text.instance.empty() ? "" : text.instance + ": ") + "[" + text.lower + ", " + text.upper +
                           "], " + text.where + (text.slack.empty() ? "" : ", slack " + text.slack));
  }
  return result;
}

}  // namespace

void add_prove(std::vector<Procedure>& list) {
  list.push_back({"prove",
                  "a quantified inequality, by subdivision in ball arithmetic",
                  {"forall", "given", "claim", "define", "sharp", "constant", "trivial_when", "effort"},
                  run_prove,
                  [](const Parameters& parameters) { (void)prover::parse_question(question_of(parameters)); }});
}

}  // namespace shatterproof
