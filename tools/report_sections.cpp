// The sections of a report: which there are, and how the command line fills them.
#include "report_sections.hpp"

#include <algorithm>
#include <filesystem>

#include "progress_bar.hpp"
#include "shatterproof/bounds/sweep.hpp"
#include "shatterproof/claims/cache.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/network/file.hpp"
#include "shatterproof/report/bounds_section.hpp"
#include "shatterproof/report/claims_section.hpp"
#include "shatterproof/report/flatness_section.hpp"
#include "shatterproof/report/packing_section.hpp"
#include "shatterproof/report/runs_section.hpp"
#include "shatterproof/training/job_store.hpp"

namespace shatterproof::tools {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kSeed = 1;
constexpr std::size_t kMostRuns = 50;

/// Texts kept in the cache folder for this very program.
report::Remember remembering(bool no_cache) {
  const auto folder = cache_folder();
  const auto program = program_identity();
  if (no_cache || !folder || !program) return report::remember_nothing;
  std::shared_ptr<JobStore> store;
  try {
    store = std::make_shared<JobStore>(*folder / "report");
  } catch (const IoError&) {  // a cache that cannot be written is none
    return report::remember_nothing;
  }
  return [store, program](const std::string& what, const std::function<std::string()>& job) {
    const std::string description = "report section\n" + *program + "\n" + what;
    if (const auto known = store->find(description)) return *known;
    std::optional<std::string> text;
    try {
      (void)store->run(description, [&] { return text = job(); });
    } catch (const IoError&) {  // not kept, then
    }
    return text ? *text : job();  // another process is at it, too
  };
}

void fill_claims(const SectionRequest& request, SectionResult& result) {
  const ClaimSelection selection(request.claims);
  const auto outcomes = run_claims(selection.claims(), request.no_cache ? CacheUse::none : CacheUse::quiet);
  report::add_claims(outcomes, result.document);
  result.exit_code = exit_code_of_claims(outcomes);
}

void fill_packings(report::Document& document) {
  std::vector<Rational> eps;
  for (const char* text : {"1/2", "2/5", "0.366", "3/10", "1/5", "1/10", "1/20", "1/100"})
    eps.push_back(parse_rational(text));
  document.packing_bounds = report::packing_bounds(2, 24, eps);
  const std::vector<report::PackingView> views{
      {2, Rational(1, 4), 60}, {2, Rational(1, 8), 1000},  {3, Rational(1, 5), 1500},   {3, Rational(1, 10), 3000},
      {4, Rational(3, 10), 0}, {8, Rational(183, 500), 0}, {16, Rational(183, 500), 0}, {24, Rational(183, 500), 0}};
  for (const report::PackingView& view : views) document.packings.push_back(report::packing_picture(view, kSeed));
}

report::BoundsRequest bounds_request(const SectionRequest& request) {
  report::BoundsRequest bounds;
  const std::set<long> dimensions(request.dims.begin(), request.dims.end());
  bounds.dimensions.assign(dimensions.begin(), dimensions.end());
  bounds.sigma = number_option("sigma", request.sigma, "a number >= 0", [](const Rational& x) { return x >= 0; });
  bounds.eta = positive_option("eta", request.eta);
  bounds.samples = parse_sweep(request.samples);
  Integer most_samples;
  mpz_ui_pow_ui(most_samples.get_mpz_t(), 10, 60);
  for (const Integer& n : bounds.samples)
    require(n <= most_samples, "--samples: found " + n.get_str() + ", expected at most 10^60");
  bounds.remember = remembering(request.no_cache);
  return bounds;
}

void fill_bounds(report::BoundsRequest bounds, report::Document& document) {
  ProgressBar bar("bounds", static_cast<double>(bounds.dimensions.size() * bounds.samples.size()));
  bounds.progress = [&](std::size_t done, std::size_t) { bar.update(static_cast<double>(done)); };
  report::add_bounds(bounds, document);
}

void fill_flatness(const SectionRequest& request, report::Document& document) {
  if (request.networks.empty()) {
    document.flatness = report::standard_flatness();
    return;
  }
  std::optional<Rational> eta;
  if (!request.flatness_eta.empty()) eta = positive_option("network-eta", request.flatness_eta);
  ReadOptions read;
  DataFile data;
  if (!request.data.empty()) {
    data = read_data(request.data);
    read.data = &data;
  }
  for (const std::string& file : request.networks) {
    const ProblemFile input = read_problem(file, read);
    try {
      document.flatness.push_back(report::flatness_entry(fs::path(file).filename().string(), input.problem, eta));
    } catch (const PreconditionError& e) {
      throw FormatError(file + ": " + e.what());
    }
  }
}

}  // namespace

