#include <cmath>

#include "shatterproof/training/experiment_list.hpp"
#include "shatterproof/training/findings.hpp"

namespace shatterproof {
namespace {

using Run = ExperimentRuns::Run;
using Runs = ExperimentRuns;

/// A family of runs over n and d.
struct SlopeFamily {
  std::string group;
  double eta, decay;
};

struct SlopeDesign {
  long largest_dimension;
  long width_factor;  ///< width = factor * n
  double sigma;
  Target target;
  std::vector<SlopeFamily> families;
};

std::string step_name(double eta) { return "eta=" + short_text(eta); }

std::vector<ExperimentCell> slope_cells(const SlopeDesign& design, const ExperimentOptions& options) {
  const bool paper = options.scale == Scale::paper;
  const std::vector<long> samples =
      paper ? std::vector<long>{32, 64, 128, 256, 512} : std::vector<long>{32, 64, 128, 256};
  std::vector<ExperimentCell> cells;
  for (const SlopeFamily& family : design.families)
    for (long d = 1; d <= design.largest_dimension; ++d)
      for (const long n : samples) {
        TrainingSettings s;
        s.dimension = d;
        s.samples = n;
        s.width = design.width_factor * n;
        s.sigma = design.sigma;
        s.target = design.target;
        s.eta = family.eta;
        s.decay = family.decay;
        s.epochs = paper ? 20000 : 4000;
        s.record_every = 500;
        const long seeds = options.seeds > 0 ? options.seeds : (paper ? 5 : 9);
        for (long r = 0; r < seeds; ++r) {
          cells.push_back({family.group, s});
          ++s.seed;
        }
      }
  return cells;
}

Runs::Choice family_named(const std::string& group) {
  return [group](const Run& run) { return run.cell.group == group; };
}

/// Runs of one group in the highest dimension with the most samples.
std::vector<double> last_errors(const Runs& runs, const std::string& group) {
  long d = 0, n = 0;
  for (const Run& run : runs.all()) {
    d = std::max(d, run.cell.settings.dimension);
    n = std::max(n, run.cell.settings.samples);
  }
  const auto chosen = [&](const Run& run) {
    return run.cell.group == group && run.cell.settings.dimension == d && run.cell.settings.samples == n;
  };
  return runs.values(chosen, [&](const Run& run) { return runs.mse(run); });
}

void judge_chain(const Runs& runs, std::vector<Finding>& findings) {
  const auto every = [](const Run&) { return true; };
  findings.push_back(
      judge_every({"chain", "|f|_Vg is at most the right side of Theorem 3.2 at every record of every run"},
                  runs.values_by_seed(
                      every, [](const Run& r) { return r.summary.least_chain_slack; }, Runs::OfSeed::least),
                  0, "proved"));
  const auto flat = runs.values_by_seed([](const Run& r) { return !std::isnan(r.summary.least_step_slack); },
                                        [](const Run& r) { return r.summary.least_step_slack; }, Runs::OfSeed::least);
  findings.push_back(
      judge_every({"corollary", "Corollary 3.3 at every record with lambda_max <= 2/eta"}, flat, 0, "proved"));
}

std::vector<SlopeFamily> families_of(const std::vector<double>& steps, double decay_step, double decay) {
  std::vector<SlopeFamily> families;
  for (const double eta : steps) families.push_back({step_name(eta), eta, 0});
  if (decay > 0) families.push_back({"decay", decay_step, decay});
  return families;
}

std::vector<Finding> judge_slopes(const Runs& runs, const SlopeDesign& design, const std::string& flattening,
                                  double most_at_last, const std::string& last_reported) {
  std::vector<Finding> findings;
  for (const SlopeFamily& family : design.families) {
    const auto slopes = slopes_by_dimension(runs, family_named(family.group));
    const std::string what = "log " + runs.mse_name() + " against log n (" + family.group + ")";
    if (family.decay > 0) {
      findings.push_back(judge_last_slope({"decay-slope", what}, slopes, 0.5, HUGE_VAL, "above 0.5"));
    } else {
      findings.push_back(judge_flattening({"flattening/" + family.group, what}, slopes, flattening));
      findings.push_back(
          judge_last_slope({"last-slope/" + family.group, what}, slopes, -HUGE_VAL, most_at_last, last_reported));
    }
  }
  judge_chain(runs, findings);
  return findings;
}

/// In the highest dimension the largest step errs more than the smallest.
Finding judge_steps(const Runs& runs, const SlopeDesign& design) {
  std::vector<const SlopeFamily*> without;
  for (const SlopeFamily& family : design.families)
    if (family.decay == 0) without.push_back(&family);
  return judge_trend({"steps", "in the highest dimension with the most samples, " + runs.mse_name() + " grows from " +
                                   without.front()->group + " to " + without.back()->group},
                     {last_errors(runs, without.front()->group), last_errors(runs, without.back()->group)}, 1,
                     "large steps worse than small ones");
}

Experiment slope_experiment(std::string id, std::string title, std::string choices, const SlopeDesign& design,
                            const std::string& flattening, double most_at_last, const std::string& last_reported,
                            bool compare_steps) {
  return {std::move(id), std::move(title), std::move(choices),
          [design](const ExperimentOptions& options) { return slope_cells(design, options); },
          [=](const Runs& runs) {
            auto findings = judge_slopes(runs, design, flattening, most_at_last, last_reported);
            if (compare_steps) findings.push_back(judge_steps(runs, design));
            return findings;
          }};
}

}  // namespace

std::vector<Experiment> slope_experiments() {
  const std::string start =
      "start: kaiming-normal with zero biases (init); MSE on the training inputs (--fresh-mse); "
      "number of epochs (epochs)";
  return {
      slope_experiment("E2", "4.1, Fig. 2: slopes for eta = 0.2 and for eta = 0.01 with decay 0.1, d = 1..5", start,
                       {5, 4, 1, Target::linear, families_of({0.2}, 0.01, 0.1)},
                       "falls with d (a third-party note reads .35, .25, .18, .13, .10)", 0.3, "about 0.1", false),
      slope_experiment("E8", "A.5, Figs. 9-10: linear truth, several steps, width 4n",
                       start + "; steps 0.1, 0.4; d = 1, .., 5",
                       {5, 4, 1, Target::linear, families_of({0.1, 0.4}, 0, 0)}, "flattens with d", 0.3,
                       "almost flat at d = 5", true),
      slope_experiment("E9", "A.6, Figs. 11-12: linear truth, variance 0.25, width 2n, decay 0.01",
                       start + "; steps 0.2 and, with decay, 0.2; d = 1, .., 5",
                       {5, 2, 0.5, Target::linear, families_of({0.2}, 0.2, 0.01)}, "the same flattening", 0.3,
                       "the same flattening", false),
      slope_experiment("E10", "A.7, Figs. 13-15: Hoelder(1/2) truth, variance 0.25, width 2n, d = 1..4",
                       start + "; the runs of low norm with eta = 0.2",
                       {4, 2, 0.5, Target::hoelder, families_of({0.05, 0.1, 0.2, 0.4}, 0.2, 0.01)},
                       "degrades from d = 1 to 4", 0.5, "degrades", true),
  };
}

}  // namespace shatterproof
