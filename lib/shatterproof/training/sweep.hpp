#pragma once
#include <filesystem>

#include "shatterproof/training/cell.hpp"
#include "shatterproof/training/job_store.hpp"

namespace shatterproof {

/// Runs that belong together, and the parameters in which they differ.
struct Sweep {
  std::vector<TrainingSettings> cells;
  std::vector<std::string> varied;  ///< names, in the order of training_parameters()
};

/// Reads a sweep file (TOML):
///   seeds = 5                       # replicates: seed, seed + 1, ...
///   [settings]                      # of every run
///   eta = 0.2
///   [grid]                          # every combination; the last key varies fastest, seeds faster still
///   dim = [1, 2, 3]
///   samples = [32, 64]
///   [derived]                       # "A*name" or "A/name" with a number A, rounded for whole parameters
///   width = "4*samples"
///   [[case]]                        # instead of, or on top of, the grid: one for each listed case
///   decay = 0.1
/// Throws IoError; FormatError naming file, line, key, what was found and what was expected.
[[nodiscard]] Sweep read_sweep(const std::filesystem::path& path);
/// The same of a text; `name` is used in messages.
[[nodiscard]] Sweep parse_sweep(const std::string& name, const std::string& text);

/// The parameters in which the cells differ.
[[nodiscard]] std::vector<std::string> varied_parameters(const std::vector<TrainingSettings>& cells);

/// One of `of` shares of the cells, from 0: those whose place leaves the remainder `index`.
struct Shard {
  std::size_t index = 0, of = 1;
};

struct SweepProgress {
  std::size_t done = 0, all = 0;  ///< cells of the shard
};
struct SweepHooks {
  std::function<bool()> keep_going = [] { return true; };
  std::function<void(const SweepProgress&)> progressed = [](const SweepProgress&) {};
};

/// Runs the cells of the shard that the store does not have, on all threads. Returns how many of the shard are still
/// missing: interrupted, or being run elsewhere.
std::size_t run_sweep(const Sweep& sweep, JobStore& store, const Shard& shard, const SweepHooks& hooks);

/// Runs one cell unless the store has it.
JobStore::Outcome run_sweep_cell(const TrainingSettings& settings, JobStore& store,
                                 const std::function<bool()>& keep_going);

/// The result of a cell, if the store has it.
[[nodiscard]] std::optional<CellResult> find_cell(const TrainingSettings& settings, const JobStore& store);

/// One line a cell, comma-separated: the varied parameters, why it ended, and summary_columns(). The same bytes however
/// the cells were run. Nothing while cells are missing.
[[nodiscard]] std::optional<std::string> sweep_table(const Sweep& sweep, const JobStore& store);

}  // namespace shatterproof
