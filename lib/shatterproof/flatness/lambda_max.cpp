#include "shatterproof/flatness/lambda_max.hpp"

#include <cmath>
#include <optional>

#include "shatterproof/flatness/float_certificate.hpp"
#include "shatterproof/flatness/refined_enclosure.hpp"
#include "shatterproof/flatness/shifted_hessian.hpp"
#include "shatterproof/flatness/temple_enclosure.hpp"
#include "shatterproof/network/convert.hpp"
#include "shatterproof/numeric/rounding.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

constexpr int kMostDoubleDigits = 12;

bool any_active(const ActivationPattern& pattern) {
  for (Index k = 0; k < pattern.neurons(); ++k)
    for (Index i = 0; i < pattern.samples(); ++i)
      if (pattern.active(i, k)) return true;
  return false;
}

/// Then Phi has only the row of beta, and D = 0.
EigenvalueEnclosure dead_network() { return {Ball(1), "no neuron is active on the data: H = e_beta e_beta^T, exact"}; }

bool fits(const Problem<Ball>& problem, const ActivationPattern& pattern) {
  return problem.data.samples() == pattern.samples() && problem.network.neurons() == pattern.neurons();
}

EigenvalueEnclosure from_double(DoubleEnclosure enclosure, const MaskedHessian<double>& hessian, Index K) {
  return {Ball::interval(Ball::exact(enclosure.lower), Ball::exact(enclosure.upper)), std::move(enclosure.method),
          hessian.to_parameters(enclosure.direction, K)};
}

/// Where the top eigenvalue stands apart. K: all neurons, those that are active nowhere included.
std::optional<EigenvalueEnclosure> enclosure_from(const BoundedHessian& bounded, const BallProblem& problem, Index K,
                                                  int digits, const AlignedVector<double>& start) {
  const auto& hessian = bounded.hessian();
  if (digits <= kMostDoubleDigits)
    if (auto enclosure = enclose_by_temple(bounded, std::pow(10.0, -digits), start))
      return from_double(std::move(*enclosure), hessian, K);
  auto refined = enclose_refined(bounded, problem, digits, start);
  if (!refined) return {};
  return EigenvalueEnclosure{std::move(refined->value), std::move(refined->method),
                             hessian.to_parameters(refined->direction, K)};
}

/// From doubles close to the problem's numbers; where there is no gap, by a Cholesky factor, which is slower.
std::optional<EigenvalueEnclosure> enclosure_from_doubles(const BallProblem& problem,
                                                          const std::optional<Problem<double>>& doubles,
                                                          const SettleSign& settle, int digits,
                                                          const Vector<double>& start) {
  if (!doubles || !is_moderate(*doubles) || !rounding::is_ieee()) return {};
  const BoundedHessian bounded(*doubles, settle);
  if (bounded.hessian().neurons() == 0) return dead_network();
  const Index K = doubles->network.neurons();
  if (start.size() == parameter_count(doubles->network))
    if (auto enclosure = enclosure_from(bounded, problem, K, digits, bounded.hessian().from_parameters(start)))
      return enclosure;
  if (auto enclosure = enclosure_from(bounded, problem, K, digits, {})) return enclosure;
  if (digits > kMostDoubleDigits) return {};
  auto enclosure = enclose_by_cholesky(bounded, std::pow(10.0, -digits));
  if (!enclosure) return {};
  return from_double(std::move(*enclosure), bounded.hessian(), K);
}

}  // namespace

EigenvalueEnclosure enclose_lambda_max(const BallProblem& problem, const ActivationPattern& pattern, int digits,
                                       const Vector<double>& start) {
  require(static_cast<bool>(problem), "enclose_lambda_max: no problem was given");
  require(digits >= 1 && digits <= kMostDigits,
          "enclose_lambda_max: digits must lie in 1.." + std::to_string(kMostDigits));
  {
    const PrecisionScope scope(bits_for_digits(digits) + 128);
    const Problem<Ball> enclosed = problem();
    require(fits(enclosed, pattern), "enclose_lambda_max: the pattern has another shape than the problem");
    if (!any_active(pattern)) return dead_network();
    const auto settle = [&](Index i, Index k) { return pattern.active(i, k); };
    if (auto enclosure = enclosure_from_doubles(problem, close_doubles(enclosed), settle, digits, start))
      return *enclosure;
  }
  return enclose_by_inertia(problem, pattern, digits);
}

EigenvalueEnclosure enclose_lambda_max(const Problem<Rational>& problem, int digits) {
  const BallProblem balls = [&problem] { return to_ball(problem); };
  if (auto enclosure = enclosure_from_doubles(balls, close_doubles(problem), settle_exactly(problem), digits, {}))
    return *enclosure;
  const auto n = problem.data.samples(), K = problem.network.neurons();
  if (static_cast<double>(n) * static_cast<double>(K) <= kMostPairs)
    return enclose_lambda_max(balls, activation_pattern(problem), digits);
  throw UndecidedError("lambda_max of " + std::to_string(n) + " samples and " + std::to_string(K) +
                       " neurons: no bound of the second eigenvalue lies below it, and there are too many for a "
                       "factorisation");
}

EigenvalueEnclosure enclose_lambda_max(const Problem<double>& problem, int digits) {
  const BallProblem balls = [&problem] {
    return convert_problem<Ball>(problem, [](double x) { return Ball::exact(x); });
  };
  if (auto enclosure = enclosure_from_doubles(balls, problem, settle_exactly(problem), digits, {})) return *enclosure;
  return enclose_lambda_max(exact_problem(problem), digits);
}

bool certify_lambda_max_below(const Problem<Ball>& problem, const ActivationPattern& pattern, const Ball& sigma) {
  const Hessian<Ball> hessian(problem, pattern);
  return ShiftedHessian(hessian).certify(sigma);
}

}  // namespace shatterproof
