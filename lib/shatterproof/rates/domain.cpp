#include "shatterproof/rates/domain.hpp"

#include <cctype>

#include "shatterproof/core/error.hpp"

namespace shatterproof::rates {
namespace {

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return "";
  return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

bool is_name(const std::string& text) {
  if (text.empty() || std::isdigit(static_cast<unsigned char>(text.front())) != 0) return false;
  for (const char c : text)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '_') return false;
  return true;
}

[[noreturn]] void reject(std::string_view text) {
  throw PreconditionError("'" + std::string(text) +
                          "' is no range of a parameter; expected \"d >= 1\", \"d > 0\", \"d in [1, 8)\" or \"d = 5\"");
}

/// "[a, b)" with an infinite upper end spelt inf.
void read_interval(const std::string& text, std::string_view whole, ParameterRange& range) {
  const auto comma = text.find(',');
  if (text.size() < 2 || comma == std::string::npos) reject(whole);
  const char first = text.front(), last = text.back();
  if ((first != '[' && first != '(') || (last != ']' && last != ')')) reject(whole);
  range.lower = parse_rational(trimmed(std::string_view(text).substr(1, comma - 1)));
  range.lower_included = first == '[';
  const std::string upper = trimmed(std::string_view(text).substr(comma + 1, text.size() - comma - 2));
  range.upper_included = last == ']';
  if (upper != "inf") range.upper = parse_rational(upper);
  if (!range.upper && range.upper_included) reject(whole);
  const bool empty = range.upper && (*range.upper < range.lower ||
                                     (*range.upper == range.lower && !(range.lower_included && range.upper_included)));
  require(!empty, "'" + std::string(whole) + "' is an empty interval");
}

}  // namespace

bool ParameterRange::contains(const Rational& value) const {
  if (value < lower || (value == lower && !lower_included)) return false;
  return !upper || value < *upper || (value == *upper && upper_included);
}

ParameterRange parse_parameter_range(std::string_view text) {
  ParameterRange range;
  for (const std::string sign : {">=", ">", "=", " in "}) {
    const auto at = text.find(sign);
    if (at == std::string_view::npos) continue;
    range.name = trimmed(text.substr(0, at));
    const std::string rest = trimmed(text.substr(at + sign.size()));
    if (!is_name(range.name)) reject(text);
    if (sign == " in ") {
      read_interval(rest, text, range);
    } else {
      range.lower = parse_rational(rest);
      range.lower_included = sign != ">";
      if (sign == "=") {
        range.upper = range.lower;
        range.upper_included = true;
      }
    }
    return range;
  }
  reject(text);
}

std::string to_text(const ParameterRange& range) {
  const std::string lower = to_text_exact(range.lower);
  if (!range.upper) return range.name + (range.lower_included ? " >= " : " > ") + lower;
  if (*range.upper == range.lower) return range.name + " = " + lower;
  return range.name + " in " + (range.lower_included ? "[" : "(") + lower + ", " + to_text_exact(*range.upper) +
         (range.upper_included ? "]" : ")");
}

}  // namespace shatterproof::rates
