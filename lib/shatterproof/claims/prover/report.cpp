#include "shatterproof/claims/prover/report.hpp"

#include "shatterproof/claims/expression/evaluate.hpp"
#include "shatterproof/claims/expression/sample.hpp"
#include "shatterproof/core/error.hpp"

namespace shatterproof::prover {

using expression::Expression;

namespace {

constexpr int kSlackDigits = 4;

std::string end_text(const std::optional<Ball>& end, bool upper, bool infinite, int digits) {
  if (!end || !expression::is_printable(*end)) return upper || infinite ? (upper ? "inf" : "-inf") : "-inf";
  const BallText text = to_text(*end, digits);
  return upper ? text.upper : text.lower;
}

SharpText text_of_value(const SharpValue& value, bool supremum, int digits) {
  SharpText text{.instance = expression::text_of(value.instance),
                 .lower = end_text(value.lower, false, false, digits + 1),
                 .upper = end_text(value.upper, true, false, digits + 1),
                 .where = value.where,
                 .slack = ""};
  if (value.infinite) text.lower = text.upper = supremum ? "inf" : "-inf";
  if (!value.infinite && !value.reached)
    text.where =
        "not enclosed to " + std::to_string(digits) + " digits" + (text.where.empty() ? "" : "; " + text.where);
  return text;
}

/// Compares the paper's constant with the best ones: for a supremum it must be at least that, for an infimum at most.
class Comparison {
 public:
  Comparison(const Expression& constant, bool supremum, Report& report)
      : constant_(constant), supremum_(supremum), report_(report) {}

  void add(const SharpValue& value, SharpText& text) {
    if (value.infinite || !value.lower || !value.upper) return note_infinite(value, text);
    const Ball sharp = Ball::interval(*value.lower, *value.upper);
    const Ball paper = evaluate(constant_, value.instance).ball();
    const bool wrong = supremum_ ? certainly_less(paper, sharp) : certainly_less(sharp, paper);
    if (wrong && report_.wrong.empty())
      report_.wrong = "the constant " + to_text(paper, kSlackDigits).mid + " is on the wrong side of the best one, " +
                      to_text(sharp, kSlackDigits).mid + place(text);
    if (!certainly_positive(paper) || !certainly_positive(sharp)) return;
    const Ball ratio = supremum_ ? paper / sharp : sharp / paper;
    text.slack = to_text(ratio, kSlackDigits).mid + "x";
    const double size = ratio.mid_double();
    if (first_.empty()) first_ = text.slack + place(text);
    if (worst_.empty() || size > worst_size_) worst_ = text.slack + place(text), worst_size_ = size;
  }

  void finish() { report_.slack = first_ == worst_ ? first_ : first_ + ", " + worst_; }

 private:
  void note_infinite(const SharpValue& value, const SharpText& text) {
    if (value.infinite && report_.wrong.empty())
      report_.wrong = "no constant will do: the best one is infinite" + place(text);
  }
  static std::string place(const SharpText& text) { return text.instance.empty() ? "" : " at " + text.instance; }

  const Expression& constant_;
  bool supremum_;
  Report& report_;
  std::string first_, worst_;
  double worst_size_ = 0;
};

void add_sharp(const Task& task, const Question& question, Report& report) {
  const auto& statement = task.statement;
  const auto values = enclose_sharp(statement.ranges, statement.given, *task.sharp, question.digits, question.effort);
  const PrecisionScope scope(bits_for_digits(question.digits) + 64);
  std::optional<Comparison> comparison;
  if (task.constant) comparison.emplace(*task.constant, task.sharp->supremum, report);
  for (const SharpValue& value : values) {
    SharpText text = text_of_value(value, task.sharp->supremum, question.digits);
    if (comparison) comparison->add(value, text);
    report.sharp.push_back(std::move(text));
  }
  if (comparison) comparison->finish();
}

std::string detail_of(const Report& report) {
  const Proof& proof = report.proof;
  std::string text;
  if (proof.witness) text = proof.witness->text();
  if (!proof.vacuous.empty()) text = proof.vacuous;
  if (proof.verdict == Verdict::undecided) {
    text = std::to_string(proof.remaining) + " boxes are left:";
    for (const std::string& box : proof.first_remaining) text += " (" + box + ")";
    text += "; it would take " + proof.needed;
  }
  if (!report.wrong.empty()) text += (text.empty() ? "" : "; ") + report.wrong;
  return text;
}

std::string method_of(const Proof& proof) {
  if (proof.witness && proof.boxes == 0) return "exact sample points";
  const std::string algebra = proof.by_algebra == 0 ? "" : "exact polynomials";
  if (proof.boxes == 0) return algebra;
  return algebra + (algebra.empty() ? "" : ", ") + "ball arithmetic, " + std::to_string(proof.boxes) +
         (proof.boxes == 1 ? " box, " : " boxes, ") + std::to_string(proof.bits) + " bits";
}

}  // namespace

Report answer(const Question& question) {
  const Task task = parse_question(question);
  Report report;
  report.proof = prove(task.statement, question.effort);
  if (task.sharp) add_sharp(task, question, report);
  report.detail = detail_of(report);
  report.method = method_of(report.proof);
  return report;
}

}  // namespace shatterproof::prover
