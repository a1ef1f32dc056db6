#include "shatterproof/report/runs_section.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "shatterproof/core/error.hpp"
#include "shatterproof/core/read_file.hpp"
#include "shatterproof/training/experiment.hpp"
#include "shatterproof/training/findings.hpp"

namespace shatterproof::report {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::size_t kMostRecords = 400, kMostNeurons = 1000;

/// About `most` of the indices 0..count-1, evenly, with the first and the last.
std::vector<std::size_t> thinned(std::size_t count, std::size_t most) {
  std::vector<std::size_t> indices;
  const std::size_t kept = std::min(count, most);
  for (std::size_t i = 0; i < kept; ++i)
    indices.push_back(
        kept < 2 ? i : static_cast<std::size_t>(std::llround(double(i) * double(count - 1) / double(kept - 1))));
  return indices;
}

RunEntry run_entry_of(const std::string& name, const TrainingSettings& settings, const std::string& end,
                      const std::vector<TrainingRecord>& records, const NeuronRecord& neurons) {
  RunEntry entry;
  entry.name = name, entry.end = end;
  entry.d = settings.dimension, entry.n = settings.samples, entry.width = settings.width;
  entry.eta = settings.eta, entry.decay = settings.decay, entry.sigma = settings.sigma;
  for (const std::size_t i : thinned(records.size(), kMostRecords)) {
    const TrainingRecord& record = records[i];
    if (!std::isfinite(record.loss) || !std::isfinite(record.lambda_max)) continue;  // after it diverged
    entry.epochs.push_back(record.epoch);
    entry.loss.push_back(record.loss);
    entry.lambda_max.push_back(record.lambda_max);
  }
  if (!records.empty() && std::isfinite(records.back().mse_train)) entry.mse = records.back().mse_train;
  std::vector<std::size_t> live;
  for (std::size_t k = 0; k < neurons.activation.size(); ++k)
    if (neurons.activation[k] > 0 && std::isfinite(neurons.norm[k])) live.push_back(k);
  for (const std::size_t i : thinned(live.size(), kMostNeurons)) {
    entry.activation.push_back(neurons.activation[live[i]]);
    entry.norm.push_back(neurons.norm[live[i]]);
  }
  return entry;
}

/// What `shatterproof experiment` wrote of one experiment: which runs belong to it.
struct Written {
  const Experiment* experiment;
  std::string scale;
  ExperimentOptions options;
};

Written read_written(const fs::path& file) {
  Written written{nullptr, "", {}};
  const auto field = [&](const Json& json, const char* name, bool fits, const char* expected) {
    if (!fits) throw FormatError(file.string(), name, json.contains(name) ? json.at(name).dump() : "nothing", expected);
  };
  Json json;
  try {
    json = Json::parse(read_file(file));
  } catch (const Json::parse_error& e) {
    throw FormatError(file.string() + ": not JSON: " + e.what());
  }
  const auto text = [&](const char* name) {
    field(json, name, json.is_object() && json.contains(name) && json.at(name).is_string(), "a text");
    return json.at(name).get<std::string>();
  };
  field(json, "experiment", json.is_object() && json.contains("experiment"), "what `shatterproof experiment` writes");
  try {
    written.experiment = &experiment_named(text("experiment"));
  } catch (const PreconditionError& e) {
    throw FormatError(file.string() + ": experiment: " + e.what());
  }
  written.scale = text("scale");
  field(json, "scale", written.scale == "small" || written.scale == "paper", "small or paper");
  written.options.scale = written.scale == "paper" ? Scale::paper : Scale::small;
  constexpr long kMostSeeds = 10000;
  const char* seeds = "a whole number from 0 (the default) to 10000";
  field(json, "seeds", json.contains("seeds") && json["seeds"].is_number_integer(), seeds);
  written.options.seeds = json["seeds"].get<long>();
  field(json, "seeds", written.options.seeds >= 0 && written.options.seeds <= kMostSeeds, seeds);
  written.options.fresh_mse = text("mse") == "fresh inputs";
  field(json, "set", json.contains("set") && json["set"].is_object(), "parameters with their values");
  for (const auto& [name, value] : json["set"].items()) {
    field(json, "set", value.is_string(), "parameters with texts as values");
    written.options.overrides[name] = value.get<std::string>();
  }
  return written;
}

using Run = ExperimentRuns::Run;

/// Neither of a run that diverged nor 0: what can stand in a series.
bool has_logarithm(double mse) { return std::isfinite(mse) && mse > 0; }

/// The error against n in one group of runs, a series for each dimension; none where n does not vary.
std::vector<SeriesEntry> series_of_group(const ExperimentRuns& runs, const std::string& group) {
  const auto chosen = [&](const Run& run) { return run.cell.group == group && has_logarithm(runs.mse(run)); };
  const auto of = [&](const auto& quantity) {
    return runs.values(chosen, [&](const Run& run) { return static_cast<double>(quantity(run.cell.settings)); });
  };
  const std::vector<double> sizes = of([](const TrainingSettings& s) { return s.samples; });
  if (sizes.empty() || std::all_of(sizes.begin(), sizes.end(), [&](double n) { return n == sizes[0]; })) return {};
  const double sigma = of([](const TrainingSettings& s) { return s.sigma; }).front();
  const double eta = of([](const TrainingSettings& s) { return s.eta; }).front();
  const std::vector<double> decays = of([](const TrainingSettings& s) { return s.decay; });
  std::vector<SeriesEntry> series;
  for (const SlopeOfDimension& slope : slopes_by_dimension(runs, chosen)) {
    SeriesEntry entry{group + ", d = " + std::to_string(slope.dimension),
                      group,
                      slope.dimension,
                      sigma,
                      eta,
                      *std::max_element(decays.begin(), decays.end()),
                      {},
                      slope.slope,
                      slope.interval.lower,
                      slope.interval.upper};
    for (const Replicates& at : slope.points) {
      const auto [least, most] = std::minmax_element(at.values.begin(), at.values.end());
      entry.points.push_back({at.size, median_of(at.values), *least, *most});
    }
    series.push_back(std::move(entry));
  }
  return series;
}

std::vector<SeriesEntry> series_of(const ExperimentRuns& runs) {
  std::vector<std::string> groups;
  for (const Run& run : runs.all())
    if (std::count(groups.begin(), groups.end(), run.cell.group) == 0) groups.push_back(run.cell.group);
  std::vector<SeriesEntry> series;
  for (const std::string& group : groups)
    for (SeriesEntry& entry : series_of_group(runs, group)) series.push_back(std::move(entry));
  return series;
}

Opinion opinion_of(Verdict verdict) {
  if (verdict == Verdict::supported) return Opinion::agrees;
  return verdict == Verdict::refuted ? Opinion::disagrees : Opinion::open;
}

/// The settings in which the runs of an experiment differ, but for the seed.
std::string run_name(const Experiment& experiment, const std::vector<std::string>& varied, const ExperimentCell& cell) {
  std::string name = experiment.id;
  for (const TrainingParameter& p : training_parameters())
    if (p.name != "seed" && std::count(varied.begin(), varied.end(), p.name) != 0)
      name += ", " + p.name + " " + p.text(cell.settings);
  return name;
}

/// One run for each setting: that of the least seed.
std::vector<RunEntry> first_runs(const Experiment& experiment, const ExperimentRuns& runs, std::size_t most) {
  std::vector<ExperimentCell> cells;
  for (const Run& run : runs.all()) cells.push_back(run.cell);
  const std::vector<std::string> varied = sweep_of(cells).varied;
  std::vector<std::string> names;
  std::vector<RunEntry> entries;
  for (const Run& run : runs.all()) {
    const std::string name = run_name(experiment, varied, run.cell);
    if (std::count(names.begin(), names.end(), name) != 0) continue;
    names.push_back(name);
    entries.push_back(run_entry_of(name, run.cell.settings, run.result.end, run.result.records, run.result.neurons));
  }
  std::vector<RunEntry> kept;
  for (const std::size_t i : thinned(entries.size(), most)) kept.push_back(std::move(entries[i]));
  return kept;
}

/// The runs of the experiment that `file` tells of; empty where some are missing.
auto runs_beside(const fs::path& file, const Experiment& experiment, const Written& written, const JobStore& store) {
  try {
    return runs_of(cells_of(experiment, written.options), store, written.options);
  } catch (const PreconditionError& e) {
    throw FormatError(file.string() + ": set: " + e.what());
  }
}

}  // namespace