const std::vector<std::string>& section_names() {
  static const std::vector<std::string> names{"claims", "packings", "bounds", "flatness", "runs"};
  return names;
}

void add_section_options(CLI::App& command, SectionRequest& request) {
  command.add_option("which", request.claims.which, "Notes (.md files or folders) or ids of claims; default: all");
  command.add_option("--notes", request.claims.notes,
                     "Folder of notes (default: proofs_notes here or beside the program)");
  command.add_flag("--with-experiments", request.claims.with_experiments, "Claims of the experiments too (minutes)");
  command.add_flag("--no-cache", request.no_cache, "Compute everything, also what is known from an earlier run");
  command.add_option("--title", request.title, "Title of the report")->capture_default_str();
  command
      .add_option("--sections", request.only, "Only these: claims (with constants), packings, bounds, flatness, runs")
      ->delimiter(',')
      ->check(CLI::IsMember(section_names()));
  command.add_option("--run", request.runs, "Training runs, as `train -o FILE.npz` writes them");
  command.add_option("--experiments", request.experiments, "Folders that `experiment -o` wrote");
  command.add_option("--network", request.networks,
                     "Networks of your own, as `flatness` reads them, in place of the built-in examples");
  command.add_option("--data", request.data, "A file with X and y (and R) for these networks");
  command.add_option("--network-eta", request.flatness_eta, "Their step size: is lambda_max <= 2/eta?");
  command.add_option("--dim", request.dims, "Dimensions of the bounds")
      ->delimiter(',')
      ->check(CLI::Range(1L, 500L))
      ->capture_default_str();
  command.add_option("--samples", request.samples, "Values of n of the bounds, one per decade")->capture_default_str();
  command.add_option("--sigma", request.sigma, "Noise level of the bounds")->capture_default_str();
  command.add_option("--eta", request.eta, "Step size of the bounds, at most 2")->capture_default_str();
}

SectionResult make_document(const SectionRequest& request, const std::set<std::string>& needed) {
  const auto wants = [&](const char* name) {
    const bool asked = request.only.empty() || std::count(request.only.begin(), request.only.end(), name) != 0;
    return asked && (needed.empty() || needed.count(name) != 0);
  };
  SectionResult result;
  report::Document& document = result.document;
  document.version = SHATTERPROOF_VERSION, document.title = request.title;
  // What the user's own files hold comes first: a malformed one is found before minutes of work.
  report::BoundsRequest bounds = bounds_request(request);
  require(request.claims.which.empty() || wants("claims") || needed.count(kNotesAlone) != 0,
          "report: '" + (request.claims.which.empty() ? "" : request.claims.which.front()) +
              "' names claims, but nothing asked for shows claims (files are given as --json=FILE, --bibtex=FILE)");
  if (wants("flatness")) fill_flatness(request, document);
  if (wants("runs")) {
    for (const std::string& file : request.runs) document.runs.push_back(report::run_entry(file));
    for (const std::string& folder : request.experiments) report::add_experiments(folder, kMostRuns, document);
  }
  if (wants("claims"))
    fill_claims(request, result);
  else if (needed.count(kNotesAlone) != 0)
    report::add_notes(ClaimSelection(request.claims).claims(), document);
  if (wants("packings")) fill_packings(document);
  if (wants("bounds")) {
    fill_bounds(std::move(bounds), document);
    report::add_measured_series(document);
  }
  return result;
}

}  // namespace shatterproof::tools
