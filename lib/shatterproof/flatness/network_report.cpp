#include "shatterproof/flatness/network_report.hpp"

#include "shatterproof/core/error.hpp"
#include "shatterproof/flatness/approx_lambda_max.hpp"
#include "shatterproof/flatness/stability.hpp"

namespace shatterproof {
namespace {

constexpr double kMostChainPairs = 2e8;  // about 10 GB

StepReport report_step(const Problem<Rational>& problem, const ActivationPattern& pattern, const NetworkReport& report,
                       const Rational& eta) {
  const Chain& chain = report.theory.chain;
  const Rational on_theory = report.factor * eta;
  StepReport step{eta, Ball(Rational(2 / eta))};
  step.stable = certify_stability(problem, pattern, report.theory.lambda_max.value, on_theory);
  step.corollary_bound = Ball(Rational(1 / on_theory - Rational(1, 2))) + chain.quantities.right_side_paper() -
                         chain.quantities.flatness();
  if (step.stable == Verdict::proved) step.corollary = corollary_links(chain, on_theory);
  return step;
}

}  // namespace

NetworkReport report_network(const Problem<Rational>& problem, const ReportRequest& request) {
  require(!request.eta || *request.eta > 0, "the step size must be positive");
  require(request.top >= 0, "the number of eigenvalues must not be negative");
  const auto n = static_cast<double>(problem.data.samples()), K = static_cast<double>(problem.network.neurons());
  if (n * K > kMostChainPairs)
    throw UndecidedError(
        "the links of Theorem 3.2 take n K balls, here more than 2e8; --lambda-max encloses lambda_max");
  const ActivationPattern pattern = activation_pattern(problem);
  NetworkReport report;
  report.theory = report_flatness(problem, pattern, request.digits, request.start);
  PrecisionScope scope(report.theory.bits);
  report.factor = loss_factor(request.loss, problem.data.samples());
  const Ball factor(report.factor);
  report.lambda_max = factor * report.theory.lambda_max.value;
  report.trace = factor * report.theory.trace;
  report.loss = factor * report.theory.chain.quantities.loss;
  report.step = certify_stable_step(report.lambda_max, request.digits);
  if (request.eta) report.at = report_step(problem, pattern, report, *request.eta);
  if (request.top > 0) {
    report.approx_top = approx_top_eigenvalues(problem, pattern, request.top);
    for (double& eigenvalue : report.approx_top) eigenvalue *= report.factor.get_d();
  }
  if (request.neurons) report.neurons = enclose_neurons(problem, pattern);
  return report;
}

SharpnessReport report_sharpness(const Problem<Rational>& problem, const ReportRequest& request) {
  require(!request.eta || *request.eta > 0, "the step size must be positive");
  SharpnessReport report;
  report.lambda_max = enclose_lambda_max(problem, request.digits + 2);
  const PrecisionScope scope(bits_for_digits(request.digits) + 64);
  report.factor = loss_factor(request.loss, problem.data.samples());
  report.lambda_max.value *= Ball(report.factor);
  report.step = certify_stable_step(report.lambda_max.value, request.digits);
  if (request.eta) report.stable = certify_stability(report.lambda_max.value, *request.eta);
  return report;
}

Verdict verdict_of(const NetworkReport& report) {
  const Verdict chain = verdict_of(report.theory.chain);
  if (!report.at) return chain;
  Verdict verdict = both(chain, report.at->stable);
  for (const ChainLink& link : report.at->corollary) verdict = both(verdict, link.verdict);
  return verdict;
}

}  // namespace shatterproof
