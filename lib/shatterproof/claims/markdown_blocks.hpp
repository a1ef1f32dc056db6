#pragma once
#include <string>
#include <vector>

namespace shatterproof {

/// The fenced blocks of a note that are read: ```claim, ```rates and ```define. All other code is prose to the reader.
enum class BlockKind { claim, rates, define };

struct Block {
  BlockKind kind;
  std::string text;  ///< the lines between the fences
  int line;          ///< of the opening fence, from 1
};

/// The blocks of a Markdown text, in order; `file` is its name in messages. A block starts with ```claim, ```rates or
/// ```define alone at the start of a line and ends with ```; examples stand between longer fences.
/// Throws FormatError naming file and line for an unclosed block of any kind, and for a fence that means one of these
/// words but is not written so ("~~~claim", "``` Claim"): nothing is passed over in silence.
[[nodiscard]] std::vector<Block> note_blocks(const std::string& text, const std::string& file);

/// "file:line", as messages name a place.
[[nodiscard]] std::string place_of(const std::string& file, int line);

}  // namespace shatterproof
