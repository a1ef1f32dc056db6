#include "shatterproof/training/experiment.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "command.hpp"
#include "progress_bar.hpp"
#include "shatterproof/core/atomic_file.hpp"
#include "table.hpp"
#include "terminal.hpp"

namespace shatterproof::tools {
namespace {

namespace fs = std::filesystem;

constexpr const char* kExperimentSchema = "shatterproof/experiment/1";

struct ExperimentArguments {
  std::vector<std::string> ids, overrides;
  std::string folder, scale = "small";
  ExperimentOptions options;
  unsigned threads = 0;
  bool json = false, list = false;
};

void read_overrides(ExperimentArguments& arguments) {
  arguments.options.scale = arguments.scale == "paper" ? Scale::paper : Scale::small;
  for (const std::string& text : arguments.overrides) {
    const std::size_t equals = text.find('=');
    require(equals != std::string::npos, "--set: found '" + text + "', expected parameter=value");
    arguments.options.overrides[text.substr(0, equals)] = text.substr(equals + 1);
  }
}

Json finding_json(const Finding& finding) {
  return Json{
      {"name", finding.name}, {"statement", finding.statement},   {"verdict", std::string(to_text(finding.verdict))},
      {"ours", finding.ours}, {"confidence", finding.confidence}, {"reported", finding.reported}};
}

void print_findings(const std::vector<Finding>& findings) {
  Table table({{.title = "verdict", .least = 10}, {.title = "finding", .prose = true}}, {.indent = 2, .gap = 1});
  std::vector<Row> rows;
  for (const Finding& f : findings) {
    rows.push_back({f.verdict, f.statement});
    rows.push_back({"", fmt::format("ours: {}; confidence {}; the paper: {}", f.ours, f.confidence, f.reported)});
  }
  for (const Row& row : rows) table.measure(row);
  for (const Row& row : rows) table.print_row(row);
}

void write_tables(const fs::path& folder, const std::string& id, const ExperimentRuns& runs, const Json& document) {
  write_file_atomically(folder / (id + "_runs.csv"), runs_table(runs));
  write_file_atomically(folder / (id + "_records.csv"), records_table(runs));
  write_file_atomically(folder / (id + "_neurons.csv"), neurons_table(runs));
  write_file_atomically(folder / (id + ".json"), document.dump(2) + "\n");
}

/// The settings that a rerun needs, and the findings.
Json experiment_json(const Experiment& experiment, const ExperimentArguments& arguments,
                     const std::vector<Finding>& findings) {
  Json document{{"schema", kExperimentSchema},
                {"experiment", experiment.id},
                {"title", experiment.title},
                {"choices", experiment.choices},
                {"runs", sizes_of(cells_of(experiment, arguments.options))},
                {"scale", arguments.scale},
                {"seeds", arguments.options.seeds},
                {"mse", arguments.options.fresh_mse ? "fresh inputs" : "training inputs"},
                {"set", arguments.options.overrides},
                {"findings", Json::array()}};
  for (const Finding& finding : findings) document["findings"].push_back(finding_json(finding));
  return document;
}

struct ExperimentOutcome {
  Json document;
  bool finished = false, refuted = false;
};

ExperimentOutcome run_one(const Experiment& experiment, const ExperimentArguments& arguments, JobStore& store) {
  const std::vector<ExperimentCell> cells = cells_of(experiment, arguments.options);
  if (!arguments.json) {
    print_text(experiment.id + ": " + experiment.title);
    print_text("taken: " + experiment.choices, 2, 7);
    print_text("runs:  " + sizes_of(cells), 2, 7);
  }
  std::fflush(stdout);
  {
    ProgressBar bar("runs", static_cast<double>(cells.size()));
    run_sweep(sweep_of(cells), store, {},
              {[] { return !interrupted(); },
               [&](const SweepProgress& progress) { bar.update(static_cast<double>(progress.done), experiment.id); }});
  }
  const auto runs = runs_of(cells, store, arguments.options);
  if (!runs) return {};
  const std::vector<Finding> findings = experiment.judge(*runs);
  ExperimentOutcome outcome{experiment_json(experiment, arguments, findings), true, false};
  for (const Finding& finding : findings) outcome.refuted = outcome.refuted || finding.verdict == Verdict::refuted;
  write_tables(arguments.folder, experiment.id, *runs, outcome.document);
  if (!arguments.json) print_findings(findings);
  std::fflush(stdout);
  return outcome;
}

void print_experiments() {
  for (const Experiment& e : experiments()) {
    print_text(fmt::format("{:<4} {}", e.id, e.title), 0, 5);
    print_text("taken: " + e.choices, 5, 7);
  }
}

int run_experiment(ExperimentArguments arguments) {
  if (arguments.list) {
    print_experiments();
    return kAsExpected;
  }
  require(!arguments.ids.empty(), "experiment: expected E1 .. E10 or all, or --list");
  require(!arguments.folder.empty(), "experiment: expected -o FOLDER");
  read_overrides(arguments);
  std::vector<const Experiment*> chosen;
  for (const std::string& id : arguments.ids)
    if (id == "all")
      for (const Experiment& e : experiments()) chosen.push_back(&e);
    else
      chosen.push_back(&experiment_named(id));
  for (const Experiment* e : chosen) (void)cells_of(*e, arguments.options);  // overrides that make no sense: now
  use_threads(arguments.threads);
  JobStore store(arguments.folder);
  catch_interrupts();
  Json documents = Json::array();
  bool refuted = false;
  for (const Experiment* e : chosen) {
    ExperimentOutcome outcome = run_one(*e, arguments, store);
    if (!outcome.finished) {
      fmt::print(stderr,
                 "shatterproof: {}: runs are missing (interrupted, or being run elsewhere); start again to go on\n",
                 e->id);
      return kUndecided;
    }
    refuted = refuted || outcome.refuted;
    documents.push_back(std::move(outcome.document));
  }
  if (arguments.json) print_json(documents);
  return refuted ? kRefuted : kAsExpected;
}

}  // namespace

void add_experiment(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<ExperimentArguments>();
  CLI::App* command =
      app.add_subcommand("experiment", "Rerun the paper's experiments and judge what they are said to show");
  std::vector<std::string> ids;
  for (const Experiment& e : experiments()) ids.push_back(e.id);
  ids.emplace_back("all");
  command->add_option("ids", arguments->ids, "E1 .. E10, or all")->type_name(list_of(ids));
  command->add_option("-o,--output", arguments->folder, "folder of runs (done ones are kept), tables and findings")
      ->type_name("DIR");
  command->add_option("--scale", arguments->scale, "small: minutes; paper: the paper's sizes, up to a night")
      ->check(CLI::IsMember({"small", "paper"}))
      ->capture_default_str();
  command->add_option("--seeds", arguments->options.seeds, "replicates; 0: the experiment's own number")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command
      ->add_option("--set", arguments->overrides, "parameter=value of `train` for every run, e.g. init=kaiming-uniform")
      ->type_name("NAME=VALUE");
  command->add_flag("--fresh-mse", arguments->options.fresh_mse,
                    "judge the error on fresh inputs; without it, on the training inputs");
  command->add_option("--threads", arguments->threads, "0: as many as there are processors")->capture_default_str();
  command->add_flag("--json", arguments->json, "print JSON");
  command->add_flag("--list", arguments->list, "show the experiments and what is taken where the paper is silent");
  command->footer("Exit code 1 when a finding is refuted, 4 when runs are missing.");
  command->callback([arguments, &exit_code] { exit_code = run_experiment(*arguments); });
}

}  // namespace shatterproof::tools
