#pragma once
#include <map>

#include "shatterproof/core/verdict.hpp"
#include "shatterproof/training/statistics.hpp"
#include "shatterproof/training/sweep.hpp"

namespace shatterproof {

enum class Scale { small, paper };

/// What the paper leaves open, and how large the rerun is.
struct ExperimentOptions {
  Scale scale = Scale::small;
  long seeds = 0;                                     ///< replicates; 0: the experiment's own number
  bool fresh_mse = false;                             ///< judge the error on fresh inputs, not on the training inputs
  std::map<std::string, std::string> overrides = {};  ///< training parameters of every run, e.g. init
};

/// One run; those of one group differ by their seed and by what the group varies.
struct ExperimentCell {
  std::string group;  ///< "descent" or "decay"
  TrainingSettings settings;
};

/// One thing that the experiment asserts, decided by the runs.
struct Finding {
  std::string name;  ///< short, unique in its experiment
  std::string statement;
  /// supported, refuted or undecided at the stated confidence: neither a proof nor a certified counterexample.
  Verdict verdict = Verdict::undecided;
  std::string ours;        ///< what was measured, with its interval
  std::string confidence;  ///< how sure the verdict is, and by which method
  std::string reported;    ///< the paper's figure
};

/// The runs with their summaries.
class ExperimentRuns {
 public:
  struct Run {
    ExperimentCell cell;
    CellResult result;
    CellSummary summary;
  };
  ExperimentRuns(std::vector<Run> runs, bool fresh_mse) : runs_(std::move(runs)), fresh_mse_(fresh_mse) {}

  [[nodiscard]] const std::vector<Run>& all() const { return runs_; }
  using Choice = std::function<bool(const Run&)>;
  using Quantity = std::function<double(const Run&)>;
  [[nodiscard]] std::vector<double> values(const Choice& chosen, const Quantity& quantity) const;
  /// One value for each seed, because runs of one seed share their data: the least, the median or the largest.
  enum class OfSeed { least, median, largest };
  [[nodiscard]] std::vector<double> values_by_seed(const Choice& chosen, const Quantity& quantity, OfSeed which) const;
  [[nodiscard]] double mse(const Run& run) const {
    return fresh_mse_ ? run.summary.last.mse_fresh : run.summary.last.mse_train;
  }
  [[nodiscard]] std::string mse_name() const {
    return fresh_mse_ ? "MSE on fresh inputs" : "MSE on the training inputs";
  }

 private:
  std::vector<Run> runs_;
  bool fresh_mse_;
};

/// An experiment of the paper (Section 4 and Appendix A).
struct Experiment {
  std::string id, title;
  std::string choices;  ///< what the paper leaves open, and what is taken here
  std::function<std::vector<ExperimentCell>(const ExperimentOptions&)> cells;
  std::function<std::vector<Finding>(const ExperimentRuns&)> judge;
};

[[nodiscard]] const std::vector<Experiment>& experiments();  ///< E1 .. E10
/// Throws PreconditionError naming those that there are.
[[nodiscard]] const Experiment& experiment_named(const std::string& id);

/// The cells with the overrides in them. Throws PreconditionError for overrides that make no sense.
[[nodiscard]] std::vector<ExperimentCell> cells_of(const Experiment& experiment, const ExperimentOptions& options);
/// The sizes of these runs: "dim 1 .. 6; samples 256; ...".
[[nodiscard]] std::string sizes_of(const std::vector<ExperimentCell>& cells);
[[nodiscard]] Sweep sweep_of(const std::vector<ExperimentCell>& cells);

/// All runs, once the store has them; nothing before.
[[nodiscard]] std::optional<ExperimentRuns> runs_of(const std::vector<ExperimentCell>& cells, const JobStore& store,
                                                    const ExperimentOptions& options);

// Data of the figures, comma-separated: one line a run, a record, a live neuron at the end.
[[nodiscard]] std::string runs_table(const ExperimentRuns& runs);
[[nodiscard]] std::string records_table(const ExperimentRuns& runs);
[[nodiscard]] std::string neurons_table(const ExperimentRuns& runs);

}  // namespace shatterproof
