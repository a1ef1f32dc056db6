#include <fmt/format.h>

#include <chrono>

#include "command.hpp"
#include "progress_bar.hpp"
#include "shatterproof/claims/expression/expression_error.hpp"
#include "shatterproof/claims/prover/report.hpp"
#include "shatterproof/core/parallel.hpp"
#include "terminal.hpp"

namespace shatterproof::tools {
namespace {

using namespace prover;

struct ProveOptions {
  std::string statement;
  Question question;
  unsigned threads = 0;  ///< 0: one for each core
  bool json = false;
};

int exit_code_of(Verdict verdict) {
  if (verdict == Verdict::refuted) return kRefuted;
  return verdict == Verdict::undecided ? kUndecided : kAsExpected;
}

Json witness_json(const Witness& witness) {
  Json point = Json::object();
  for (const auto& [name, value] : witness.point)
    if (value.exact()) point[name] = to_text_exact(*value.exact());
  constexpr int kDigits = 20;
  return Json{{"point", point},
              {"left", ball_json(witness.left.ball(), kDigits)},
              {"right", ball_json(witness.right.ball(), kDigits)}};
}

Json sharp_json(const std::vector<SharpText>& constants) {
  Json list = Json::array();
  for (const SharpText& c : constants) {
    list.push_back(Json{{"instance", c.instance}, {"lower", c.lower}, {"upper", c.upper}, {"where", c.where}});
    if (!c.slack.empty()) list.back()["slack"] = c.slack;
  }
  return list;
}

void print_report_json(const ProveOptions& options, const Report& report, double seconds) {
  const Proof& proof = report.proof;
  Json document{{"statement", options.statement},
                {"verdict", std::string(to_text(proof.verdict))},
                {"instances", proof.instances},
                {"boxes", proof.boxes},
                {"bits", proof.bits},
                {"detail", report.detail}};
  if (proof.witness) document["witness"] = witness_json(*proof.witness);
  if (proof.remaining > 0) {
    document["remaining"] = proof.remaining;
    document["first_remaining"] = proof.first_remaining;
  }
  if (!report.sharp.empty()) document["sharp"] = sharp_json(report.sharp);
  if (!report.slack.empty()) document["slack"] = report.slack;
  document["seconds"] = seconds;
  print_json(document);
}

void print_report(const Report& report, double seconds) {
  const Proof& proof = report.proof;
  const std::string verdict(to_text(proof.verdict));
  print_text(coloured(verdict, proof.verdict) + ": " + report.detail + (report.detail.empty() ? "" : "; ") +
             fmt::format("{} instance{}, {}, {:.2f} s", proof.instances, proof.instances == 1 ? "" : "s", report.method,
                         seconds));
  for (const SharpText& c : report.sharp)
    print_text(fmt::format("sharp{}: [{}, {}], {}{}", c.instance.empty() ? "" : " at " + c.instance, c.lower, c.upper,
                           c.where, c.slack.empty() ? "" : ", slack " + c.slack));
  if (!report.slack.empty()) print_text("slack: " + report.slack);
}

/// A mistake in an expression is malformed input, not usage.
void require_readable(const Question& question) {
  try {
    (void)parse_question(question);
  } catch (const expression::ExpressionError& e) {
    throw FormatError(e.what());
  }
}

Report answer_with_progress(Question question) {
  Counts counts;
  question.effort.counts = &counts;
  // What is left may be split further: the remaining time is a guess, and can grow.
  const ProgressBar bar("boxes", [&counts] {
    const long done = counts.done, instances = counts.instances;
    return ProgressBar::State{static_cast<double>(done), static_cast<double>(done + counts.waiting),
                              fmt::format("{} instance{}", instances, instances == 1 ? "" : "s")};
  });
  return answer(question);
}

void run(const ProveOptions& options, int& exit_code) {
  require(options.question.effort.boxes >= 1, "--effort: expected at least 1 box");
  use_threads(options.threads);
  require_readable(options.question);
  const auto start = std::chrono::steady_clock::now();
  const Report report = answer_with_progress(options.question);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (options.json)
    print_report_json(options, report, seconds);
  else
    print_report(report, seconds);
  exit_code = exit_code_of(report.proof.verdict);
}

}  // namespace

void add_prove(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ProveOptions>();
  Question& question = options->question;
  CLI::App* command = app.add_subcommand("prove", "Prove or refute an inequality for all values of its variables.");
  command
      ->add_option("statement", options->statement,
                   "for example 'forall d in 1..50, h in (0, 1]: ball_weight(d, h) <= kappa(d) * h^(d+2)'")
      ->type_name("STATEMENT")
      ->required();
  command->add_option("--given", question.given, "a hypothesis on the variables, such as 'd*h < 2'")
      ->type_name("CONDITION");
  command->add_option("--define", question.define, "a definition 'f(x) = ...'; may be repeated")
      ->type_name("DEFINITION")
      ->take_all();
  command->add_option("--sharp", question.sharp, "enclose the best constant: 'sup over h of ...' or 'inf over ...'")
      ->type_name("EXPRESSION");
  command->add_option("--constant", question.constant, "compare this constant with the sharp one")
      ->type_name("EXPRESSION");
  command->add_option("--trivial-when", question.trivial_when, "where the claim says nothing: the verdict is vacuous")
      ->type_name("CONDITION");
  command->add_option("--effort", question.effort.boxes, "most boxes of one instance")->capture_default_str();
  command->add_option("--digits", question.digits, "digits of the sharp constants")->capture_default_str();
  command->add_option("--threads", options->threads, "0: one for each core; the result is always the same");
  command->add_flag("--json", options->json, "write JSON, numbers as decimal strings rounded outward");
  command->callback([options, &exit_code] {
    options->question.claim = options->statement;
    run(*options, exit_code);
  });
}

}  // namespace shatterproof::tools
