#include "shatterproof/claims/verify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <set>
#include <thread>

#include "command.hpp"
#include "progress_bar.hpp"
#include "shatterproof/certificate/inequality_certificate.hpp"
#include "shatterproof/claims/note_definitions.hpp"
#include "shatterproof/core/atomic_file.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/core/parallel.hpp"
#include "terminal.hpp"
#include "verify_print.hpp"
#include "verify_records.hpp"

namespace shatterproof::tools {
namespace {

namespace fs = std::filesystem;

struct VerifyOptions {
  std::vector<std::string> which;
  std::string notes, certificate;
  unsigned threads = std::max(1u, std::thread::hardware_concurrency());
  bool json = false, details = false, list_procedures = false, no_cache = false, with_experiments = false;
  bool list = false;
  RecordOptions records;
};

/// The notes of this installation or build: ./proofs_notes, or the folder that goes with the program. Empty if none.
fs::path notes_folder(const std::string& given) {
  if (!given.empty()) return given;
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored).parent_path();
  for (const fs::path& candidate :
       {fs::path("proofs_notes"), program / "../share/shatterproof/proofs_notes", program / "../../../proofs_notes"})
    if (fs::is_directory(candidate)) return candidate.lexically_normal();
  return {};
}

bool starts_with_id(const std::string& id, const std::string& prefix) {
  return id == prefix || id.rfind(prefix + "/", 0) == 0;
}

/// The claims to run, and the folders of notes that are covered as a whole.
class Selection {
 public:
  explicit Selection(const VerifyOptions& options)
      : library_(notes_folder(options.notes)), with_experiments_(options.with_experiments) {
    if (options.which.empty()) {
      for (const Claim& claim : all())
        if (options.with_experiments || !is_experiment(claim)) claims_.push_back(claim);
      whole_.insert(library_.string());
    }
    for (const std::string& name : options.which) add(name);
    check_uses(claims_, uses_others() ? all() : std::vector<Claim>{});
  }

  [[nodiscard]] const std::vector<Claim>& claims() const { return claims_; }
  [[nodiscard]] bool is_whole(const std::string& home) const { return whole_.count(home) != 0; }
  /// Each folder with a claim among the chosen ones.
  [[nodiscard]] std::set<std::string> homes() const {
    std::set<std::string> homes;
    for (const Claim& claim : claims_) homes.insert(claim.home);
    return homes;
  }

 private:
  const std::vector<Claim>& all() {
    if (library_.empty()) throw IoError("no folder proofs_notes here or beside the program; name one with --notes DIR");
    if (all_.empty()) all_ = read_notes(library_);
    return all_;
  }

  /// A note, a folder of notes, or the id of a claim, which may be cut at a slash.
  void add(const std::string& name) {
    if (fs::is_directory(name)) {
      auto found = read_notes(name, library_);
      if (!with_experiments_) std::erase_if(found, is_experiment);
      if (found.empty() || fs::equivalent(found.front().home, name))
        whole_.insert(found.empty() ? name : found.front().home);
      return add(found);
    }
    if (fs::exists(name) && fs::path(name).extension() == ".md") return add(read_note(name, library_));
    std::vector<Claim> found;
    for (const Claim& claim : all())
      if (starts_with_id(claim.id, name) || starts_with_id(claim.id, "stable-minima/" + name)) found.push_back(claim);
    require(!found.empty(), "'" + name +
                                "' is neither a note (a .md file) nor the id of a claim (ids stand in the first "
                                "column of `shatterproof verify`)");
    add(found);
  }

  /// A claim that is named twice runs once; two claims of one id are a mistake.
  void add(const std::vector<Claim>& found) {
    for (const Claim& claim : found) {
      const auto [place, fresh] = files_.emplace(claim.id, fs::weakly_canonical(claim.file));
      if (fresh)
        claims_.push_back(claim);
      else if (place->second != fs::weakly_canonical(claim.file))
        throw FormatError(place_of(claim.file, claim.line), "id", "'" + claim.id + "' a second time",
                          "an id used once (first in " + place->second.string() + ")");
    }
  }

  [[nodiscard]] bool uses_others() const {
    return !library_.empty() && std::any_of(claims_.begin(), claims_.end(), [&](const Claim& claim) {
      return std::any_of(claim.uses.begin(), claim.uses.end(),
                         [&](const std::string& id) { return !files_.count(id); });
    });
  }

