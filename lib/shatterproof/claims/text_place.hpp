#pragma once
#include <string>

namespace shatterproof::expression {
struct ExpressionError;
}

namespace shatterproof {

/// Where a text of a note begins, so that a mistake inside it can be told by its own line and column.
struct TextPlace {
  std::string file;
  int line = 0;
  int column = 0;  ///< of its first character, from 1; 0: the file writes the text in another way (with escapes)

  [[nodiscard]] std::string text() const;  ///< "file:line"
};

/// What to tell of a mistake in the text that begins there.
struct PlacedMessage {
  std::string place;    ///< "file:line:column", or "file:line" where the column is not known
  std::string message;  ///< with the column in the text then
};
[[nodiscard]] PlacedMessage placed(const TextPlace& begin, const expression::ExpressionError& error);

}  // namespace shatterproof
