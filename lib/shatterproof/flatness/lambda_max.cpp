#include "shatterproof/flatness/lambda_max.hpp"

#include <cmath>
#include <optional>

#include "shatterproof/flatness/approx_lambda_max.hpp"
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

/// K: all neurons, those that are active nowhere included.
std::optional<EigenvalueEnclosure> enclosure_from(const BoundedHessian& bounded, const BallProblem& problem, Index K,
                                                  int digits, const AlignedVector<double>& start) {
  const auto& hessian = bounded.hessian();
  if (digits <= kMostDoubleDigits)
    if (auto enclosure = enclose_by_temple(bounded, std::pow(10.0, -digits), start))
      return EigenvalueEnclosure{Ball::interval(Ball::exact(enclosure->lower), Ball::exact(enclosure->upper)),
                                 std::move(enclosure->method), hessian.to_parameters(enclosure->direction, K)};
  auto refined = enclose_refined(bounded, problem, digits, start);
  if (!refined) return {};
  return EigenvalueEnclosure{std::move(refined->value), std::move(refined->method),
                             hessian.to_parameters(refined->direction, K)};
}

/// The fastest way, where the top eigenvalue stands apart: from doubles close to the problem's numbers.
std::optional<EigenvalueEnclosure> enclosure_with_gap(const BallProblem& problem,
                                                      const std::optional<Problem<double>>& doubles,
                                                      const SettleSign& settle, int digits,
                                                      const Vector<double>& start) {
  if (!doubles || !is_moderate(*doubles) || !rounding::is_to_nearest()) return {};
  const BoundedHessian bounded(*doubles, settle);
  if (bounded.hessian().neurons() == 0) return dead_network();
  const Index K = doubles->network.neurons();
  if (start.size() == parameter_count(doubles->network))
    if (auto enclosure = enclosure_from(bounded, problem, K, digits, bounded.hessian().from_parameters(start)))
      return enclosure;
  return enclosure_from(bounded, problem, K, digits, {});
}

/// A Rayleigh quotient of H, from below; indeterminate if Lanczos failed.
Ball quotient_below(const Problem<Ball>& problem, const ActivationPattern& pattern) {
  const auto pair = approx_top_eigenpair(Hessian<double>(to_double(problem), pattern));
  if (!pair.converged) return Ball::indeterminate();
  Vector<Ball> x(pair.vector.size());
  for (Index p = 0; p < x.size(); ++p) x(p) = Ball::exact(pair.vector(p));
  return (dot(x, Hessian<Ball>(problem, pattern).apply(x)) / dot(x, x)).lower();
}

/// Without a gap, when few digits are asked for: a certificate in double above.
std::optional<EigenvalueEnclosure> enclosure_in_double(const Problem<Ball>& problem, const ActivationPattern& pattern,
                                                       int digits) {
  const auto certificate = FloatCertificate::prepare(problem, pattern);
  if (!certificate) return {};
  const Ball below = quotient_below(problem, pattern), tolerance = power(Ball(10), -digits).lower();
  if (!below.is_finite()) return {};
  const Ball lower = max(Ball(1), below);  // H_beta,beta = 1 (Fact 1.1)
  const double start = lower.upper_double(), resolution = certificate->approx_resolution(start);
  for (const double factor : {1, 4, 16, 64}) {
    const double sigma = start * (1 + factor * resolution);
    const Ball upper = Ball::exact(sigma);
    if (!certainly_less_or_equal(upper - lower, tolerance * lower)) return {};
    if (certificate->certify(sigma))
      return EigenvalueEnclosure{Ball::interval(lower, upper),
                                 "Cholesky of n sigma (I - M_sigma) in double, every rounding error bounded; "
                                 "Rayleigh quotient below"};
  }
  return {};
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
    if (auto enclosure = enclosure_with_gap(problem, close_doubles(enclosed), settle, digits, start)) return *enclosure;
    if (digits <= kMostDoubleDigits)
      if (auto enclosure = enclosure_in_double(enclosed, pattern, digits)) return *enclosure;
  }
  return enclose_by_inertia(problem, pattern, digits);
}

EigenvalueEnclosure enclose_lambda_max(const Problem<Rational>& problem, int digits) {
  const BallProblem balls = [&problem] { return to_ball(problem); };
  if (auto enclosure = enclosure_with_gap(balls, close_doubles(problem), settle_exactly(problem), digits, {}))
    return *enclosure;
  const auto n = problem.data.samples(), K = problem.network.neurons();
  if (static_cast<double>(n) * static_cast<double>(K) <= kMostPairs)
    return enclose_lambda_max(balls, activation_pattern(problem), digits);
  throw UndecidedError("lambda_max of " + std::to_string(n) + " samples and " + std::to_string(K) +
                       " neurons: no bound of the second eigenvalue lies below it, and there are too many for a "
                       "factorisation");
}

bool certify_lambda_max_below(const Problem<Ball>& problem, const ActivationPattern& pattern, const Ball& sigma) {
  const Hessian<Ball> hessian(problem, pattern);
  return ShiftedHessian(hessian).certify(sigma);
}

}  // namespace shatterproof
