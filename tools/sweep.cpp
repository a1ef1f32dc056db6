#include "shatterproof/training/sweep.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdlib>
#include <filesystem>

#include "command.hpp"
#include "progress_bar.hpp"
#include "shatterproof/core/atomic_file.hpp"
#include "terminal.hpp"

namespace shatterproof::tools {
namespace {

constexpr const char* kSweepSchema = "shatterproof/sweep/1";

struct SweepOptions {
  std::string file, folder, shard;
  std::size_t emit = 0;
  unsigned threads = 0;
  bool json = false, has_shard = false, has_emit = false;
};

std::optional<std::size_t> whole_from(std::string_view text) {
  std::size_t value = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || rest != text.data() + text.size()) return {};
  return value;
}

/// --shard i/N with i from 1; without it, the place in a Slurm job array; without that, everything.
Shard shard_of(bool given, const std::string& text) {
  if (given) {
    const std::size_t slash = std::min(text.find('/'), text.size());
    const std::size_t i = whole_from(text.substr(0, slash)).value_or(0),
                      n = whole_from(slash < text.size() ? text.substr(slash + 1) : "").value_or(0);
    require(i >= 1 && i <= n, "--shard: found '" + text + "', expected i/N with 1 <= i <= N");
    return {i - 1, n};
  }
  const auto variable = [](const char* name) -> std::optional<std::size_t> {
    const char* value = std::getenv(name);
    if (value == nullptr) return {};
    const auto number = whole_from(value);
    require(number.has_value(), std::string(name) + ": found '" + value + "', expected a whole number");
    return number;
  };
  const auto id = variable("SLURM_ARRAY_TASK_ID"), count = variable("SLURM_ARRAY_TASK_COUNT");
  if (!id || !count) return {};
  const std::size_t first = variable("SLURM_ARRAY_TASK_MIN").value_or(0);
  const std::size_t step = std::max<std::size_t>(1, variable("SLURM_ARRAY_TASK_STEP").value_or(1));
  require(*id >= first && (*id - first) / step < *count, "SLURM_ARRAY_TASK_ID lies outside its array");
  return {(*id - first) / step, *count};
}

std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

/// One line for each of N shards, to be run anywhere, e.g. by GNU parallel.
int emit_commands(const SweepOptions& options) {
  require(options.emit >= 1, "--emit: expected a number of shards, at least 1");
  for (std::size_t i = 1; i <= options.emit; ++i)
    fmt::print("shatterproof sweep {} -o {} --threads 1 --shard {}/{}\n", quoted(options.file), quoted(options.folder),
               i, options.emit);
  return kAsExpected;
}

int run_sweep_command(const SweepOptions& options) {
  const Sweep sweep = read_sweep(options.file);
  if (options.has_emit) return emit_commands(options);
  use_threads(options.threads);
  const Shard shard = shard_of(options.has_shard, options.shard);
  JobStore store(options.folder);
  catch_interrupts();
  std::size_t missing = 0;
  {
    ProgressBar bar("cells", static_cast<double>((sweep.cells.size() + shard.of - 1 - shard.index) / shard.of));
    missing = run_sweep(sweep, store, shard,
                        {[] { return !interrupted(); },
                         [&](const SweepProgress& progress) { bar.update(static_cast<double>(progress.done)); }});
  }
  const std::string table_file = (std::filesystem::path(options.folder) / "table.csv").string();
  const auto table = sweep_table(sweep, store);
  if (table) write_file_atomically(table_file, *table);
  if (options.json) {
    print_json(Json{{"schema", kSweepSchema},
                    {"cells", sweep.cells.size()},
                    {"missing_in_shard", missing},
                    {"varied", sweep.varied},
                    {"table", table ? Json(table_file) : Json(nullptr)}});
  } else if (table) {
    print_text(fmt::format("{} cells; written: {}", sweep.cells.size(), table_file));
  } else {
    print_text(fmt::format(
        "{} of this share's cells are missing, interrupted or being run elsewhere; the table comes with the last "
        "cell of all",
        missing));
  }
  return missing > 0 ? kUndecided : kAsExpected;
}

}  // namespace

void add_sweep(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<SweepOptions>();
  CLI::App* command =
      app.add_subcommand("sweep", "Many training runs from a file: a cell that is done is never done again");
  command->add_option("file", options->file, "the sweep: TOML with settings, grid, derived, case, seeds")
      ->type_name("FILE")
      ->required();
  command->add_option("-o,--output", options->folder, "folder of results, to be shared by all who work on it")
      ->type_name("DIR")
      ->required();
  command
      ->add_option("--shard", options->shard,
                   "i/N: every N-th cell from the i-th on; by itself read from SLURM_ARRAY_TASK_ID and _COUNT")
      ->type_name("i/N");
  command->add_option("--emit", options->emit, "print N commands, one for each of N shards, e.g. for GNU parallel");
  command->add_option("--threads", options->threads, "0: as many as there are processors")->capture_default_str();
  command->add_flag("--json", options->json, "print JSON");
  command->footer("Exit code 4 while cells of the share are missing.");
  command->callback([options, command, &exit_code] {
    options->has_shard = command->count("--shard") > 0;
    options->has_emit = command->count("--emit") > 0;
    exit_code = run_sweep_command(*options);
  });
}

}  // namespace shatterproof::tools
