#include "verify_records.hpp"

#include "claim_selection.hpp"
#include "shatterproof/claims/note_definitions.hpp"
#include "shatterproof/claims/section_table.hpp"
#include "shatterproof/claims/status.hpp"
#include "shatterproof/core/atomic_file.hpp"
#include "shatterproof/core/error.hpp"

namespace shatterproof::tools {

namespace fs = std::filesystem;

namespace {

constexpr const char* kStatusName = "STATUS.md";
constexpr const char* kReadmeName = "README.md";

}  // namespace

Records::Records(fs::path home, bool whole) : home_(std::move(home)), whole_(whole) {
  report_.lock_file = home_ / "lock.json";
  report_.status_file = home_ / kStatusName;
  report_.readme_file = fs::absolute(home_).lexically_normal().parent_path() / kReadmeName;
  lock_ = read_lock(report_.lock_file);
  report_.has_lock = lock_.has_value();
}

RecordReport Records::settle(const std::vector<Outcome>& all, const RecordOptions& options) {
  std::vector<Outcome> outcomes;
  for (const Outcome& o : all)
    if (o.claim.home == home_ && !is_experiment(o.claim)) outcomes.push_back(o);
  report_.claims = outcomes.size();
  const Lock found = lock_of(outcomes);
  if (options.update_lock && all_as_expected(outcomes))
    update(found);
  else if (lock_)
    report_.differences = differences(*lock_, found, whole_);
  if (whole_) {
    settle_status(status_text(outcomes, home_.string()), options);
    settle_readme(outcomes, options);
  }
  return report_;
}

void Records::update(const Lock& found) {
  Lock lock = lock_ && !whole_ ? *lock_ : Lock{};
  for (const auto& [id, entry] : found) lock[id] = entry;
  write_lock(report_.lock_file, lock);
  report_.lock_written = true;
}

void Records::settle_status(const std::string& text, const RecordOptions& options) {
  if (!options.status.empty()) {
    if (options.status != kDefaultFile) report_.status_file = options.status;
    write_file_atomically(report_.status_file, text);
    report_.status_written = true;
  } else if (fs::exists(report_.status_file)) {
    report_.status_stale = note_text(report_.status_file) != text;
  }
}

/// A README without the markers is none of our business, unless it is asked for.
void Records::settle_readme(const std::vector<Outcome>& outcomes, const RecordOptions& options) {
  if (!options.readme.empty() && options.readme != kDefaultFile) report_.readme_file = fs::absolute(options.readme);
  const fs::path& file = report_.readme_file;
  if (options.readme.empty() && !fs::exists(file)) return;
  const std::string text = note_text(file);
  const auto renewed = with_table_of_claims(text, claims_by_section(outcomes, home_, file.parent_path()));
  if (options.readme.empty()) {
    report_.readme_stale = renewed && *renewed != text;
    return;
  }
  if (!renewed)
    throw FormatError(file.string(), "table of claims", "no markers for it",
                      "the lines '" + std::string(kTableBegins) + "' and '" + kTableEnds + "'");
  write_file_atomically(file, *renewed);
  report_.readme_written = true;
}

}  // namespace shatterproof::tools
