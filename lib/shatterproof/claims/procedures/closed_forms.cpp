// Procedures on closed forms: sampled_claim (any claim of the expression language), e4_constants (Prop. E.4).
#include <fmt/format.h>

#include <optional>

#include "registry.hpp"
#include "shatterproof/claims/expression/evaluate.hpp"
#include "shatterproof/claims/expression/sample.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"

namespace shatterproof {
namespace {

constexpr Bits kPrecisionCap = 4096;

std::string short_decimal(const Ball& x) { return x.is_finite() ? to_text(x, 5).mid : "?"; }

std::vector<std::string> names_of(const std::vector<expression::Range>& ranges) {
  std::vector<std::string> names;
  for (const auto& range : ranges) names.push_back(range.variable);
  return names;
}

/// The largest left/right over the sample, for two expressions of which the right one is positive.
class LargestRatio {
 public:
  LargestRatio(const Parameters& parameters, const std::vector<std::string>& names) {
    if (!parameters.has("ratio_of")) return;
    const auto texts = parameters.list("ratio_of");
    require(texts.size() == 2, "parameter 'ratio_of': expected two expressions, left and right");
    left_ = expression::parse_expression(texts[0], names);
    right_ = expression::parse_expression(texts[1], names);
  }

  void see(const expression::Bindings& point) {
    if (!left_.root) return;
    const PrecisionScope scope(128);
    const Ball left = evaluate(left_, point).ball(), right = evaluate(right_, point).ball();
    if (!certainly_positive(right)) return;
    const Ball ratio = left / right;
    if (largest_ && !certainly_less(*largest_, ratio)) return;
    largest_ = ratio;
    where_ = text_of(point);
  }

  [[nodiscard]] std::string slack() const {
    if (!largest_ || !certainly_positive(*largest_)) return "";
    return short_decimal(Ball(1) / *largest_) + "x at " + where_;
  }

