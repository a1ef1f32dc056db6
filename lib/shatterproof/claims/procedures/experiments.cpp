// Procedure on the paper's experiments (Section 4, Appendix A): experiment.
#include <unistd.h>

#include <chrono>
#include <thread>

#include "registry.hpp"
#include "shatterproof/claims/cache.hpp"
#include "shatterproof/core/digest.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/training/experiment.hpp"

namespace shatterproof {
namespace {

namespace fs = std::filesystem;

/// Runs are kept for the other findings of an experiment, and for the next time: in the cache, by program.
fs::path runs_folder() {
  const auto folder = cache_folder();
  const auto program = program_identity();
  const std::string name = "experiments-" + digest_of(program.value_or("")).substr(0, 16);
  if (folder && program && ResultCache(*folder, *program).is_writable()) return *folder / name;
  return fs::temp_directory_path() / ("shatterproof-" + name + "-" + std::to_string(::getpid()));
}

/// Several claims rest on the same runs and may ask for them at once: each does what no other is at.
ExperimentRuns finished_runs(const Experiment& experiment, const ExperimentOptions& options) {
  const std::vector<ExperimentCell> cells = cells_of(experiment, options);
  JobStore store(runs_folder());
  while (run_sweep(sweep_of(cells), store, {}, {}) > 0) std::this_thread::sleep_for(std::chrono::milliseconds(100));
  auto runs = runs_of(cells, store, options);
  if (!runs) throw IoError(runs_folder().string() + ": runs of " + experiment.id + " cannot be read back");
  return std::move(*runs);
}

ProcedureResult run_experiment_claim(const Parameters& parameters) {
  const Experiment& experiment = experiment_named(parameters.text("experiment"));
  const std::string wanted = parameters.text("finding");
  ExperimentOptions options;
  if (parameters.has("seeds")) options.seeds = parameters.integer("seeds");
  const ExperimentRuns runs = finished_runs(experiment, options);
  std::string names;
  for (const Finding& finding : experiment.judge(runs)) {
    names += (names.empty() ? "" : ", ") + finding.name;
    if (finding.name != wanted) continue;
    ProcedureResult result;
    // Statistics refute at a confidence below 1; among the verdicts of claims, refuted means a certified
    // counterexample.
    const bool disagree = finding.verdict == Verdict::refuted;
    result.verdict = disagree ? Verdict::undecided : finding.verdict;
    result.instances = static_cast<long>(runs.all().size());
    result.detail = (disagree ? "the runs disagree: " : "") + finding.ours + "; the paper: " + finding.reported;
    result.method = "gradient descent at small scale; confidence " + finding.confidence;
    return result;
  }
  throw PreconditionError("finding: found '" + wanted + "', expected one of " + names);
}

}  // namespace

void add_experiment_procedures(std::vector<Procedure>& list) {
  list.push_back({kExperimentProcedure,
                  "one finding of a rerun of an experiment of the paper at small scale",
                  {"experiment", "finding", "seeds"},
                  run_experiment_claim});
}

}  // namespace shatterproof
