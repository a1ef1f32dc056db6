#include "shatterproof/training/sweep.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>

#include "shatterproof/core/parallel.hpp"

namespace shatterproof {

std::vector<std::string> varied_parameters(const std::vector<TrainingSettings>& cells) {
  std::vector<std::string> varied;
  for (const TrainingParameter& p : training_parameters())
    if (std::any_of(cells.begin(), cells.end(),
                    [&](const TrainingSettings& s) { return p.text(s) != p.text(cells.front()); }))
      varied.push_back(p.name);
  return varied;
}

JobStore::Outcome run_sweep_cell(const TrainingSettings& settings, JobStore& store,
                                 const std::function<bool()>& keep_going) {
  return store.run(cell_description(settings), [&]() -> std::optional<std::string> {
    const auto result = run_cell(settings, keep_going);
    if (!result) return {};
    return to_text(*result);
  });
}

std::optional<CellResult> find_cell(const TrainingSettings& settings, const JobStore& store) {
  const auto text = store.find(cell_description(settings));
  if (!text) return {};
  return cell_result_from_text(*text);
}

std::size_t run_sweep(const Sweep& sweep, JobStore& store, const Shard& shard, const SweepHooks& hooks) {
  std::vector<std::size_t> cells;
  for (std::size_t c = shard.index; c < sweep.cells.size(); c += shard.of) cells.push_back(c);
  std::mutex mutex;
  SweepProgress progress{0, cells.size()};
  parallel_for(cells.size(), [&](std::size_t task) {
    if (!hooks.keep_going()) return;
    const auto outcome = run_sweep_cell(sweep.cells[cells[task]], store, hooks.keep_going);
    if (outcome != JobStore::Outcome::done && outcome != JobStore::Outcome::done_before) return;
    const std::lock_guard lock(mutex);
    ++progress.done;
    hooks.progressed(progress);
  });
  // Looked at again: of equal cells one may have waited for the other.
  return static_cast<std::size_t>(std::count_if(cells.begin(), cells.end(), [&](std::size_t c) {
    return !store.find(cell_description(sweep.cells[c])).has_value();
  }));
}

std::optional<std::string> sweep_table(const Sweep& sweep, const JobStore& store) {
  std::string table = "cell";
  for (const std::string& name : sweep.varied) table += "," + name;
  table += ",end";
  for (const SummaryColumn& column : summary_columns()) table += "," + column.name;
  table += "\n";
  for (std::size_t c = 0; c < sweep.cells.size(); ++c) {
    const TrainingSettings& settings = sweep.cells[c];
    const auto result = find_cell(settings, store);
    if (!result) return {};
    table += std::to_string(c);
    for (const TrainingParameter& p : training_parameters())
      if (std::count(sweep.varied.begin(), sweep.varied.end(), p.name) != 0) table += "," + p.text(settings);
    table += "," + result->end;
    const CellSummary summary = summary_of(settings, *result);
    for (const SummaryColumn& column : summary_columns()) table += "," + shortest_text(column.value(summary));
    table += "\n";
  }
  return table;
}

}  // namespace shatterproof
