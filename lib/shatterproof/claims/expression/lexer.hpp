#pragma once
#include <string>
#include <vector>

namespace shatterproof::expression {

enum class TokenKind { number, name, symbol, end };

struct Token {
  TokenKind kind;
  std::string text;    ///< as written; empty at the end
  std::size_t offset;  ///< in bytes from the start of the source
};

/// Cuts the source into tokens; the last one is the end. Throws ExpressionError at a character that starts none; place:
/// see Source.
[[nodiscard]] std::vector<Token> tokens_of(const std::string& source, const std::string& place = "");

}  // namespace shatterproof::expression
