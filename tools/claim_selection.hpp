#pragma once
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "command.hpp"
#include "shatterproof/claims/verify.hpp"

namespace shatterproof::tools {

/// Which claims a command is about, as given on the command line.
struct ClaimRequest {
  std::vector<std::string> which;  ///< notes, folders, ids; empty: all
  std::string notes;               ///< --notes; empty: found by itself
  bool with_experiments = false;
};

/// An experiment's runs take minutes: only on demand, and not recorded.
[[nodiscard]] bool is_experiment(const Claim& claim);

/// The claims to run, and the folders of notes that are covered as a whole.
class ClaimSelection {
 public:
  /// Throws PreconditionError for a name that is neither a note nor an id, FormatError for malformed notes, IoError.
  explicit ClaimSelection(const ClaimRequest& request);

  [[nodiscard]] const std::vector<Claim>& claims() const { return claims_; }
  [[nodiscard]] bool is_whole(const std::string& home) const { return whole_.count(home) != 0; }
  /// Each folder with a claim among the chosen ones.
  [[nodiscard]] std::set<std::string> homes() const;

 private:
  const std::vector<Claim>& all();
  void add(const std::string& name);
  void add(const std::vector<Claim>& found);
  [[nodiscard]] bool uses_others() const;

  std::filesystem::path library_;
  bool with_experiments_;
  std::vector<Claim> claims_, all_;
  std::set<std::string> whole_;
  std::map<std::string, std::filesystem::path> files_;  // of each id
};

/// What is to be kept of results.
enum class CacheUse { none, quiet, told };  ///< told: stderr says so if it cannot be written

/// Runs the claims, with a progress bar.
[[nodiscard]] std::vector<Outcome> run_claims(const std::vector<Claim>& claims, CacheUse use);

[[nodiscard]] bool all_as_expected(const std::vector<Outcome>& outcomes);
/// As expected, malformed, refuted (some other verdict than recorded) or undecided (that should not be).
[[nodiscard]] ExitCode exit_code_of_claims(const std::vector<Outcome>& outcomes);

}  // namespace shatterproof::tools