  fs::path library_;
  bool with_experiments_;
  std::vector<Claim> claims_, all_;
  std::set<std::string> whole_;
  std::map<std::string, fs::path> files_;  // of each id
};

std::vector<Outcome> run_claims(const std::vector<Claim>& claims, const VerifyOptions& options) {
  std::optional<ResultCache> cache;
  if (!options.no_cache) {
    const auto folder = cache_folder();
    const auto program = program_identity();
    if (folder && program) cache.emplace(*folder, *program);
    const bool writable = cache && cache->is_writable();
    if (options.details && !writable)
      std::cerr << "no cache: " << (folder ? folder->string() : std::string("no home folder"))
                << " cannot be written\n";
  }
  ProgressBar bar("claims", static_cast<double>(claims.size()));
  return verify(claims, {cache ? &*cache : nullptr,
                         [&](std::size_t done, std::size_t) { bar.update(static_cast<double>(done)); }});
}

int exit_code_of(const std::vector<Outcome>& outcomes, const std::vector<RecordReport>& reports) {
  const auto any = [&](auto accept) { return std::any_of(outcomes.begin(), outcomes.end(), accept); };
  if (any([](const Outcome& o) { return o.malformed; })) return kMalformed;
  if (any([](const Outcome& o) { return !o.as_expected() && o.result.verdict != Verdict::undecided; })) return kRefuted;
  if (!all_as_expected(outcomes)) return kUndecided;
  const bool as_recorded =
      std::all_of(reports.begin(), reports.end(), [](const RecordReport& r) { return r.as_recorded(); });
  return as_recorded ? kAsExpected : kRefuted;
}

void list_procedures() {
  for (const Procedure& p : procedures()) {
    print_text(p.name);
    print_text(p.summary, 4, 0);
    print_text(fmt::format("parameters: {}", fmt::join(p.known, ", ")), 4);
  }
}

/// The exact comparisons behind the verdicts, of those claims that come down to some.
void write_certificate(const std::vector<Outcome>& outcomes, const std::string& file) {
  if (file.empty()) return;
  std::vector<ExactComparison> comparisons;
  std::size_t covered = 0;
  for (const Outcome& outcome : outcomes) {
    const auto found = exact_comparisons(outcome);
    covered += found.empty() ? 0 : 1;
    comparisons.insert(comparisons.end(), found.begin(), found.end());
  }
  if (comparisons.empty())
    throw UndecidedError("no certificate: none of these verdicts comes down to comparisons of exact rationals");
  write_file_atomically(file, inequality_certificate(comparisons));
  std::cerr << "certificate: " << comparisons.size() << " exact comparisons for " << covered << " of "
            << outcomes.size() << " claims\n";
}

int run(const VerifyOptions& options) {
  if (options.list_procedures) {
    list_procedures();
    return kAsExpected;
  }
  set_thread_count(options.threads);
  const Selection selection(options);
  require(!selection.claims().empty(), "no claim blocks in the notes named");
  if (options.list) {
    print_claims(selection.claims(), options.json);
    return kAsExpected;
  }
  std::vector<Records> records;
  for (const std::string& home : selection.homes()) records.emplace_back(home, selection.is_whole(home));
  require((options.records.status.empty() && options.records.readme.empty()) ||
              (records.size() == 1 && selection.is_whole(*selection.homes().begin())),
          "--status and --readme need all notes of one folder, not single notes or claims");
  const auto outcomes = run_claims(selection.claims(), options);
  std::vector<RecordReport> reports;
  for (Records& record : records) reports.push_back(record.settle(outcomes, options.records));
  const int code = exit_code_of(outcomes, reports);
  write_certificate(outcomes, options.certificate);
  if (options.json) {
    print_json(Json{
        {"claims", outcomes_json(outcomes)}, {"records", reports_json(reports)}, {"as_expected", code == kAsExpected}});
    return code;
  }
  print_table(outcomes, options.details);
  print_summary(outcomes, reports);
  if (options.records.update_lock && !all_as_expected(outcomes))
    print_text("lock: not rewritten while verdicts differ from what the notes record");
  std::fflush(stdout);
  return code;
}

}  // namespace

void add_verify(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<VerifyOptions>();
  CLI::App* command =
      app.add_subcommand("verify", "Run the executable notes and compare every verdict with the recorded one");
  command->add_option("which", options->which, "Notes (.md files or folders) or ids of claims; default: all")
      ->type_name("NOTE|CLAIM");
  command->add_option("--notes", options->notes, "Folder of notes (default: proofs_notes here or beside the program)")
      ->type_name("DIR");
  command->add_option("--threads", options->threads, "Claims run at a time")->check(CLI::Range(1u, 1024u));
  command->add_flag("--json", options->json, "Print JSON");
  command->add_flag("--with-experiments", options->with_experiments,
                    "Rerun the paper's experiments at small scale too (minutes; runs are kept in the cache)");
  command->add_flag("--details", options->details, "Print what was found for every claim, with measured tables");
  command->add_flag("--no-cache", options->no_cache, "Run every claim, also those whose result is known");
  command->add_flag("--update-lock", options->records.update_lock,
                    "Record verdicts and best constants in lock.json beside the notes");
  command->add_flag("--status", options->records.status,
                    "Write the status of every claim to STATUS.md beside the notes (or --status=FILE)");
  command
      ->add_option("--certificate", options->certificate,
                   "Write the exact comparisons behind the verdicts to this file, for shatterproof-check")
      ->type_name("FILE");
  command->add_flag("--readme", options->records.readme,
                    "Write the table of claims between its markers in the README beside the folder of notes (or "
                    "--readme=FILE)");
  command->add_flag("--list", options->list, "List the claims with the recorded verdicts, without running them");
  command->add_flag("--list-procedures", options->list_procedures, "List the procedures that a note may call");
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace shatterproof::tools
