#include "shatterproof/certificate/inequality_certificate.hpp"

#include <optional>

#include "shatterproof/certificate/certificate_text.hpp"
#include "shatterproof/claims/procedures/prove.hpp"
#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

using expression::Bindings;
using expression::Node;
using expression::NodeKind;
using expression::NodePointer;
using expression::Truth;

constexpr std::size_t kMostComparisons = 2000;
constexpr long kMostTerms = 500;  // of a sum or product that is written out

/// Something in the expression is beyond rational arithmetic.
struct NotExact {};

Rational exact_value(const expression::Tree& tree, const NodePointer& node, const Bindings& point) {
  const expression::Value value = expression::evaluate(expression::Expression{{tree.source, node}}, point);
  if (!value.exact()) throw NotExact{};
  return *value.exact();
}

/// One statement at one point, as comparisons in the checker's language.
class Writer {
 public:
  Writer(const expression::Tree& tree, std::string label, std::vector<ExactComparison>& comparisons)
      : tree_(tree), label_(std::move(label)), comparisons_(comparisons) {}

  /// Adds what shows that the statement is true, or false, at the point. Throws NotExact.
  void settle(const NodePointer& node, const Bindings& point, bool truth) {
    const bool all = (node->kind == NodeKind::conjunction) == truth;
    if (node->kind == NodeKind::conjunction || node->kind == NodeKind::disjunction) {
      for (const NodePointer& operand : node->operands) {
        if (!all && !is_settled(operand, point, truth)) continue;
        settle(operand, point, truth);
        if (!all) return;
      }
      if (!all) throw NotExact{};
      return;
    }
    if (!is_settled(node, point, truth)) throw NotExact{};
    compare(*node, point, truth);
  }

 private:
  [[nodiscard]] bool is_settled(const NodePointer& node, const Bindings& point, bool truth) const {
    const expression::Claim part{{tree_.source, node}};
    return expression::decide(part, point).truth == (truth ? Truth::yes : Truth::no);
  }

  void compare(const Node& node, const Bindings& point, bool truth) {
    ExactComparison c{label_, text(node.operands.at(0), point), "<", text(node.operands.at(1), point)};
    const bool strict = node.kind == NodeKind::less || node.kind == NodeKind::greater;
    const bool upward = node.kind == NodeKind::less || node.kind == NodeKind::less_or_equal;
    if (node.kind == NodeKind::equal) {
      c.relation = truth ? "=" : "!=";
    } else {
      c.relation = strict == truth ? "<" : "<=";
      if (upward != truth) std::swap(c.left, c.right);
    }
    comparisons_.push_back(std::move(c));
    if (comparisons_.size() > kMostComparisons) throw NotExact{};
  }

  static std::string number(const Rational& x) {
    const std::string text = to_text_exact(x);
    return sgn(x) >= 0 && x.get_den() == 1 ? text : "(" + text + ")";
  }

  [[nodiscard]] std::string text(const NodePointer& node, const Bindings& point) const {
    const auto operand = [&](std::size_t i) { return text(node->operands.at(i), point); };
    switch (node->kind) {
      case NodeKind::number:
        return number(node->number);
      case NodeKind::variable:
        return number(exact_value(tree_, node, point));
      case NodeKind::negate:
        return "(-" + operand(0) + ")";
      case NodeKind::add:
        return "(" + operand(0) + "+" + operand(1) + ")";
      case NodeKind::subtract:
        return "(" + operand(0) + "-" + operand(1) + ")";
      case NodeKind::multiply:
        return "(" + operand(0) + "*" + operand(1) + ")";
      case NodeKind::divide:
        return "(" + operand(0) + "/" + operand(1) + ")";
      case NodeKind::power:
        if (exact_value(tree_, node->operands.at(1), point).get_den() != 1) throw NotExact{};
        return "((" + operand(0) + ")^(" + operand(1) + "))";
      case NodeKind::sum:
      case NodeKind::product:
        return series(*node, point);
      default:
        throw NotExact{};
    }
  }

  /// A sum or product, term by term.
  [[nodiscard]] std::string series(const Node& node, const Bindings& point) const {
    const Rational first = exact_value(tree_, node.operands.at(0), point);
    const Rational last = exact_value(tree_, node.operands.at(1), point);
    if (first.get_den() != 1 || last.get_den() != 1 || last - first >= kMostTerms) throw NotExact{};
    const bool adds = node.kind == NodeKind::sum;
    std::string joined;
    Bindings inside = point;
    for (Rational k = first; k <= last; k += 1) {
      inside.insert_or_assign(node.name, expression::Value(k));
      joined += (joined.empty() ? "" : adds ? "+" : "*") + text(node.operands.at(2), inside);
    }
    return joined.empty() ? (adds ? "0" : "1") : "(" + joined + ")";
  }

  const expression::Tree& tree_;
  std::string label_;
  std::vector<ExactComparison>& comparisons_;
};

void settle_refuted(const prover::Statement& statement, const std::string& label,
                    std::vector<ExactComparison>& comparisons) {
  const prover::Proof proof = prover::prove(statement);
  if (!proof.witness) throw NotExact{};
  if (statement.given)
    Writer(*statement.given, label, comparisons).settle(statement.given->root, proof.witness->point, true);
  Writer(statement.claim, label, comparisons).settle(statement.claim.root, proof.witness->point, false);
}

void settle_proved(const prover::Statement& statement, const std::string& label,
                   std::vector<ExactComparison>& comparisons) {
  if (statement.given) throw NotExact{};
  for (const prover::Instance& instance : prover::instances_of(statement.ranges)) {
    if (!instance.reals.empty()) throw NotExact{};
    Writer(statement.claim, label, comparisons).settle(statement.claim.root, instance.constants, true);
  }
}

}  // namespace

std::vector<ExactComparison> exact_comparisons(const Outcome& outcome) {
  const Verdict verdict = outcome.result.verdict;
  const bool settled = verdict == Verdict::proved || verdict == Verdict::refuted;
  if (outcome.claim.procedure != "prove" || !settled || !outcome.error.empty()) return {};
  std::vector<ExactComparison> comparisons;
  try {
    const prover::Statement statement = prover::parse_question(question_of(outcome.claim.parameters)).statement;
    const auto settle = verdict == Verdict::refuted ? settle_refuted : settle_proved;
    settle(statement, outcome.claim.id, comparisons);
  } catch (const NotExact&) {
    return {};
  }
  return comparisons;
}

std::string inequality_certificate(const std::vector<ExactComparison>& comparisons) {
  require(!comparisons.empty(), "inequality_certificate: nothing to write");
  CertificateText text("inequalities");
  text.line("statements", static_cast<long>(comparisons.size()));
  for (const ExactComparison& c : comparisons) {
    text.line("statement", c.label);
    text.line("variables", 0L);
    text.line("holds", c.left, c.relation, c.right);
  }
  return text.finished();
}

}  // namespace shatterproof
