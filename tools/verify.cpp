#include "shatterproof/claims/verify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <thread>

#include "claim_selection.hpp"
#include "command.hpp"
#include "shatterproof/certificate/inequality_certificate.hpp"
#include "shatterproof/claims/note_definitions.hpp"
#include "shatterproof/claims/status.hpp"
#include "shatterproof/core/atomic_file.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/core/parallel.hpp"
#include "verify_print.hpp"

namespace shatterproof::tools {
namespace {

namespace fs = std::filesystem;

struct VerifyOptions {
  ClaimRequest claims;
  std::string certificate;
  unsigned threads = std::max(1u, std::thread::hardware_concurrency());
  bool json = false, details = false, list_procedures = false, no_cache = false, update_lock = false;
  std::string status;  // a file, or kDefaultStatus
};

constexpr const char* kDefaultStatus = "true";  // what the parser stores for a flag without a value
constexpr const char* kStatusName = "STATUS.md";

/// The recorded files of one folder of notes, read before the run so that a malformed one is found at once.
class Records {
 public:
  Records(fs::path home, bool whole) : home_(std::move(home)), whole_(whole) {
    report_.lock_file = home_ / "lock.json";
    report_.status_file = home_ / kStatusName;
    lock_ = read_lock(report_.lock_file);
    report_.has_lock = lock_.has_value();
  }

  RecordReport settle(const std::vector<Outcome>& all, const VerifyOptions& options) {
    std::vector<Outcome> outcomes;
    for (const Outcome& o : all)
      if (o.claim.home == home_ && !is_experiment(o.claim)) outcomes.push_back(o);
    report_.claims = outcomes.size();
    const Lock found = lock_of(outcomes);
    if (options.update_lock && all_as_expected(outcomes))
      update(found);
    else if (lock_)
      report_.differences = differences(*lock_, found, whole_);
    if (whole_) settle_status(status_text(outcomes, home_.string()), options);
    return report_;
  }

 private:
  void update(const Lock& found) {
    Lock lock = lock_ && !whole_ ? *lock_ : Lock{};
    for (const auto& [id, entry] : found) lock[id] = entry;
    write_lock(report_.lock_file, lock);
    report_.lock_written = true;
  }

  void settle_status(const std::string& text, const VerifyOptions& options) {
    if (!options.status.empty()) {
      if (options.status != kDefaultStatus) report_.status_file = options.status;
      write_file_atomically(report_.status_file, text);
      report_.status_written = true;
    } else if (fs::exists(report_.status_file)) {
      report_.status_stale = note_text(report_.status_file) != text;
    }
  }

  fs::path home_;
  bool whole_;
  std::optional<Lock> lock_;
  RecordReport report_;
};

int exit_code_of(const std::vector<Outcome>& outcomes, const std::vector<RecordReport>& reports) {
  if (const ExitCode code = exit_code_of_claims(outcomes); code != kAsExpected) return code;
  const bool as_recorded =
      std::all_of(reports.begin(), reports.end(), [](const RecordReport& r) { return r.as_recorded(); });
  return as_recorded ? kAsExpected : kRefuted;
}

void list_procedures() {
  for (const Procedure& p : procedures())
    fmt::print("{}\n    {}\n    parameters: {}\n", p.name, p.summary, fmt::join(p.known, ", "));
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
  const ClaimSelection selection(options.claims);
  require(!selection.claims().empty(), "no claim blocks in the notes named");
  std::vector<Records> records;
  for (const std::string& home : selection.homes()) records.emplace_back(home, selection.is_whole(home));
  require(options.status.empty() || (records.size() == 1 && selection.is_whole(*selection.homes().begin())),
          "--status needs all notes of one folder, not single notes or claims");
  const auto outcomes = run_claims(selection.claims(), options.no_cache  ? CacheUse::none
                                                       : options.details ? CacheUse::told
                                                                         : CacheUse::quiet);
  std::vector<RecordReport> reports;
  for (Records& record : records) reports.push_back(record.settle(outcomes, options));
  const int code = exit_code_of(outcomes, reports);
  write_certificate(outcomes, options.certificate);
  if (options.json) {
    print_json(Json{
        {"claims", outcomes_json(outcomes)}, {"records", reports_json(reports)}, {"as_expected", code == kAsExpected}});
    return code;
  }
  print_table(outcomes, options.details);
  print_summary(outcomes, reports);
  if (options.update_lock && !all_as_expected(outcomes))
    fmt::print("lock: not rewritten while verdicts differ from what the notes record\n");
  std::fflush(stdout);
  return code;
}

}  // namespace

void add_verify(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<VerifyOptions>();
  CLI::App* command =
      app.add_subcommand("verify", "Run the executable notes and compare every verdict with the recorded one");
  command->add_option("which", options->claims.which, "Notes (.md files or folders) or ids of claims; default: all");
  command->add_option("--notes", options->claims.notes,
                      "Folder of notes (default: proofs_notes here or beside the program)");
  command->add_option("--threads", options->threads, "Claims run at a time")->check(CLI::Range(1u, 1024u));
  command->add_flag("--json", options->json, "Print JSON");
  command->add_flag("--with-experiments", options->claims.with_experiments,
                    "Rerun the paper's experiments at small scale too (minutes; runs are kept in the cache)");
  command->add_flag("--details", options->details, "Print what was found for every claim, with measured tables");
  command->add_flag("--no-cache", options->no_cache, "Run every claim, also those whose result is known");
  command->add_flag("--update-lock", options->update_lock,
                    "Record verdicts and best constants in lock.json beside the notes");
  command->add_flag("--status", options->status,
                    "Write the status of every claim to STATUS.md beside the notes (or --status=FILE)");
  command->add_option("--certificate", options->certificate,
                      "Write the exact comparisons behind the verdicts to this file, for shatterproof-check");
  command->add_flag("--list-procedures", options->list_procedures, "List the procedures that a note may call");
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace shatterproof::tools
