#include "terminal.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "progress_bar.hpp"

namespace shatterproof::tools {
namespace {

constexpr std::size_t kUsualWidth = 80, kLeastWidth = 20;

/// Where the first `width` columns of the text end: characters of UTF-8; colours take no room.
std::size_t end_of_columns(std::string_view text, std::size_t width, std::size_t* found = nullptr) {
  std::size_t end = 0, columns = 0;
  while (end < text.size()) {
    if (text[end] == '\x1b') {
      end = std::min(text.find('m', end), text.size() - 1) + 1;
      continue;
    }
    if (columns == width) break;
    ++columns;
    do ++end;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U);
  }
  if (found != nullptr) *found = columns;
  return end;
}

const char* colour_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::proved:
      return "32";
    case Verdict::supported:
      return "36";
    case Verdict::vacuous:
      return "33";
    case Verdict::refuted:
      return "35";
    case Verdict::undecided:
      break;
  }
  return "31";
}

}  // namespace

std::optional<std::size_t> terminal_width(int descriptor) {
  if (isatty(descriptor) == 0) return {};
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return std::max<std::size_t>(size.ws_col, kLeastWidth);
  const char* columns = std::getenv("COLUMNS");
  std::size_t width = 0;
  if (columns != nullptr) std::from_chars(columns, columns + std::strlen(columns), width);
  return width == 0 ? kUsualWidth : std::max(width, kLeastWidth);
}

bool takes_escapes(int descriptor) {
  const char* kind = std::getenv("TERM");
  return isatty(descriptor) != 0 && (kind == nullptr || std::strcmp(kind, "dumb") != 0);
}

std::string coloured(const std::string& text, Verdict verdict) {
  static const bool wanted = [] {
    const char* refused = std::getenv("NO_COLOR");
    return takes_escapes(STDOUT_FILENO) && (refused == nullptr || *refused == '\0');
  }();
  return wanted && !text.empty() ? fmt::format("\x1b[{}m{}\x1b[0m", colour_of(verdict), text) : text;
}

std::size_t display_width(std::string_view text) {
  std::size_t columns = 0;
  end_of_columns(text, text.size(), &columns);
  return columns;
}

std::string cut_to(const std::string& text, std::size_t width) {
  if (display_width(text) <= width) return text;
  return width == 0 ? "" : text.substr(0, end_of_columns(text, width - 1)) + "…";
}

std::vector<std::string> wrapped(const std::string& text, std::size_t width) {
  std::vector<std::string> lines;
  std::string_view rest = text;
  while (display_width(rest) > width) {
    const std::size_t most = end_of_columns(rest, width);
    std::size_t end = rest[most] == ' ' ? most : rest.rfind(' ', most);
    if (end == std::string_view::npos || rest.find_first_not_of(' ') >= end) end = most;
    lines.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(rest.find_first_not_of(' ', end), rest.size()));
  }
  if (!rest.empty() || lines.empty()) lines.emplace_back(rest);
  return lines;
}

void print_line(std::string_view line) {
  const ProgressBar::Pause pause;
  fmt::print("{}\n", line);
  if (pause.needed()) std::fflush(stdout);
}

void print_text(const std::string& text, std::size_t indent, std::size_t hang) {
  const auto width = terminal_width(STDOUT_FILENO);
  const std::string margin(indent, ' ');
  if (!width || *width < indent + hang + kLeastWidth || indent + display_width(text) <= *width)
    return print_line(margin + text);
  // The first line is wider than those that go on below it.
  const std::string first = wrapped(text, *width - indent).front();
  print_line(margin + first);
  const std::size_t next = std::min(text.find_first_not_of(' ', first.size()), text.size());
  for (const std::string& line : wrapped(text.substr(next), *width - indent - hang))
    print_line(margin + std::string(hang, ' ') + line);
}

}  // namespace shatterproof::tools
