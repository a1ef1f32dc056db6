#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "shatterproof/claims/procedure.hpp"

namespace shatterproof {

/// One ```claim block of an executable note (design: Executable notes).
struct Claim {
  std::string id;                       ///< unique, e.g. "stable-minima/C.1/sharp"
  std::string source;                   ///< where the statement stands, e.g. "Liang et al. 2025, Lemma C.1"
  std::string statement;                ///< the claim in a few words
  Verdict expect = Verdict::undecided;  ///< the verdict the note records; a different one fails the run
  std::string procedure;                ///< name of the registered procedure that decides it
  Parameters parameters;
  std::vector<std::string> uses;     ///< ids of claims that this one rests on
  std::vector<std::string> assumes;  ///< what is taken from elsewhere without a check, one sentence each
  std::string file;                  ///< the note
  int line = 0;                      ///< line of the block's opening fence
};

/// All claim blocks of one Markdown note, in order.
/// Throws FormatError naming file and line for an unclosed block, bad TOML, an unknown or missing key, or an unknown
/// verdict or procedure; IoError if the file cannot be read.
[[nodiscard]] std::vector<Claim> read_note(const std::filesystem::path& file);

/// The claims of every *.md file below the folder, ordered by path. Throws FormatError if an id occurs twice.
[[nodiscard]] std::vector<Claim> read_notes(const std::filesystem::path& folder);

}  // namespace shatterproof
