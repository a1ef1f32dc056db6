#include "shatterproof/claims/verify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <thread>

#include "claim_selection.hpp"
#include "command.hpp"
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

struct VerifyOptions {
  ClaimRequest claims;
  std::string certificate;
  unsigned threads = std::max(1u, std::thread::hardware_concurrency());
  bool json = false, details = false, list_procedures = false, no_cache = false, list = false;
  RecordOptions records;
};

int exit_code_of(const std::vector<Outcome>& outcomes, const std::vector<RecordReport>& reports) {
  if (const ExitCode code = exit_code_of_claims(outcomes); code != kAsExpected) return code;
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
  const ClaimSelection selection(options.claims);
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
  const auto outcomes = run_claims(selection.claims(), options.no_cache  ? CacheUse::none
                                                       : options.details ? CacheUse::told
                                                                         : CacheUse::quiet);
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
  command->add_option("which", options->claims.which, "Notes (.md files or folders) or ids of claims; default: all")
      ->type_name("NOTE|CLAIM");
  command
      ->add_option("--notes", options->claims.notes,
                   "Folder of notes (default: proofs_notes here or beside the program)")
      ->type_name("DIR");
  command->add_option("--threads", options->threads, "Claims run at a time")->check(CLI::Range(1u, 1024u));
  command->add_flag("--json", options->json, "Print JSON");
  command->add_flag("--with-experiments", options->claims.with_experiments,
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
