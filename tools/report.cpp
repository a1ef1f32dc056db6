#include <fmt/format.h>

#include <filesystem>
#include <iostream>

#include "claim_selection.hpp"
#include "command.hpp"
#include "progress_bar.hpp"
#include "report_sections.hpp"
#include "shatterproof/core/atomic_file.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/core/parallel.hpp"
#include "shatterproof/core/read_file.hpp"
#include "shatterproof/report/json.hpp"
#include "shatterproof/report/page.hpp"

namespace shatterproof::tools {
namespace {

namespace fs = std::filesystem;

constexpr const char* kToStdout = "true";  // what the parser stores for a flag without a value

struct ReportOptions {
  SectionRequest sections;
  std::string folder, json;
  unsigned threads = 0;
};

/// A file to be written once everything is there.
struct Output {
  fs::path file;  ///< empty: stdout
  std::string bytes;
  std::string mark;  ///< a file that is there already must hold this, else it is somebody else's; empty: replaced
};

void refuse_foreign(const Output& output) {
  if (output.file.empty() || output.mark.empty() || !fs::exists(output.file)) return;
  if (read_file(output.file).find(output.mark) == std::string::npos)
    throw IoError(output.file.string() + ": there is such a file already, and no report wrote it: name another folder");
}

/// First every refusal, then every file.
void write_outputs(const std::vector<Output>& outputs) {
  for (const Output& output : outputs) refuse_foreign(output);
  for (const Output& output : outputs) {
    if (output.file.empty()) {
      std::cout << output.bytes;
      continue;
    }
    fs::create_directories(fs::absolute(output.file).parent_path());
    write_file_atomically(output.file, output.bytes);
    std::cerr << "written: " << output.file.string() << '\n';
  }
}

fs::path file_or_stdout(const std::string& given) { return given == kToStdout ? "" : given; }

void require_output(const ReportOptions& options) {
  require(!options.folder.empty() || !options.json.empty(), "report: expected -o FOLDER or --json");
}

int run(const ReportOptions& options) {
  require_output(options);
  use_threads(options.threads);
  const SectionResult result = make_document(options.sections);
  std::vector<Output> outputs;
  constexpr auto kReplace = Json::error_handler_t::replace;  // bytes of a note that are no UTF-8
  const Json json = report::document_to_json(result.document);
  if (!options.json.empty()) outputs.push_back({file_or_stdout(options.json), json.dump(1, ' ', false, kReplace) + "\n", ""});
  if (!options.folder.empty())
    outputs.push_back({fs::path(options.folder) / "index.html",
                       report::page_with(report::page_asset(), json.dump(-1, ' ', false, kReplace)),
                       "\"schema\":\"shatterproof-report/"});
  write_outputs(outputs);
  return result.exit_code;
}

}  // namespace

void add_report(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ReportOptions>();
  CLI::App* command = app.add_subcommand("report", "Show everything: a page to look at, tables and figures for a paper");
  add_section_options(*command, options->sections);
  command->add_option("-o,--output", options->folder, "folder for the page: one file, index.html, that needs no network");
  command->add_flag("--json", options->json, "the whole document as JSON on stdout (or --json=FILE); the schema is report.schema.json");
  command->add_option("--threads", options->threads, "0: as many as there are processors")->capture_default_str();
  command->footer(
      "Exit code 1 when a verdict differs from the one that its note records, 4 when one is undecided that should not "
      "be; the report is written all the same.");
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace shatterproof::tools
