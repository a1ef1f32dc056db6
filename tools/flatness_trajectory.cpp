#include "flatness_trajectory.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "flatness_print.hpp"
#include "progress_bar.hpp"
#include "shatterproof/core/natural_order.hpp"
#include "table.hpp"
#include "terminal.hpp"

namespace shatterproof::tools {
namespace {

namespace fs = std::filesystem;

constexpr const char* kTrajectorySchema = "shatterproof/flatness-trajectory/1";

std::vector<fs::path> checkpoints_of(const TrajectoryJob& job) {
  std::error_code failed;
  std::vector<fs::path> files;
  for (fs::directory_iterator at(job.folder, failed), end; !failed && at != end; at.increment(failed)) {
    const std::string ending = at->path().extension();
    std::error_code ignored;
    const bool is_data = !job.data_file.empty() && fs::equivalent(at->path(), job.data_file, ignored);
    if ((ending == ".npz" || ending == ".safetensors" || ending == ".json") && !is_data) files.push_back(at->path());
  }
  if (failed) throw IoError(job.folder.string() + ": " + failed.message());
  if (files.empty()) throw FormatError(job.folder.string(), "checkpoints", "none", "files .npz, .safetensors or .json");
  std::sort(files.begin(), files.end(), [](const fs::path& a, const fs::path& b) {
    return naturally_before(a.filename().string(), b.filename().string());
  });
  return files;
}

/// What became of one checkpoint.
struct Certified {
  std::string name;
  std::string error;  ///< empty if there is a report
  int exit_code = kAsExpected;
  Json document;
  Row row;
};

Row row_of(const std::string& name, const NetworkReport& report, const ReportRequest& request) {
  const auto text = [](const Ball& value) { return to_text(value, 8).mid; };
  return {name,
          enclosure_text(report.lambda_max, request.digits),
          report.at ? Cell(answer_text(report.at->stable), report.at->stable) : Cell("-"),
          report.step.text,
          text(report.trace),
          text(report.loss),
          text(report.theory.chain.quantities.seminorm),
          verdict_of(report.theory.chain)};
}

/// Starts from the eigenvector of the checkpoint before and leaves its own.
void fill(Certified& result, TrajectoryJob& job, const fs::path& file) {
  const ProblemFile input = read_problem(file, job.read);
  const NetworkReport report = report_network(input.problem, job.request);
  job.request.start = report.theory.lambda_max.direction;
  PrecisionScope scope(report.theory.bits);
  result.exit_code = exit_code_of(report);
  if (job.json)
    result.document = flatness_json({result.name, input, job.request, report});
  else
    result.row = row_of(result.name, report, job.request);
}

Certified certify(TrajectoryJob& job, const fs::path& file) {
  Certified result;
  result.name = file.filename().string();
  const auto failed = [&](const std::string& what, int code) {
    result.error = what;
    result.exit_code = code;
  };
  try {
    fill(result, job, file);
  } catch (const UndecidedError& e) {
    failed(std::string("undecided: ") + e.what(), kUndecided);
  } catch (const std::bad_alloc&) {
    failed("not enough memory for this checkpoint", kMalformed);
  } catch (const PreconditionError& e) {
    failed(e.what(), kMalformed);
  } catch (const FormatError& e) {
    failed(e.what(), kMalformed);
  } catch (const IoError& e) {
    failed(e.what(), kMalformed);
  }
  if (!result.error.empty()) result.document = Json{{"file", result.name}, {"error", result.error}};
  return result;
}

int worse(int a, int b) {
  for (const int code : {kMalformed, kUndecided, kRefuted})
    if (a == code || b == code) return code;
  return kAsExpected;
}

Table print_head(const TrajectoryJob& job, const std::vector<fs::path>& files) {
  const std::string eta = job.request.eta ? ", eta = " + to_text_exact(*job.request.eta) : "";
  print_text(fmt::format("loss {}{}", formula_of(job.request.loss), eta));
  std::size_t names = 0;
  for (const fs::path& file : files) names = std::max(names, display_width(file.filename().string()));
  Table table({{"checkpoint", Align::left, names},
               {"lambda_max in", Align::left, 30},
               {"stable", Align::right, 9},
               {"largest step", Align::right, 12},
               {"trace", Align::right, 12},
               {"loss", Align::right, 12},
               {"|f|_Vg", Align::right, 12},
               {"Theorem 3.2"}});
  table.print_head();
  return table;
}

/// As soon as it is there, so that an interrupted run has shown what it did.
void print_result(const Certified& result, std::optional<Table>& table) {
  if (!result.error.empty()) {
    const ProgressBar::Pause pause;
    fmt::print(stderr, "shatterproof: {}: {}\n", result.name, result.error);
  }
  if (table && result.error.empty()) table->print_row(result.row);
  if (table && !result.error.empty()) print_text(result.name + " no result: " + result.error);
  std::fflush(stdout);
}

}  // namespace

int run_trajectory(TrajectoryJob job) {
  const std::vector<fs::path> files = checkpoints_of(job);
  std::optional<Table> table;
  if (!job.json) table = print_head(job, files);
  Json document{{"schema", kTrajectorySchema}, {"folder", job.folder.string()}, {"checkpoints", Json::array()}};
  int exit_code = kAsExpected;
  std::size_t refused = 0;
  {
    ProgressBar bar("checkpoints", static_cast<double>(files.size()));
    for (std::size_t i = 0; i < files.size(); ++i) {
      bar.update(static_cast<double>(i), files[i].filename().string());
      Certified result = certify(job, files[i]);
      exit_code = worse(exit_code, result.exit_code);
      if (!result.error.empty()) ++refused;
      print_result(result, table);
      if (job.json) document["checkpoints"].push_back(std::move(result.document));
    }
  }
  document["certified"] = files.size() - refused;
  document["refused"] = refused;
  if (job.json)
    print_json(document);
  else
    print_line(fmt::format("\n{} checkpoints: {} certified, {} without a result", files.size(), files.size() - refused,
                           refused));
  return exit_code;
}

}  // namespace shatterproof::tools
