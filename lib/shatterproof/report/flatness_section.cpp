#include "shatterproof/report/flatness_section.hpp"

#include <algorithm>

#include "constructions/construction.hpp"
#include "shatterproof/network/convert.hpp"
#include "shatterproof/training/run.hpp"

namespace shatterproof::report {
namespace {

constexpr int kDigits = 10;
constexpr Eigen::Index kMostEigenvalues = 400;

Enclosure enclosure_text(const Ball& ball) {
  const BallText text = to_text(ball, kDigits);
  return {text.lower, text.upper};
}

TrainingRun trained_network() {
  TrainingSettings settings;
  settings.dimension = 2, settings.samples = 40, settings.width = 24, settings.epochs = 3000;
  settings.eta = 0.4, settings.sigma = 0.2, settings.record_every = settings.epochs, settings.fresh = 0;
  TrainingRun run = begin_training(settings);
  continue_training(run, [](const TrainingRun&) { return true; });
  return run;
}

}  // namespace

FlatnessEntry flatness_entry(const std::string& name, const Problem<Rational>& problem,
                             const std::optional<Rational>& eta) {
  ReportRequest request;
  request.digits = kDigits, request.eta = eta;
  const Eigen::Index parameters = problem.network.neurons() * (problem.network.dimension() + 2) + 1;
  request.top = std::min(parameters, kMostEigenvalues);
  const NetworkReport report = report_network(problem, request);
  const PrecisionScope scope(report.theory.bits);
  FlatnessEntry entry;
  entry.name = name, entry.method = report.theory.lambda_max.method;
  entry.d = problem.network.dimension(), entry.n = problem.data.samples(), entry.neurons = problem.network.neurons();
  entry.lambda_max = enclosure_text(report.lambda_max);
  entry.spectrum = report.approx_top;
  if (report.at) {
    entry.eta = to_text_exact(report.at->eta);
    entry.two_over_eta = to_text_exact(Rational(2 / report.at->eta));
    entry.stable = report.at->stable;
  }
  for (const ChainLink& link : report.theory.chain.links)
    entry.chain.push_back(
        {link.name, enclosure_text(link.left), enclosure_text(link.right), enclosure_text(link.slack), link.verdict});
  return entry;
}

std::vector<FlatnessEntry> standard_flatness() {
  const Construction caps = build_construction("cap_packing", {"d=2", "eps=1/4", "n=60", "mc=0"}, 1);
  const TrainingRun run = trained_network();
  const Rational eta = parse_rational(shortest_text(run.settings.eta));
  return {flatness_entry("trained by gradient descent, d = 2", exact_problem({run.network, run.data.data}), eta),
          flatness_entry("cap packing (Lemma H.4), d = 2", caps.file, Rational(1, 2))};
}

}  // namespace shatterproof::report
