#pragma once
#include <optional>
#include <string_view>

#include "shatterproof/training/run.hpp"

namespace shatterproof {

/// What is kept of one run of a sweep or an experiment.
struct CellResult {
  std::string end;  ///< why the run ended
  std::vector<TrainingRecord> records;
  NeuronRecord neurons;  ///< at the end
};

/// All that the result depends on, as text: the settings, the content of a data file, and this format.
[[nodiscard]] std::string cell_description(const TrainingSettings& settings);
/// Trains from start to end. keep_going as in continue_training; nothing if it was interrupted.
[[nodiscard]] std::optional<CellResult> run_cell(const TrainingSettings& settings,
                                                 const std::function<bool()>& keep_going);

/// Text that reads back to the same numbers, bit for bit.
[[nodiscard]] std::string to_text(const CellResult& result);
/// Nothing if the text is no such result.
[[nodiscard]] std::optional<CellResult> cell_result_from_text(std::string_view text);

/// A run in a few numbers.
struct CellSummary {
  TrainingRecord last;
  double lambda_tail = 0;        ///< mean lambda_max over the records of the last quarter of the epochs
  double least_chain_slack = 0;  ///< min over the records of (Theorem 3.2's right side) - |f|_Vg
  double least_step_slack = 0;   ///< min over the records with lambda_max <= 2/eta of Corollary 3.3's slack
  double norm_correlation = 0;   ///< Spearman's, of activation and |v||w| over the live neurons at the end
  double mean_activation = 0;    ///< over the live neurons
  double median_live_norm = 0;   ///< of |v||w| over the live neurons
};
[[nodiscard]] CellSummary summary_of(const TrainingSettings& settings, const CellResult& result);

/// Name, meaning and value of each number of a summary, those of the last record first.
struct SummaryColumn {
  std::string name, meaning;
  std::function<double(const CellSummary&)> value;
};
[[nodiscard]] const std::vector<SummaryColumn>& summary_columns();

}  // namespace shatterproof