RunEntry run_entry(const fs::path& file) {
  const TrainingRun run = read_run(file);
  const NeuronRecord none;
  return run_entry_of(file.stem().string(), run.settings, run.end, run.records,
                      run.neurons.empty() ? none : run.neurons.back());
}

void add_experiments(const fs::path& folder, std::size_t most_runs, Document& document) {
  if (!fs::is_directory(folder)) throw IoError(folder.string() + ": not a folder of experiments");
  std::vector<std::pair<fs::path, const Experiment*>> files;
  for (const Experiment& experiment : experiments())
    if (const fs::path file = folder / (experiment.id + ".json"); fs::exists(file))
      files.emplace_back(file, &experiment);
  if (files.empty())
    throw IoError(folder.string() + ": no experiment in it (`shatterproof experiment all -o " + folder.string() +
                  "` writes E1.json and so on)");
  const JobStore store(folder, JobStore::Use::reading);
  for (const auto& [file, expected] : files) {
    const Written written = read_written(file);
    if (written.experiment != expected)
      throw FormatError(file.string(), "experiment", "'" + written.experiment->id + "'", "'" + expected->id + "'");
    const auto runs = runs_beside(file, *expected, written, store);
    if (!runs)
      throw FormatError(file.string(), "runs", "some missing in the folder",
                        "the runs that `shatterproof experiment " + expected->id + "` keeps beside it");
    ExperimentEntry entry{expected->id, expected->title, expected->choices, written.scale, runs->mse_name(), {}, {}};
    for (const Finding& f : expected->judge(*runs))
      entry.findings.push_back({f.name, f.statement, opinion_of(f.verdict), f.ours, f.confidence, f.reported});
    entry.series = series_of(*runs);
    entry.runs = static_cast<long>(runs->all().size());
    entry.left_out = std::count_if(runs->all().begin(), runs->all().end(),
                                   [&](const Run& run) { return !has_logarithm(runs->mse(run)); });
    document.experiments.push_back(std::move(entry));
    for (RunEntry& run : first_runs(*expected, *runs, std::max<std::size_t>(1, most_runs / files.size())))
      document.runs.push_back(std::move(run));
  }
}

}  // namespace shatterproof::report
