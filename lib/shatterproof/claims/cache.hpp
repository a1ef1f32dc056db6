#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "shatterproof/claims/note.hpp"

namespace shatterproof {

/// Results of claims from earlier runs, one small file for each. A result depends on the procedure, on all of its
/// parameters (definitions and seeds among them) and on the program; the file holds all three in full and they are
/// compared, so that two claims whose hashes collide are never taken for one another. Files are written atomically:
/// several processes may share a folder. Nothing here throws: a file that is damaged or cannot be read is no result,
/// and one that cannot be written is not written.
class ResultCache {
 public:
  struct Entry {
    ProcedureResult result;
    double seconds = 0;    ///< that the procedure took
    bool current = false;  ///< found by this very program; if not, only the time is of use
  };

  /// program: identifies the version of the program, see program_identity().
  ResultCache(std::filesystem::path folder, std::string program);

  [[nodiscard]] std::optional<Entry> find(const Claim& claim) const;
  void store(const Claim& claim, const Entry& entry) const;
  /// Whether files can be written there; makes the folder.
  [[nodiscard]] bool is_writable() const;

 private:
  std::filesystem::path folder_;
  std::string program_;
};

/// $XDG_CACHE_HOME/shatterproof, or ~/.cache/shatterproof; nothing when neither variable names an absolute path.
[[nodiscard]] std::optional<std::filesystem::path> cache_folder();

/// SHA-1 of the running program's file, with the versions of the arithmetic libraries that it has loaded; changes
/// whenever the program is built from other sources. Nothing when the file cannot be read.
[[nodiscard]] std::optional<std::string> program_identity();

}  // namespace shatterproof
