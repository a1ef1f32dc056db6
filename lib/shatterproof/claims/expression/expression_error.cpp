#include "shatterproof/claims/expression/expression_error.hpp"

#include <algorithm>

#include "shatterproof/claims/expression/syntax.hpp"

namespace shatterproof::expression {
namespace {

constexpr std::size_t kWidth = 100;

/// The message, with the line and column in the source or without.
std::string message(const std::string& source, std::size_t offset, const std::string& text, const std::string& place,
                    bool with_column) {
  const std::string before = source.substr(0, offset);
  const std::size_t start = before.rfind('\n') == std::string::npos ? 0 : before.rfind('\n') + 1;
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const int column = characters(before.substr(start)) + 1;
  // A long line is cut to what stands around the place.
  const std::size_t from = offset - start > kWidth / 2 ? offset - kWidth / 2 : start;
  std::string shown = source.substr(from, std::min(source.find('\n', offset), from + kWidth) - from);
  std::replace(shown.begin(), shown.end(), '\t', ' ');
  std::string where = (line > 1 ? "line " + std::to_string(line) + ", column " : "column ") + std::to_string(column);
  where = with_column ? where + ": " : "";
  return (place.empty() ? "" : place + ": ") + where + text + "\n  " + shown + "\n  " +
         std::string(static_cast<std::size_t>(characters(source.substr(from, offset - from))), ' ') + "^";
}

}  // namespace

ExpressionError::ExpressionError(const std::string& text_read, std::size_t offset_read, const std::string& text,
                                 const std::string& place)
    : PreconditionError(message(text_read, std::min(offset_read, text_read.size()), text, place, true)),
      source(text_read),
      offset(std::min(offset_read, text_read.size())),
      reason(message(source, offset, text, place, false)) {}

int characters(const std::string& text) {
  return static_cast<int>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

ExpressionError::ExpressionError(const Node& node, const std::string& text)
    : ExpressionError(node.source->text, node.offset, text, node.source->place) {}

}  // namespace shatterproof::expression
