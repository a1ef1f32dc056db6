#pragma once
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "shatterproof/claims/markdown_blocks.hpp"
#include "shatterproof/claims/text_place.hpp"

namespace shatterproof {

/// One line "name(arguments) = expression" or "name = expression" of a ```define block.
struct Definition {
  std::string text;  ///< without its comment
  std::string name;
  TextPlace place;
};

/// Where `import LABEL` looks for the note LABEL.md: below the first of these folders that has it.
using NoteFolders = std::vector<std::filesystem::path>;

/// The definitions that hold in a note with these blocks: its own and the imported ones, in the order of the lines,
/// each once. In a ```define block every line is a definition, `import LABEL`, empty, or a comment from # on. A label
/// is the path of a note without ".md": "stable-minima/E.2". What stands after the "=" is left to the procedures that
/// are given the definitions: inequalities and rates have languages of their own. Throws FormatError naming file and
/// line for a line that is none of these, a name defined twice, a label that leads to no note, and notes that import
/// each other in a circle.
[[nodiscard]] std::vector<Definition> read_definitions(const std::vector<Block>& blocks,
                                                       const std::filesystem::path& file, const NoteFolders& folders);

/// The whole text of a note. Throws IoError if it cannot be read.
[[nodiscard]] std::string note_text(const std::filesystem::path& file);

}  // namespace shatterproof
