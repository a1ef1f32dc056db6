#include <fmt/format.h>

#include <cmath>
#include <filesystem>

#include "command.hpp"
#include "progress_bar.hpp"
#include "shatterproof/training/run.hpp"
#include "table.hpp"
#include "terminal.hpp"

namespace shatterproof::tools {
namespace {

namespace fs = std::filesystem;

constexpr const char* kTrainSchema = "shatterproof/train/1";

struct TrainOptions {
  std::map<std::string, std::string> given;  // parameters on the command line
  std::string output;
  bool resume = false, overwrite = false, json = false;
  double checkpoint_seconds = 10;
  unsigned threads = 0;
};

TrainingRun taken_up(const TrainOptions& options) {
  TrainingRun run = read_run(options.output);
  TrainingSettings wanted = run.settings;
  for (const auto& [name, text] : options.given) set_parameter(wanted, name, text);
  const long epochs = wanted.epochs;
  wanted.epochs = run.settings.epochs;
  for (const TrainingParameter& p : training_parameters())
    if (p.text(wanted) != p.text(run.settings))
      throw PreconditionError("--" + p.name + ": found " + p.text(wanted) + ", but " + options.output +
                              " was started with " + p.text(run.settings));
  extend_training(run, epochs);
  return run;
}

TrainingRun started_or_taken_up(const TrainOptions& options) {
  const bool exists = fs::exists(options.output);
  if (options.resume && exists) return taken_up(options);
  require(!exists || options.overwrite,
          options.output + " exists: give --resume to go on with it, or --overwrite to start anew");
  TrainingSettings settings;
  for (const auto& [name, text] : options.given) set_parameter(settings, name, text);
  return begin_training(settings);
}

void print_record(Table& table, const TrainingRun& run) {
  const TrainingRecord& r = run.records.back();
  const auto five = [](double x) { return fmt::format("{:.5g}", x); };
  const auto four = [](double x) { return fmt::format("{:.4g}", x); };
  const std::string certified =
      std::isnan(r.lambda_lower) ? "" : fmt::format(" in [{:.9f}, {:.9f}]", r.lambda_lower, r.lambda_upper);
  table.print_row({fmt::format("{}", r.epoch), five(r.loss), five(r.mse_train), five(r.mse_fresh),
                   fmt::format("{:.5f}", r.lambda_max), fmt::format("{:.4f}", r.live_fraction),
                   fmt::format("{:.4f}", r.median_activation), four(r.seminorm), four(r.paper_side),
                   fmt::format("{}", r.clipped), certified});
  std::fflush(stdout);
}

Table table_of_records() {
  std::vector<Column> columns;
  const auto add = [&](const char* title, std::size_t least) { columns.push_back({title, Align::right, least}); };
  add("epoch", 9), add("loss", 11), add("mse train", 11), add("mse fresh", 11), add("lambda_max", 10), add("live", 7);
  add("activity", 9), add("|f|_Vg", 10), add("Thm 3.2", 10), add("clipped", 7);
  columns.push_back({.title = "", .least = 40});  // lambda_max enclosed, where it is
  return Table(std::move(columns), {.gap = 1});
}

void print_head(const TrainingRun& run) {
  std::string settings;
  for (const TrainingParameter& p : training_parameters()) settings += p.name + "=" + p.text(run.settings) + " ";
  print_text(settings);
  print_line(fmt::format("2/eta = {:.6g}", 2 / run.settings.eta));
}

/// NaN and infinity have no place in JSON.
Json number_or_null(double x) { return std::isfinite(x) ? Json(x) : Json(nullptr); }

Json run_json(const TrainingRun& run, const TrainOptions& options) {
  Json document{{"schema", kTrainSchema}, {"settings", Json::object()}, {"file", options.output}};
  for (const TrainingParameter& p : training_parameters()) document["settings"][p.name] = p.text(run.settings);
  document["epochs_made"] = run.epoch;
  document["end"] = run.end.empty() ? Json(nullptr) : Json(run.end);
  document["records"] = Json::array();
  for (const TrainingRecord& record : run.records) {
    Json entry;
    for (const RecordColumn& column : record_columns()) entry[column.name] = number_or_null(record.*column.member);
    document["records"].push_back(entry);
  }
  return document;
}

/// Trains, saves every so many seconds and at the end; false if it was interrupted.
void train_and_save(TrainingRun& run, const TrainOptions& options) {
  using Clock = std::chrono::steady_clock;
  ProgressBar bar("epochs", static_cast<double>(run.settings.epochs), static_cast<double>(run.epoch));
  auto saved = Clock::now();
  std::size_t printed = run.records.size();
  Table table = table_of_records();
  if (!options.json) table.print_head();
  const auto print_new = [&] {
    if (!options.json && run.records.size() > printed) print_record(table, run);
    printed = run.records.size();
  };
  continue_training(run, [&](const TrainingRun& now) {
    print_new();
    bar.update(static_cast<double>(now.epoch));
    if (std::chrono::duration<double>(Clock::now() - saved).count() >= options.checkpoint_seconds) {
      write_run(options.output, now);
      saved = Clock::now();
    }
    return !interrupted();
  });
  print_new();
  write_run(options.output, run);
}

int run_train(const TrainOptions& options) {
  require(!options.output.empty(), "train: expected -o FILE.npz");
  use_threads(options.threads);
  TrainingRun run = started_or_taken_up(options);
  if (!options.json) print_head(run);
  write_run(options.output, run);  // a place that cannot be written is found now, not after the run
  catch_interrupts();
  train_and_save(run, options);
  if (options.json)
    print_json(run_json(run, options));
  else
    print_text((run.end.empty() ? "interrupted (go on with --resume)" : run.end) + "; written: " + options.output);
  if (run.end.empty()) return kUndecided;
  return run.end.starts_with("diverged") ? kRefuted : kAsExpected;
}

std::string value_name(const TrainingParameter& parameter) {
  if (parameter.name == "data") return "FILE";
  return parameter.choices.empty() ? "NUMBER" : list_of(parameter.choices);
}

}  // namespace

void add_train(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<TrainOptions>();
  CLI::App* command = app.add_subcommand(
      "train", "Full-batch gradient descent of a two-layer network, with records of flatness and shattering");
  const TrainingSettings standard;
  for (const TrainingParameter& p : training_parameters())
    command
        ->add_option_function<std::string>(
            "--" + p.name, [options, name = p.name](const std::string& text) { options->given[name] = text; },
            p.meaning + ": " + p.expected + " [" + p.text(standard) + "]")
        ->type_name(value_name(p));
  command->add_option("-o,--output", options->output, "the run: an .npz file for numpy.load and for `flatness`")
      ->type_name("FILE");
  command->add_flag("--resume", options->resume, "go on with the run in that file, if there is one");
  command->add_flag("--overwrite", options->overwrite, "start anew although the file exists");
  command
      ->add_option("--checkpoint-seconds", options->checkpoint_seconds,
                   "seconds between savings of the run, at records")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command->add_option("--threads", options->threads, "0: as many as there are processors")->capture_default_str();
  command->add_flag("--json", options->json, "print JSON");
  command->footer("Exit code 1 when the run diverged, 4 when it was interrupted.");
  command->callback([options, &exit_code] { exit_code = run_train(*options); });
}

}  // namespace shatterproof::tools
