#include "shatterproof/training/experiment.hpp"

#include <algorithm>
#include <map>

#include "shatterproof/core/error.hpp"
#include "shatterproof/training/experiment_list.hpp"

namespace shatterproof {
namespace {

/// Columns of what varies, the same in all three tables.
std::string run_head(const std::vector<std::string>& varied) {
  std::string head = "run,group";
  for (const std::string& name : varied) head += "," + name;
  return head;
}

std::string run_place(std::size_t index, const ExperimentCell& cell, const std::vector<std::string>& varied) {
  std::string text = std::to_string(index) + "," + cell.group;
  for (const TrainingParameter& p : training_parameters())
    if (std::count(varied.begin(), varied.end(), p.name) != 0) text += "," + p.text(cell.settings);
  return text;
}

std::vector<std::string> varied_of(const ExperimentRuns& runs) {
  std::vector<TrainingSettings> settings;
  for (const auto& run : runs.all()) settings.push_back(run.cell.settings);
  return varied_parameters(settings);
}

}  // namespace

std::vector<double> ExperimentRuns::values(const Choice& chosen, const Quantity& quantity) const {
  std::vector<double> values;
  for (const Run& run : runs_)
    if (chosen(run)) values.push_back(quantity(run));
  return values;
}

std::vector<double> ExperimentRuns::values_by_seed(const Choice& chosen, const Quantity& quantity, OfSeed which) const {
  std::map<std::uint64_t, std::vector<double>> by_seed;
  for (const Run& run : runs_)
    if (chosen(run)) by_seed[run.cell.settings.seed].push_back(quantity(run));
  std::vector<double> values;
  for (const auto& [seed, of_seed] : by_seed) {
    if (which == OfSeed::median) values.push_back(median_of(of_seed));
    if (which == OfSeed::least) values.push_back(*std::min_element(of_seed.begin(), of_seed.end()));
    if (which == OfSeed::largest) values.push_back(*std::max_element(of_seed.begin(), of_seed.end()));
  }
  return values;
}

std::string sizes_of(const std::vector<ExperimentCell>& cells) {
  std::string sizes;
  for (const TrainingParameter& p : training_parameters()) {
    if (p.name != "dim" && p.name != "samples" && p.name != "width" && p.name != "epochs" && p.name != "eta" &&
        p.name != "decay" && p.name != "seed")
      continue;
    std::vector<std::string> texts;
    for (const ExperimentCell& cell : cells)
      if (const std::string text = p.text(cell.settings); std::count(texts.begin(), texts.end(), text) == 0)
        texts.push_back(text);
    sizes += (sizes.empty() ? "" : "; ") + p.name;
    for (std::size_t i = 0; i < texts.size(); ++i) sizes += (i == 0 ? " " : ", ") + texts[i];
  }
  return sizes;
}

const std::vector<Experiment>& experiments() {
  static const std::vector<Experiment> all = [] {
    std::vector<Experiment> list = shattering_experiments();
    for (Experiment& e : slope_experiments()) list.push_back(std::move(e));
    std::sort(list.begin(), list.end(), [](const Experiment& a, const Experiment& b) {
      return std::stoi(a.id.substr(1)) < std::stoi(b.id.substr(1));
    });
    return list;
  }();
  return all;
}

const Experiment& experiment_named(const std::string& id) {
  std::string names;
  for (const Experiment& e : experiments()) {
    if (e.id == id) return e;
    names += (names.empty() ? "" : ", ") + e.id;
  }
  throw PreconditionError("unknown experiment '" + id + "', expected one of " + names);
}

std::vector<ExperimentCell> cells_of(const Experiment& experiment, const ExperimentOptions& options) {
  std::vector<ExperimentCell> cells = experiment.cells(options);
  const std::vector<std::string> varied = sweep_of(cells).varied;
  for (const auto& [name, text] : options.overrides)
    require(std::count(varied.begin(), varied.end(), name) == 0,
            name + ": found " + text + ", but " + experiment.id + " varies it over its runs");
  for (ExperimentCell& cell : cells) {
    for (const auto& [name, text] : options.overrides) set_parameter(cell.settings, name, text);
    require_consistent(cell.settings);
  }
  return cells;
}

Sweep sweep_of(const std::vector<ExperimentCell>& cells) {
  Sweep sweep;
  for (const ExperimentCell& cell : cells) sweep.cells.push_back(cell.settings);
  sweep.varied = varied_parameters(sweep.cells);
  return sweep;
}

std::optional<ExperimentRuns> runs_of(const std::vector<ExperimentCell>& cells, const JobStore& store,
                                      const ExperimentOptions& options) {
  std::vector<ExperimentRuns::Run> runs;
  for (const ExperimentCell& cell : cells) {
    auto result = find_cell(cell.settings, store);
    if (!result) return {};
    const CellSummary summary = summary_of(cell.settings, *result);
    runs.push_back({cell, std::move(*result), summary});
  }
  return ExperimentRuns(std::move(runs), options.fresh_mse);
}

std::string runs_table(const ExperimentRuns& runs) {
  const std::vector<std::string> varied = varied_of(runs);
  std::string table = run_head(varied) + ",end";
  for (const SummaryColumn& column : summary_columns()) table += "," + column.name;
  table += "\n";
  for (std::size_t r = 0; r < runs.all().size(); ++r) {
    const auto& run = runs.all()[r];
    table += run_place(r, run.cell, varied) + "," + run.result.end;
    for (const SummaryColumn& column : summary_columns()) table += "," + shortest_text(column.value(run.summary));
    table += "\n";
  }
  return table;
}

std::string records_table(const ExperimentRuns& runs) {
  const std::vector<std::string> varied = varied_of(runs);
  std::string table = run_head(varied);
  for (const RecordColumn& column : record_columns()) table += "," + column.name;
  table += "\n";
  for (std::size_t r = 0; r < runs.all().size(); ++r)
    for (const TrainingRecord& record : runs.all()[r].result.records) {
      table += run_place(r, runs.all()[r].cell, varied);
      for (const RecordColumn& column : record_columns()) table += "," + shortest_text(record.*column.member);
      table += "\n";
    }
  return table;
}

std::string neurons_table(const ExperimentRuns& runs) {
  const std::vector<std::string> varied = varied_of(runs);
  std::string table = run_head(varied) + ",neuron,activation,norm\n";
  for (std::size_t r = 0; r < runs.all().size(); ++r) {
    const NeuronRecord& neurons = runs.all()[r].result.neurons;
    for (std::size_t k = 0; k < neurons.activation.size(); ++k)
      if (neurons.activation[k] > 0)
        table += run_place(r, runs.all()[r].cell, varied) + "," + std::to_string(k) + "," +
                 shortest_text(static_cast<double>(neurons.activation[k])) + "," +
                 shortest_text(static_cast<double>(neurons.norm[k])) + "\n";
  }
  return table;
}

}  // namespace shatterproof