 private:
  expression::Expression left_, right_;
  std::optional<Ball> largest_;
  std::string where_;
};

std::string sides(const expression::Decision& decision) {
  const auto side = [](const expression::Value& value) {
    const BallText text = to_text(value.ball(), 8);
    return value.exact() && text.rad == "0" ? text.mid : "[" + text.lower + ", " + text.upper + "]";
  };
  return "left " + side(decision.left) + ", right " + side(decision.right);
}

ProcedureResult run_sampled_claim(const Parameters& parameters) {
  const auto ranges = expression::parse_ranges(parameters.text("forall"));
  const auto names = names_of(ranges);
  const auto claim = expression::parse_claim(parameters.text("claim"), names);
  expression::SampleSize size;
  if (parameters.has("points")) size.reals = parameters.integer("points");
  LargestRatio largest(parameters, names);
  ProcedureResult result{.verdict = Verdict::supported};
  long open = 0;
  std::string first_open;
  for (const expression::Bindings& point : sample_points(ranges, size)) {
    const auto decision = decide_refining(claim, point, kPrecisionCap);
    ++result.instances;
    if (decision.truth == expression::Truth::no) {
      result.verdict = Verdict::refuted;
      result.detail = "fails at " + text_of(point) + ": " + sides(decision);
      return result;
    }
    if (decision.truth == expression::Truth::unknown && open++ == 0) first_open = text_of(point);
    largest.see(point);
  }
  result.slack = largest.slack();
  result.detail = fmt::format("holds at {} sample points; a sample, not a proof", result.instances);
  if (open > 0) {
    result.verdict = Verdict::undecided;
    result.detail = fmt::format("{} of {} sample points not decided with {} bits, the first at {}", open,
                                result.instances, kPrecisionCap, first_open);
  }
  return result;
}

// --- Proposition E.4: c_L h^(d+2) <= g+ <= c_U h^(d+2) for 0 < h <= 1/4, with c_L = A_L B_L C_L and c_U = A_U B_U C_U.

struct WeightConstants {
  Ball slope;       ///< 1 - c5, of which B_L is the positive part
  Ball lower;       ///< c_L
  Ball upper;       ///< c_U
  Ball best_lower;  ///< rho(1/4), the infimum of g+/h^(d+2)
  Ball best_upper;  ///< kappa_d, the supremum
};

WeightConstants weight_constants(long d) {
  namespace ub = uniform_ball;
  WeightConstants c;
  const Ball zero = 0, c5 = ub::c5(d);
  c.slope = Ball(1) - c5;
  const Ball b_lower = max(zero, c.slope), b_upper = Ball(1) - ub::c4(d);
  // Whether 1 - c5/4 is clamped at 0 cannot be seen in the text; it matters only where B_L is 0 anyway.
  const Ball c_lower = sqrt(Ball(1) + square(max(zero, Ball(1) - c5 / Ball(4))));
  c.lower = square(ub::c2(d)) * b_lower * c_lower;
  c.upper = square(ub::c3(d)) * b_upper * sqrt(Ball(2));
  c.best_lower = ub::weight_ratio(d, Ball(1) / Ball(4));
  c.best_upper = ub::weight_limit(d);
  return c;
}

/// In one dimension: vacuous where the constant is certainly the trivial one, else compared with the best possible.
Verdict judge_lower(const WeightConstants& c) {
  if (certainly_less_or_equal(c.slope, Ball(0))) return Verdict::vacuous;
  if (certainly_less(c.best_lower, c.lower)) return Verdict::refuted;
  return certainly_positive(c.lower) && certainly_less_or_equal(c.lower, c.best_lower) ? Verdict::supported
                                                                                       : Verdict::undecided;
}

Verdict judge_upper(const WeightConstants& c) {
  if (certainly_less(c.upper, c.best_upper)) return Verdict::refuted;
  return certainly_less_or_equal(c.best_upper, c.upper) ? Verdict::supported : Verdict::undecided;
}

ProcedureResult run_e4_constants(const Parameters& parameters) {
  const PrecisionScope scope(256);
  const std::string side = parameters.text("side");
  require(side == "lower" || side == "upper", "parameter 'side' = '" + side + "': expected lower or upper");
  const bool lower = side == "lower";
  ProcedureResult result{.verdict = Verdict::supported};
  result.table.push_back("d  1-c5  c_L (paper)  c_L (best)  c_U (best)  c_U (paper)");
  long first_vacuous = 0, refuted_at = 0;  // 0: at no d
  std::string first_slack, last_slack;
  for (const long d : parameters.integers("dims")) {
    const WeightConstants c = weight_constants(d);
    const Verdict verdict = lower ? judge_lower(c) : judge_upper(c);
    result.verdict = both(result.verdict, verdict);
    ++result.instances;
    if (verdict == Verdict::vacuous && first_vacuous == 0) first_vacuous = d;
    if (verdict != Verdict::vacuous) first_vacuous = 0;  // "from d on" means every later one
    if (verdict == Verdict::refuted && refuted_at == 0) refuted_at = d;
    if (verdict == Verdict::supported) {
      last_slack =
          short_decimal(lower ? c.best_lower / c.lower : c.upper / c.best_upper) + "x at d = " + std::to_string(d);
      if (first_slack.empty()) first_slack = last_slack;
    }
    result.table.push_back(fmt::format("{}  {}  {}  {}  {}  {}", d, short_decimal(c.slope), short_decimal(c.lower),
                                       short_decimal(c.best_lower), short_decimal(c.best_upper),
                                       short_decimal(c.upper)));
  }
  result.slack = first_slack == last_slack ? first_slack : first_slack + ", " + last_slack;
  result.detail = "compared with the best constants rho(1/4) and kappa_d; Shape (c) is taken from the proof";
  if (first_vacuous != 0)
    result.detail = fmt::format("c_L = 0 from d = {} on (1 - c5({}) = {}); best possible is rho(1/4) > 0",
                                first_vacuous, first_vacuous, short_decimal(weight_constants(first_vacuous).slope));
  if (refuted_at != 0)
    result.detail = fmt::format("the constant is worse than the best possible one at d = {}", refuted_at);
  return result;
}

}  // namespace

void add_closed_forms(std::vector<Procedure>& list) {
  list.push_back({"sampled_claim",
                  "a claim of the expression language in ball arithmetic at sample points of its ranges",
                  {"forall", "claim", "points", "ratio_of"},
                  run_sampled_claim});
  list.push_back({"e4_constants",
                  "the constants of Prop. E.4 for every dimension listed, against the best possible ones",
                  {"dims", "side"},
                  run_e4_constants});
}

}  // namespace shatterproof
