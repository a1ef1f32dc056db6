#include <cmath>

#include "shatterproof/training/experiment_list.hpp"
#include "shatterproof/training/findings.hpp"

namespace shatterproof {
namespace {

using Run = ExperimentRuns::Run;
using Runs = ExperimentRuns;

constexpr const char* kDescent = "descent";
constexpr const char* kDecay = "decay";

Runs::Choice of_group(const std::string& group) {
  return [group](const Run& run) { return run.cell.group == group; };
}
Runs::Choice with_dimension(const std::string& group, long d) {
  return [group, d](const Run& run) { return run.cell.group == group && run.cell.settings.dimension == d; };
}

double live_fraction(const Run& run) { return run.summary.last.live_fraction; }
double median_activation(const Run& run) { return run.summary.last.median_activation; }
double mean_activation(const Run& run) { return run.summary.mean_activation; }
double norm_correlation(const Run& run) { return run.summary.norm_correlation; }
double median_norm(const Run& run) { return run.summary.median_live_norm; }
double sharpness_over_limit(const Run& run) { return run.summary.lambda_tail * run.cell.settings.eta / 2; }
double training_loss(const Run& run) { return run.summary.last.loss; }

long seeds_of(const ExperimentOptions& options, long standard) { return options.seeds > 0 ? options.seeds : standard; }
bool is_paper(const ExperimentOptions& options) { return options.scale == Scale::paper; }

void add_replicates(std::vector<ExperimentCell>& cells, const std::string& group, TrainingSettings settings,
                    long seeds) {
  for (long s = 0; s < seeds; ++s) {
    cells.push_back({group, settings});
    ++settings.seed;
  }
}

/// What every run with lambda_max below 2/eta must meet, and what holds of all (Theorem 3.2, Corollary 3.3).
void judge_flatness(const Runs& runs, const std::string& group, std::vector<Finding>& findings) {
  const auto chosen = of_group(group);
  findings.push_back(judge_median({"limit", "the mean of lambda_max over the last quarter is at most 1.03 * 2/eta"},
                                  runs.values_by_seed(chosen, sharpness_over_limit, Runs::OfSeed::largest), 0, 1.03,
                                  "oscillates near 2/eta"));
  findings.push_back(
      judge_every({"chain", "|f|_Vg is at most the right side of Theorem 3.2 at every record"},
                  runs.values_by_seed(
                      chosen, [](const Run& r) { return r.summary.least_chain_slack; }, Runs::OfSeed::least),
                  0, "proved"));
}

std::vector<ExperimentCell> cells_e1(const ExperimentOptions& options) {
  TrainingSettings s;
  s.dimension = 10;
  s.samples = is_paper(options) ? 512 : 256;
  s.width = 4 * s.samples;
  s.epochs = is_paper(options) ? 20000 : 4000;
  s.record_every = 100;
  const long seeds = seeds_of(options, is_paper(options) ? 6 : 9);
  std::vector<ExperimentCell> cells;
  s.eta = 0.9;
  add_replicates(cells, kDescent, s, seeds);
  s.eta = 0.01;
  s.decay = 0.1;
  add_replicates(cells, kDecay, s, seeds);
  return cells;
}

std::vector<Finding> judge_e1(const Runs& runs) {
  std::vector<Finding> findings;
  const auto descent = of_group(kDescent), decay = of_group(kDecay);
  const auto mse = [&](const Run& run) { return runs.mse(run); };
  findings.push_back(judge_median({"edge", "large step: lambda_max ends within 2 % of 2/eta"},
                                  runs.values(descent, sharpness_over_limit), 0.98, 1.02, "near 2/eta = 2.2"));
  judge_flatness(runs, kDescent, findings);
  findings.push_back(
      judge_median({"activation", "large step: the live neurons are active on at most 10 % of the samples (median)"},
                   runs.values(descent, median_activation), 0, 0.1, "at most 10 %"));
  findings.push_back(judge_median({"correlation", "large step: activation and |v||w| are negatively correlated"},
                                  runs.values(descent, norm_correlation), -1, -1e-9,
                                  "large norms at small activation"));
  findings.push_back(judge_median({"error", "large step: " + runs.mse_name() + " is above 0.2"},
                                  runs.values(descent, mse), 0.2, HUGE_VAL, "1.105"));
  findings.push_back(judge_median({"decay-error", "decay: " + runs.mse_name() + " is below 0.1"},
                                  runs.values(decay, mse), 0, 0.1, "0.055"));
  findings.push_back(judge_median({"decay-live", "decay: all neurons are live"}, runs.values(decay, live_fraction), 1,
                                  1, "all active"));
  findings.push_back(judge_median({"decay-activation", "decay: the median activation is above 40 %"},
                                  runs.values(decay, median_activation), 0.4, 1, "high"));
  return findings;
}

/// E3 and, with GELU, E7: d = 1..6.
std::vector<ExperimentCell> cells_by_dimension(const ExperimentOptions& options, HiddenUnit unit) {
  const bool paper = is_paper(options), gelu = unit == HiddenUnit::gelu;
  TrainingSettings s;
  s.unit = unit;
  s.samples = paper ? 512 : (gelu ? 96 : 256);
  s.width = 2 * s.samples;
  s.epochs = paper ? 20000 : (gelu ? 1000 : 4000);
  s.record_every = 500;
  s.eta = 0.5;
  std::vector<ExperimentCell> cells;
  for (long d = 1; d <= 6; ++d) {
    s.dimension = d;
    add_replicates(cells, kDescent, s, seeds_of(options, gelu ? 5 : (paper ? 5 : 9)));
  }
  return cells;
}

std::vector<Finding> judge_by_dimension(const Runs& runs) {
  std::vector<std::vector<double>> live, loss, mse;
  for (long d = 1; d <= 6; ++d) {
    const auto chosen = with_dimension(kDescent, d);
    live.push_back(runs.values(chosen, live_fraction));
    loss.push_back(runs.values(chosen, training_loss));
    mse.push_back(runs.values(chosen, [&](const Run& run) { return runs.mse(run); }));
  }
  return {judge_trend({"live", "the live fraction grows from d = 1 to d = 6"}, live, 1,
                      "0 % at d = 1, up to 65 % at d = 6"),
          judge_trend({"loss", "the training loss falls from d = 1 to d = 6"}, loss, -1, "decreases"),
          judge_trend({"error", runs.mse_name() + " grows from d = 1 to d = 6"}, mse, 1, "increases")};
}

const std::vector<double>& steps_of_e4() {
  static const std::vector<double> steps{0.1, 0.2, 0.4, 0.8};
  return steps;
}

std::vector<ExperimentCell> cells_e4(const ExperimentOptions& options) {
  TrainingSettings s;
  s.dimension = 5;
  s.samples = is_paper(options) ? 512 : 256;
  s.width = 2 * s.samples;
  std::vector<ExperimentCell> cells;
  for (const double eta : steps_of_e4()) {
    s.eta = eta;
    s.epochs = static_cast<long>(std::lround((is_paper(options) ? 10000 : 2000) / eta));
    s.record_every = s.epochs / 10;
    add_replicates(cells, kDescent, s, seeds_of(options, 5));
  }
  return cells;
}

std::vector<Finding> judge_e4(const Runs& runs) {
  std::vector<std::vector<double>> activation, norm;
  for (const double eta : steps_of_e4()) {
    const auto chosen = [&](const Run& run) { return run.cell.settings.eta == eta; };
    activation.push_back(runs.values(chosen, median_activation));
    norm.push_back(runs.values(chosen, median_norm));
  }
  std::vector<Finding> findings{
      judge_trend({"activation", "larger steps: the live neurons are active on fewer samples (median)"}, activation, -1,
                  "more neurons active on few points"),
      judge_trend({"norm", "larger steps: |v||w| of the live neurons grows (median)"}, norm, 1, "norms grow")};
  judge_flatness(runs, kDescent, findings);
  return findings;
}

/// E5 and E6: narrow networks.
std::vector<ExperimentCell> narrow_cells(const ExperimentOptions& options, const std::vector<long>& widths,
                                         const std::vector<long>& dimensions, bool with_decay) {
  TrainingSettings s;
  s.samples = 1024;
  s.epochs = is_paper(options) ? 20000 : 4000;
  s.record_every = 500;
  s.eta = 0.5;
  std::vector<ExperimentCell> cells;
  for (const long width : widths)
    for (const long d : dimensions) {
      s.width = width;
      s.dimension = d;
      s.decay = 0;
      add_replicates(cells, kDescent, s, seeds_of(options, 6));
      if (!with_decay) continue;
      s.decay = 0.05;
      add_replicates(cells, kDecay, s, seeds_of(options, 6));
    }
  return cells;
}

std::vector<ExperimentCell> cells_e5(const ExperimentOptions& options) {
  return narrow_cells(options, {32, 48, 64}, {15}, true);
}
std::vector<ExperimentCell> cells_e6(const ExperimentOptions& options) {
  return narrow_cells(options, {16}, {32, 48, 64}, false);
}

std::vector<Finding> judge_narrow(const Runs& runs) {
  std::vector<Finding> findings{
      judge_median({"correlation", "activation and |v||w| are negatively correlated over the live neurons"},
                   runs.values_by_seed(of_group(kDescent), norm_correlation, Runs::OfSeed::median), -1, -1e-9,
                   "smaller activation, larger norm")};
  judge_flatness(runs, kDescent, findings);
  const auto decay = runs.values_by_seed(of_group(kDecay), mean_activation, Runs::OfSeed::least);
  if (!decay.empty())
    findings.push_back(judge_median({"decay-activation", "decay: the mean activation is above 40 %"}, decay, 0.4, 1,
                                    "high activation"));
  return findings;
}

}  // namespace

std::vector<Experiment> shattering_experiments() {
  const std::string start = "start: kaiming-normal with zero biases (init); MSE on the training inputs (--fresh-mse)";
  return {
      {"E1", "Fig. 1 left, Fig. 3: a large step without decay against a small one with decay 0.1", start, cells_e1,
       judge_e1},
      {"E3", "A.1, Fig. 4: eta = 0.5, d = 1..6", start,
       [](const ExperimentOptions& o) { return cells_by_dimension(o, HiddenUnit::relu); }, judge_by_dimension},
      {"E4", "A.2, Fig. 5: d = 5, eta varied with eta * epochs = 10000",
       start + "; n, width 2n and the steps 0.1, 0.2, 0.4, 0.8 are not in the text", cells_e4, judge_e4},
      {"E5", "A.3, Fig. 6: n = 1024, widths 32, 48, 64, decay 0 and 0.05",
       start + "; d = 15 (the text's count of parameters allows 15 to 20)", cells_e5, judge_narrow},
      {"E6", "A.3, Fig. 7: n = 1024, width 16, d = 32, 48, 64", start, cells_e6, judge_narrow},
      {"E7", "A.4, Fig. 8: E3 with GELU", start + "; a neuron counts as live where w.x - b > 0 for some sample",
       [](const ExperimentOptions& o) { return cells_by_dimension(o, HiddenUnit::gelu); }, judge_by_dimension},
  };
}

}  // namespace shatterproof
