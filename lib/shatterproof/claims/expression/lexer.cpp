#include "shatterproof/claims/expression/lexer.hpp"

#include <cctype>
#include <string_view>

#include "shatterproof/claims/expression/expression_error.hpp"

namespace shatterproof::expression {
namespace {

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }
bool starts_name(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_'; }

std::size_t skip_digits(std::string_view s, std::size_t i) {
  while (i < s.size() && is_digit(s[i])) ++i;
  return i;
}

/// Length of the number at the front: digits, an optional fraction (but not the dots of a range), an optional exponent.
std::size_t number_length(std::string_view s) {
  std::size_t i = skip_digits(s, 0);
  if (i < s.size() && s[i] == '.' && !(i + 1 < s.size() && s[i + 1] == '.')) i = skip_digits(s, i + 1);
  if (i < s.size() && (s[i] == 'e' || s[i] == 'E')) {
    std::size_t j = i + 1;
    if (j < s.size() && (s[j] == '+' || s[j] == '-')) ++j;
    if (j < s.size() && is_digit(s[j])) i = skip_digits(s, j);
  }
  return i;
}

std::size_t name_length(std::string_view s) {
  std::size_t i = 0;
  while (i < s.size() && (starts_name(s[i]) || is_digit(s[i]))) ++i;
  return i;
}

std::size_t symbol_length(std::string_view s) {
  for (const std::string_view two : {"<=", ">=", ".."})
    if (s.substr(0, 2) == two) return 2;
  return std::string_view("+-*/^(),<>=[]{}:").find(s.front()) != std::string_view::npos ? 1 : 0;
}

}  // namespace

std::vector<Token> tokens_of(const std::string& source, const std::string& place) {
  std::vector<Token> tokens;
  std::size_t at = 0;
  while (at < source.size()) {
    const std::string_view rest = std::string_view(source).substr(at);
    if (std::isspace(static_cast<unsigned char>(rest.front())) != 0) {
      ++at;
      continue;
    }
    const bool number = is_digit(rest[0]) || (rest[0] == '.' && rest.size() > 1 && is_digit(rest[1]));
    const TokenKind kind = number ? TokenKind::number : starts_name(rest[0]) ? TokenKind::name : TokenKind::symbol;
    const std::size_t length = number                    ? number_length(rest)
                               : kind == TokenKind::name ? name_length(rest)
                                                         : symbol_length(rest);
    if (length == 0) throw ExpressionError(source, at, "this character has no meaning in an expression", place);
    tokens.push_back({kind, std::string(rest.substr(0, length)), at});
    at += length;
  }
  tokens.push_back({TokenKind::end, "", source.size()});
  return tokens;
}

}  // namespace shatterproof::expression
