#include "shatterproof/report/page.hpp"

#include <stdexcept>

namespace shatterproof::report {
namespace {

constexpr std::string_view kPlace = "__REPORT_JSON__";

/// The same JSON without a character that HTML or JavaScript could take for something else.
std::string escaped(const std::string& json) {
  std::string text;
  text.reserve(json.size() + json.size() / 16);
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    const bool separator = json.compare(i, 3, "\xE2\x80\xA8") == 0 || json.compare(i, 3, "\xE2\x80\xA9") == 0;
    if (separator) {
      text += json[i + 2] == '\xA8' ? "\\u2028" : "\\u2029";
      i += 2;
    } else if (c == '<') {
      text += "\\u003c";
    } else if (c == '>') {
      text += "\\u003e";
    } else if (c == '&') {
      text += "\\u0026";
    } else {
      text += c;
    }
  }
  return text;
}

}  // namespace

std::string page_with(std::string_view page, const std::string& json) {
  const std::size_t place = page.find(kPlace);
  if (place == std::string_view::npos || page.find(kPlace, place + 1) != std::string_view::npos)
    throw std::logic_error("the page does not have exactly one place for the document");
  std::string text(page.substr(0, place));
  text += escaped(json);
  text += page.substr(place + kPlace.size());
  return text;
}

}  // namespace shatterproof::report
