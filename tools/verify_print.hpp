#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "command.hpp"
#include "shatterproof/claims/lock.hpp"

namespace shatterproof::tools {

/// What the recorded files of one folder of notes say of a run.
struct RecordReport {
  std::filesystem::path lock_file, status_file, readme_file;
  bool has_lock = false;
  bool lock_written = false, status_written = false;
  bool status_stale = false;
  bool readme_written = false, readme_stale = false;
  std::size_t claims = 0;  ///< of this folder in the run
  std::vector<LockDifference> differences = {};

  [[nodiscard]] bool as_recorded() const { return differences.empty() && !status_stale && !readme_stale; }
};

/// What would be run, with the verdict that each note records.
void print_claims(const std::vector<Claim>& claims, bool json);
/// The table of verdicts; with what was found for every claim if details are asked for.
void print_table(const std::vector<Outcome>& outcomes, bool details);
/// Counts, and whether all is as the notes, the lock and STATUS.md record it.
void print_summary(const std::vector<Outcome>& outcomes, const std::vector<RecordReport>& reports);
[[nodiscard]] Json outcomes_json(const std::vector<Outcome>& outcomes);
[[nodiscard]] Json reports_json(const std::vector<RecordReport>& reports);

}  // namespace shatterproof::tools
