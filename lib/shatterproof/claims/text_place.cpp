#include "shatterproof/claims/text_place.hpp"

#include <algorithm>

#include "shatterproof/claims/expression/expression_error.hpp"
#include "shatterproof/claims/markdown_blocks.hpp"

namespace shatterproof {

std::string TextPlace::text() const { return place_of(file, line); }

PlacedMessage placed(const TextPlace& begin, const expression::ExpressionError& error) {
  if (begin.column == 0) return {begin.text(), error.what()};
  const std::string before = error.source.substr(0, error.offset);
  const auto lines = static_cast<int>(std::count(before.begin(), before.end(), '\n'));
  const std::size_t start = lines == 0 ? 0 : before.rfind('\n') + 1;
  const int column = expression::characters(before.substr(start)) + (lines == 0 ? begin.column : 1);
  return {place_of(begin.file, begin.line + lines) + ":" + std::to_string(column), error.reason};
}

}  // namespace shatterproof
