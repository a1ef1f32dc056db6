#include "shatterproof/claims/expression/evaluate.hpp"

#include <algorithm>

#include "shatterproof/claims/expression/evaluator.hpp"
#include "shatterproof/core/error.hpp"

namespace shatterproof::expression {
namespace {

struct Decider {
  Evaluator& values;

  Decision decision(const Node& node) const {
    if (node.kind == NodeKind::conjunction || node.kind == NodeKind::disjunction) {
      const Truth settling = node.kind == NodeKind::conjunction ? Truth::no : Truth::yes;
      const Decision first = decision(*node.operands[0]);
      if (first.truth == settling) return first;
      const Decision second = decision(*node.operands[1]);
      if (second.truth == settling || first.truth != Truth::unknown) return second;
      return first;
    }
    Decision result;
    result.left = values.value(*node.operands[0]);
    result.right = values.value(*node.operands[1]);
    result.truth = compare(node.kind, result.left, result.right);
    return result;
  }

  static Truth compare(NodeKind kind, const Value& a, const Value& b) {
    if (kind == NodeKind::greater) return compare(NodeKind::less, b, a);
    if (kind == NodeKind::greater_or_equal) return compare(NodeKind::less_or_equal, b, a);
    if (a.exact() && b.exact()) {
      const int sign = cmp(*a.exact(), *b.exact());
      const bool holds = kind == NodeKind::less ? sign < 0 : kind == NodeKind::equal ? sign == 0 : sign <= 0;
      return holds ? Truth::yes : Truth::no;
    }
    if (certainly_equal(a, b)) return kind == NodeKind::less ? Truth::no : Truth::yes;
    const Ball x = a.ball(), y = b.ball();
    const bool below = certainly_less(x, y), above = certainly_less(y, x);
    switch (kind) {
      case NodeKind::less:
        return below ? Truth::yes : certainly_less_or_equal(y, x) ? Truth::no : Truth::unknown;
      case NodeKind::less_or_equal:
        return certainly_less_or_equal(x, y) ? Truth::yes : above ? Truth::no : Truth::unknown;
      default:
        return below || above ? Truth::no : Truth::unknown;  // enclosures alone never prove equality
    }
  }
};

/// Whether every value in the enclosure rounds to the same decimal of so many digits (or only a tie can keep it from
/// it).
bool settled(const Ball& ball, int digits) {
  if (!ball.is_finite() || ball.accuracy_bits() < bits_for_digits(digits) || !is_printable(ball)) return false;
  constexpr long kTie = 100;  // an enclosure as narrow as this that still straddles a rounding boundary lies on it
  if (ball.accuracy_bits() >= bits_for_digits(digits) + kTie) return true;
  return to_text(ball.lower(), digits).mid == to_text(ball.upper(), digits).mid;
}

}  // namespace

bool is_printable(const Ball& ball) {
  constexpr slong kMostBinaryExponent =
      1000000000000000;  // decimal text goes through MPFR, whose exponents are bounded
  if (!ball.is_finite()) return false;
  const auto moderate = [](const Ball& end) {
    const arf_srcptr x = arb_midref(end.get());
    return arf_is_zero(x) != 0 ||
           (arf_cmpabs_2exp_si(x, kMostBinaryExponent) < 0 && arf_cmpabs_2exp_si(x, -kMostBinaryExponent) > 0);
  };
  return moderate(ball.mid()) && moderate(ball.lower()) && moderate(ball.upper());
}

Value evaluate(const Expression& expression, const Bindings& bindings) {
  return Evaluator(bindings).value(*expression.root);
}

Decision decide(const Claim& claim, const Bindings& bindings) {
  Evaluator values(bindings);
  return Decider{values}.decision(*claim.root);
}

Decision decide_refining(const Claim& claim, const Bindings& bindings, Bits cap) {
  for (Bits bits = std::min<Bits>(64, cap);; bits *= 2) {
    const PrecisionScope scope(bits);
    Decision decision = decide(claim, bindings);
    if (decision.truth != Truth::unknown || 2 * bits > cap) return decision;
  }
}

Digits evaluate_to_digits(const Expression& expression, int digits, const Bindings& bindings) {
  require(digits >= 2, "at least 2 digits must be asked for");
  const Bits needed = bits_for_digits(digits), cap = 8 * needed + 32768;
  Digits result;
  for (Bits bits = needed + 32; bits <= cap; bits *= 2) {
    const PrecisionScope scope(bits);
    result = {evaluate(expression, bindings), false, bits};
    result.reached = result.value.exact() || settled(result.value.ball(), digits);
    if (result.reached) break;
  }
  return result;
}

}  // namespace shatterproof::expression
