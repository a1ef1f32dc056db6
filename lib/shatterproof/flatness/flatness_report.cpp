#include "shatterproof/flatness/flatness_report.hpp"

#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

constexpr Bits kMostBits = 16384;

bool has_digits(const Ball& x, int digits) { return x.is_exact() || x.accuracy_bits() >= bits_for_digits(digits); }

/// The sums of the chain carry the digits asked for; lambda_max and what depends on it were given theirs already.
bool is_fine_enough(const ChainQuantities& q, int digits) {
  return has_digits(q.seminorm, digits) && has_digits(q.unmerged_sum, digits) && has_digits(q.path_sum, digits) &&
         has_digits(q.mean_gradient_norm2, digits) && has_digits(q.max_residual_block, digits) &&
         has_digits(q.loss, digits);
}

}  // namespace

StableStep certify_stable_step(const Ball& lambda_max, int digits) {
  if (!certainly_positive(lambda_max)) throw UndecidedError("no stable step: lambda_max is not enclosed");
  PrecisionScope scope(bits_for_digits(digits) + 64);
  StableStep step;
  step.text = to_text(Ball(2) / lambda_max.upper(), digits).lower;
  step.value = parse_rational(step.text);
  if (step.value * lambda_max.upper_rational() > 2)
    throw UndecidedError("the step " + step.text + " could not be certified as stable");
  return step;
}

std::vector<ChainLink> corollary_links(const Chain& chain, const Rational& eta) {
  require(eta > 0, "the step size must be positive");
  const ChainQuantities& q = chain.quantities;
  const Ball flat = Ball(Rational(1 / eta - Rational(1, 2)));
  const Ball residual = q.right_side_paper() - q.flatness();
  std::vector<ChainLink> links;
  // 1/eta - 1/2 - flatness = (1/eta - sup/2) + (sup - lambda_max)/2, the first term exact.
  links.push_back(judge_link("flatness <= 1/eta - 1/2", q.flatness(), flat, flat - q.flatness(), [&] {
    const Rational top = q.lambda_max.upper_rational();
    return std::vector<Ball>{Ball(Rational(1 / eta - top / 2)), (Ball(top) - q.lambda_max) / Ball(2)};
  }));
  const Verdict stable = links.front().verdict;
  links.push_back(judge_by_links("corollary 3.3", q.seminorm, flat + residual,
                                 both(stable, link_named(chain, "theorem 3.2, paper").verdict)));
  if (q.stationary)
    links.push_back(judge_by_links("corollary 3.3, stationary", q.seminorm, flat,
                                   both(stable, link_named(chain, "stationary: seminorm <= flatness").verdict)));
  return links;
}

FlatnessReport report_flatness(const Problem<Rational>& problem, int digits) {
  return report_flatness(problem, activation_pattern(problem), digits);
}

FlatnessReport report_flatness(const Problem<Rational>& problem, const ActivationPattern& pattern, int digits,
                               const Vector<double>& start) {
  require(digits >= 2, "at least 2 digits must be asked for");
  FlatnessReport report;
  report.lambda_max = enclose_lambda_max([&] { return to_ball(problem); }, pattern, digits + 2, start);
  report.step = certify_stable_step(report.lambda_max.value, digits);
  for (report.bits = bits_for_digits(digits) + 64;; report.bits *= 2) {
    PrecisionScope scope(report.bits);
    report.chain = check_chain(problem, pattern, report.lambda_max.value);
    report.trace = report.chain.quantities.trace;
    if (is_fine_enough(report.chain.quantities, digits) || 2 * report.bits > kMostBits) break;
  }
  PrecisionScope scope(report.bits);
  for (ChainLink& link : corollary_links(report.chain, report.step.value))
    report.chain.links.push_back(std::move(link));
  return report;
}

}  // namespace shatterproof
