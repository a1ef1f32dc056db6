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
#include "shatterproof/report/chart_canvas.hpp"
#include "shatterproof/report/charts.hpp"
#include "shatterproof/report/csv.hpp"
#include "shatterproof/report/json.hpp"
#include "shatterproof/report/latex.hpp"
#include "shatterproof/report/page.hpp"

namespace shatterproof::tools {
namespace {

namespace fs = std::filesystem;

constexpr const char* kToStdout = "true";  // what the parser stores for a flag without a value

struct ReportOptions {
  SectionRequest sections;
  std::string folder, json, bibtex, csv, latex;
  std::vector<std::string> figures;
  unsigned threads = 0;
  bool list_figures = false;
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

/// First every refusal, then the folders, then the files, stdout last.
void write_outputs(const std::vector<Output>& outputs) {
  for (const Output& output : outputs) refuse_foreign(output);
  std::map<fs::path, std::vector<fs::path>> written;  // by folder
  for (const Output& output : outputs)
    if (!output.file.empty()) written[output.file.parent_path()].push_back(output.file);
  for (const auto& [folder, files] : written)
    if (!folder.empty()) fs::create_directories(folder);
  for (const Output& output : outputs)
    if (!output.file.empty()) write_file_atomically(output.file, output.bytes);
  for (const Output& output : outputs)
    if (output.file.empty()) std::cout << output.bytes;
  for (const auto& [folder, files] : written)
    std::cerr << "written: "
              << (files.size() == 1
                      ? files.front().string()
                      : fmt::format("{} files in {}", files.size(), folder.empty() ? "." : folder.string()))
              << '\n';
}

fs::path file_or_stdout(const std::string& given) { return given == kToStdout ? "" : given; }

/// "out/constants.svg": the figure, and how it is to be drawn.
struct WantedFigure {
  fs::path file;
  std::string name;
  bool pdf = false;
};

WantedFigure wanted_figure(const std::string& text) {
  const fs::path file = text;
  const std::string ending = file.extension().string();
  require(ending == ".svg" || ending == ".pdf", "--figure: found '" + text + "', expected NAME.svg or NAME.pdf");
  WantedFigure wanted{file, file.stem().string(), ending == ".pdf"};
  (void)report::section_of_figure(wanted.name);  // an unknown name is refused before the work
#ifndef SHATTERPROOF_HAS_CAIRO
  throw PreconditionError("--figure: this build has no Cairo (Debian: libcairo2-dev, then configure anew)");
#endif
  return wanted;
}

std::string drawn(const report::Chart& chart, bool pdf) {
#ifdef SHATTERPROOF_HAS_CAIRO
  return report::draw_chart(chart, pdf ? report::FigureFormat::pdf : report::FigureFormat::svg);
#else
  return std::string(pdf ? "" : chart.name);
#endif
}

/// Which sections have to be computed: all, unless only figures or the references are wanted.
std::set<std::string> needed_sections(const ReportOptions& options, const std::vector<WantedFigure>& figures) {
  if (!options.folder.empty() || !options.json.empty() || !options.csv.empty() || !options.latex.empty()) return {};
  std::set<std::string> needed;
  for (const WantedFigure& figure : figures) needed.insert(report::section_of_figure(figure.name));
  if (needed.count("bounds") != 0 && !options.sections.experiments.empty()) needed.insert("runs");  // measured series
  if (!options.bibtex.empty()) needed.insert(kNotesAlone);
  return needed;
}

void add_files(const std::string& folder, const std::map<std::string, std::string>& files,
               std::vector<Output>& outputs) {
  if (folder.empty()) return;
  for (const auto& [name, bytes] : files)
    outputs.push_back({fs::path(folder) / name, bytes, bytes.substr(0, bytes.find('\n') + 1)});
}

std::vector<Output> outputs_of(const ReportOptions& options, const report::Document& document,
                               const std::vector<WantedFigure>& figures) {
  constexpr auto kReplace = Json::error_handler_t::replace;  // bytes of a note that are no UTF-8
  std::vector<Output> outputs;
  if (!options.folder.empty() || !options.json.empty()) {
    const Json json = report::document_to_json(document);
    if (!options.json.empty())
      outputs.push_back({file_or_stdout(options.json), json.dump(1, ' ', false, kReplace) + "\n", ""});
    if (!options.folder.empty())
      outputs.push_back({fs::path(options.folder) / "index.html",
                         report::page_with(report::page_asset(), json.dump(-1, ' ', false, kReplace)),
                         "\"schema\":\"shatterproof-report/"});
  }
  if (!options.bibtex.empty()) outputs.push_back({file_or_stdout(options.bibtex), report::bibtex_of(document), ""});
  if (!options.csv.empty()) add_files(options.csv, report::csv_files(document), outputs);
  if (!options.latex.empty()) add_files(options.latex, report::latex_files(document), outputs);
  if (figures.empty()) return outputs;
  const std::vector<report::Chart> charts = report::charts_of(document);
  for (const WantedFigure& figure : figures)
    outputs.push_back({figure.file, drawn(report::chart_named(charts, figure.name), figure.pdf), ""});
  return outputs;
}

int run(const ReportOptions& options) {
  if (options.list_figures) {
    for (const report::FigureFamily& family : report::figure_families())
      fmt::print("{:<12} {}\n", family.name, family.meaning);
    return kAsExpected;
  }
  require(!options.folder.empty() || !options.json.empty() || !options.csv.empty() || !options.latex.empty() ||
              !options.bibtex.empty() || !options.figures.empty(),
          "report: expected -o FOLDER, --json, --csv, --latex, --bibtex or --figure");
  require(options.json != kToStdout || options.bibtex != kToStdout,
          "report: --json and --bibtex both for stdout; give one a file (--bibtex=FILE)");
  std::vector<WantedFigure> figures;
  for (const std::string& text : options.figures) figures.push_back(wanted_figure(text));
  use_threads(options.threads);
  const SectionResult result = make_document(options.sections, needed_sections(options, figures));
  write_outputs(outputs_of(options, result.document, figures));
  return result.exit_code;
}

}  // namespace

void add_report(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ReportOptions>();
  CLI::App* command =
      app.add_subcommand("report", "Show everything: a page to look at, tables and figures for a paper");
  add_section_options(*command, options->sections);
  command->add_option("-o,--output", options->folder,
                      "folder for the page: one file, index.html, that needs no network");
  command->add_flag(
      "--json", options->json,
      "the whole document as JSON on stdout (or --json=FILE, which is replaced); the schema is report.schema.json");
  command->add_option("--latex", options->latex,
                      "folder for tables and figures that a paper takes in with one \\input");
  command->add_flag("--bibtex", options->bibtex,
                    "BibTeX entries of what the notes cite, on stdout (or --bibtex=FILE, which is replaced)");
  command->add_option("--csv", options->csv, "folder for one comma-separated file a section");
  command->add_option("--figure", options->figures,
                      "one figure as NAME.svg or NAME.pdf, which is replaced; --list-figures has the names");
  command->add_flag("--list-figures", options->list_figures, "what figures there are");
  command->add_option("--threads", options->threads, "0: as many as there are processors")->capture_default_str();
  command->footer(
      "Exit code 1 when a verdict differs from the one that its note records, 4 when one is undecided that should not "
      "be; the report is written all the same.");
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace shatterproof::tools
