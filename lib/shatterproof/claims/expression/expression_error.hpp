#pragma once
#include <cstddef>
#include <string>

#include "shatterproof/core/error.hpp"

namespace shatterproof::expression {

struct Node;

/// A mistake in an expression. The message says the column (and line, if there are several), what is wrong, and shows
/// the line with a caret under the place; in a definition also which one.
struct ExpressionError : PreconditionError {
  ExpressionError(const std::string& text_read, std::size_t offset, const std::string& text,
                  const std::string& place = "");
  ExpressionError(const Node& node, const std::string& text);
  std::string source;  ///< the whole text in which the mistake stands, so that its place in a note can be told
  std::size_t offset;  ///< of the mistake in it
  std::string reason;  ///< the message without line and column
};

/// Characters, not bytes, of UTF-8 text.
[[nodiscard]] int characters(const std::string& text);

}  // namespace shatterproof::expression
