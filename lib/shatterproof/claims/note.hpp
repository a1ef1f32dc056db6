#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "shatterproof/claims/procedure.hpp"
#include "shatterproof/claims/text_place.hpp"

namespace shatterproof {

/// One ```claim or ```rates block of an executable note (design: Executable notes).
struct Claim {
  std::string id;                           ///< unique, e.g. "stable-minima/C.1/sharp"
  std::string source;                       ///< where the statement stands, e.g. "Liang et al. 2025, Lemma C.1"
  std::string statement;                    ///< the claim in a few words
  Verdict expect = Verdict::undecided;      ///< the verdict the note records; a different one fails the run
  std::string procedure;                    ///< name of the registered procedure that decides it
  Parameters parameters;                    ///< all that the result depends on, definitions included
  std::vector<std::string> uses;            ///< ids of claims that this one rests on
  std::vector<std::string> assumes;         ///< what is taken from elsewhere without a check, one sentence each
  std::string file;                         ///< the note
  int line = 0;                             ///< line of the block's opening fence
  std::string home;                         ///< the folder whose lock.json and STATUS.md tell of this claim
  std::map<std::string, TextPlace> places;  ///< where each text among the parameters stands

  /// A statement of this project (its source starts with "ours"), not one of the paper.
  [[nodiscard]] bool is_ours() const { return source.rfind("ours", 0) == 0; }
};

/// All claims of one Markdown note, in order. `library`: the folder of notes, searched by `import` after the note's own
/// folder and the one above it.
///
/// Keys of every block: id, source, statement, expect; optional: uses, assumes. Then one of
///   ```claim with procedure = "..." and a table [parameters],
///   ```claim with claim = "..." and other keys, which are the parameters of the procedure "prove",
///   ```rates with other keys, which are the parameters of the procedure "rates".
/// The definitions of the note's ```define blocks (see note_definitions.hpp) come first in the parameter `define` of
/// every procedure that has one.
///
/// Throws FormatError naming file, line, field, what was found and what was expected: an unclosed block, bad TOML, an
/// unknown or missing key, an unknown verdict or procedure, an id twice, a mistake in an expression that the procedure
/// can find without running. IoError if the file cannot be read.
[[nodiscard]] std::vector<Claim> read_note(const std::filesystem::path& file,
                                           const std::filesystem::path& library = {});

/// The same from text; `name` stands for the file in messages, and there is nothing to import.
[[nodiscard]] std::vector<Claim> read_note_text(const std::string& text, const std::string& name);

/// The claims of every *.md file below the folder, ordered by path. Throws FormatError too if an id occurs twice. What
/// they use is not looked up: see check_uses.
[[nodiscard]] std::vector<Claim> read_notes(const std::filesystem::path& folder,
                                            const std::filesystem::path& library = {});

/// Throws FormatError, naming the claim's place, when one of the claims uses an id that neither they nor the others
/// have, or when it rests on itself through the claims that it uses.
void check_uses(const std::vector<Claim>& claims, const std::vector<Claim>& others = {});

}  // namespace shatterproof
