#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "shatterproof/claims/lock.hpp"
#include "verify_print.hpp"

namespace shatterproof::tools {

/// What a flag holds that may name a file and does not: what the parser stores for it.
inline constexpr const char* kDefaultFile = "true";

/// What is to be written; all else is compared.
struct RecordOptions {
  bool update_lock = false;
  std::string status, readme;  ///< a file, kDefaultFile, or empty
};

/// The recorded files of one folder of notes, read before the run so that a malformed one is found at once.
class Records {
 public:
  /// `whole`: all claims of the folder are run, so that the records must cover them exactly.
  Records(std::filesystem::path home, bool whole);

  /// Compares or writes. Throws FormatError for a README without markers that is to be written.
  RecordReport settle(const std::vector<Outcome>& all, const RecordOptions& options);

 private:
  void update(const Lock& found);
  void settle_status(const std::string& text, const RecordOptions& options);
  void settle_readme(const std::vector<Outcome>& outcomes, const RecordOptions& options);

  std::filesystem::path home_;
  bool whole_;
  std::optional<Lock> lock_;
  RecordReport report_;
};

}  // namespace shatterproof::tools
