#include "shatterproof/flatness/stability.hpp"

#include "shatterproof/core/error.hpp"
#include "shatterproof/flatness/inertia.hpp"
#include "shatterproof/flatness/lambda_max.hpp"

namespace shatterproof {
namespace {

constexpr int kFinerDigits = 60;
constexpr Eigen::Index kMostExactSamples = 24;  // the rationals of the elimination grow with every sample

Verdict compare(const Ball& lambda_max, const Rational& threshold) {
  if (!lambda_max.is_finite()) return Verdict::undecided;
  if (lambda_max.upper_rational() <= threshold) return Verdict::proved;
  return lambda_max.lower_rational() > threshold ? Verdict::refuted : Verdict::undecided;
}

Verdict compare_finer(const Problem<Rational>& problem, const ActivationPattern& pattern, const Rational& threshold) {
  try {
    return compare(enclose_lambda_max(ball_problem(problem), pattern, kFinerDigits).value, threshold);
  } catch (const UndecidedError&) {
    return Verdict::undecided;
  }
}

/// Undecided where the reduction has a pole at the threshold.
Verdict compare_exactly(const Problem<Rational>& problem, const ActivationPattern& pattern, const Rational& threshold) {
  try {
    return count_eigenvalues_above(problem, pattern, threshold) == 0 ? Verdict::proved : Verdict::refuted;
  } catch (const PreconditionError&) {
    return Verdict::undecided;
  }
}

}  // namespace

Verdict certify_stability(const Ball& lambda_max, const Rational& eta) {
  require(eta > 0, "the step size must be positive");
  return compare(lambda_max, 2 / eta);
}

Verdict certify_stability(const Problem<Rational>& problem, const ActivationPattern& pattern, const Ball& lambda_max,
                          const Rational& eta) {
  require(eta > 0, "the step size must be positive");
  const Rational threshold = 2 / eta;
  Verdict verdict = compare(lambda_max, threshold);
  if (verdict == Verdict::undecided) verdict = compare_finer(problem, pattern, threshold);
  if (verdict == Verdict::undecided && problem.data.samples() <= kMostExactSamples)
    verdict = compare_exactly(problem, pattern, threshold);
  return verdict;
}

}  // namespace shatterproof
