#include "shatterproof/report/latex_text.hpp"

#include <cstdint>
#include <cstdio>
#include <map>
#include <set>

#include "shatterproof/numeric/ball.hpp"

namespace shatterproof::report {
namespace {

constexpr std::uint32_t kNotUtf8 = 0xFFFD;

/// The character at i, which moves on; kNotUtf8 for one byte that starts none.
std::uint32_t next_character(const std::string& text, std::size_t& i) {
  const auto byte = [&](std::size_t k) { return k < text.size() ? static_cast<unsigned char>(text[k]) : 0U; };
  const unsigned first = byte(i);
  const std::size_t length = first < 0x80         ? 1
                             : (first >> 5) == 6  ? 2
                             : (first >> 4) == 14 ? 3
                             : (first >> 3) == 30 ? 4
                                                  : 0;
  std::uint32_t character = length == 1 ? first : length == 0 ? kNotUtf8 : first & (0x7FU >> length);
  for (std::size_t k = 1; k < length; ++k) {
    if ((byte(i + k) >> 6) != 2) {
      ++i;
      return kNotUtf8;
    }
    character = (character << 6) | (byte(i + k) & 0x3FU);
  }
  i += length == 0 ? 1 : length;
  return character;
}

const std::map<std::uint32_t, const char*>& mathematics() {
  static const std::map<std::uint32_t, const char*> signs{
      {0x3B1, "\\alpha"},  {0x3B2, "\\beta"},   {0x3B3, "\\gamma"},   {0x3B4, "\\delta"},  {0x3B5, "\\varepsilon"},
      {0x3B6, "\\zeta"},   {0x3B7, "\\eta"},    {0x3B8, "\\theta"},   {0x3BA, "\\kappa"},  {0x3BB, "\\lambda"},
      {0x3BC, "\\mu"},     {0x3BD, "\\nu"},     {0x3BE, "\\xi"},      {0x3C0, "\\pi"},     {0x3C1, "\\rho"},
      {0x3C3, "\\sigma"},  {0x3C4, "\\tau"},    {0x3C6, "\\varphi"},  {0x3C7, "\\chi"},    {0x3C8, "\\psi"},
      {0x3C9, "\\omega"},  {0x393, "\\Gamma"},  {0x394, "\\Delta"},   {0x398, "\\Theta"},  {0x39B, "\\Lambda"},
      {0x3A0, "\\Pi"},     {0x3A3, "\\Sigma"},  {0x3A6, "\\Phi"},     {0x3A9, "\\Omega"},  {0x2264, "\\le"},
      {0x2265, "\\ge"},    {0x2260, "\\ne"},    {0x2248, "\\approx"}, {0x221E, "\\infty"}, {0x221A, "\\surd"},
      {0x2211, "\\sum"},   {0x222B, "\\int"},   {0x2208, "\\in"},     {0x2192, "\\to"},    {0xB1, "\\pm"},
      {0xD7, "\\times"},   {0xB7, "\\cdot"},    {0x2212, "-"},        {0xB2, "^2"},        {0xB3, "^3"},
      {0xB9, "^1"},        {0xBD, "\\tfrac12"}, {0xB0, "^\\circ"},    {0xF7, "\\div"},     {0x2200, "\\forall"},
      {0x2203, "\\exists"}};
  return signs;
}

std::string ascii_text(char c) {
  switch (c) {
    case '\\':
      return "\\textbackslash{}";
    case '{':
      return "\\{";
    case '}':
      return "\\}";
    case '$':
      return "\\$";
    case '&':
      return "\\&";
    case '#':
      return "\\#";
    case '%':
      return "\\%";
    case '_':
      return "\\_";
    case '^':
      return "\\textasciicircum{}";
    case '~':
      return "\\textasciitilde{}";
    case '<':
      return "\\textless{}";
    case '>':
      return "\\textgreater{}";
    case '|':
      return "\\textbar{}";
    case '"':
      return "\\textquotedblright{}";
    case '\'':
      return "\\textquotesingle{}";
    case '`':
      return "\\textasciigrave{}";
    case '-':
      return "-{}";  // no ligature of two
    case '[':
      return "{[}";  // nor an optional argument after \\ of a table
    case ']':
      return "{]}";
    case '*':
      return "{*}";
    default:
      return static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? " " : std::string(1, c);
  }
}

/// A Latin letter that pdflatex can put together in any encoding of fonts.
bool is_composed(std::uint32_t c) {
  static const std::set<std::uint32_t> missing{0xD0,  0xDE,  0xF0,  0xFE,  0x104, 0x105, 0x110, 0x111, 0x118,
                                               0x119, 0x126, 0x127, 0x12E, 0x12F, 0x132, 0x133, 0x138, 0x13F,
                                               0x140, 0x149, 0x14A, 0x14B, 0x166, 0x167, 0x172, 0x173};
  return c >= 0xC0 && c <= 0x17E && missing.count(c) == 0;
}

std::string character_text(std::uint32_t c, const std::string& bytes) {
  if (c < 0x80) return ascii_text(static_cast<char>(c));
  if (const auto sign = mathematics().find(c); sign != mathematics().end())
    return std::string("\\ensuremath{") + sign->second + "}";
  if (c == 0xA0 || c == 0x202F || c == 0x2009) return "~";
  if (c == 0x2013) return "\\textendash{}";
  if (c == 0x2014) return "\\textemdash{}";
  if (c == 0x2018 || c == 0x2019) return "\\textquotesingle{}";
  if (c == 0x201C) return "\\textquotedblleft{}";
  if (c == 0x201D) return "\\textquotedblright{}";
  if (c == 0x2026) return "\\dots{}";
  if (is_composed(c)) return bytes;
  char number[16];
  std::snprintf(number, sizeof number, "U+%04X", static_cast<unsigned>(c));
  return number;
}

template <class Write>
std::string each_character(const std::string& plain, const Write& write) {
  std::string text;
  for (std::size_t i = 0; i < plain.size();) {
    const std::size_t start = i;
    const std::uint32_t character = next_character(plain, i);
    text += write(character, plain.substr(start, i - start));
  }
  return text;
}

}  // namespace

std::string latex_text(const std::string& plain) { return each_character(plain, character_text); }

std::string latex_code(const std::string& plain) {
  return "\\texttt{" +
         each_character(plain,
                        [](std::uint32_t c, const std::string& bytes) {
                          const bool may_break = c == '/' || c == '.' || c == '-' || c == '_';
                          return character_text(c, bytes) + (may_break ? "\\allowbreak{}" : "");
                        }) +
         "}";
}

std::string latex_number(const std::string& decimal) {
  if (decimal == "inf") return "\\ensuremath{\\infty}";
  if (decimal == "-inf") return "\\ensuremath{-\\infty}";
  return "\\num{" + decimal + "}";
}

std::string latex_interval(const std::string& lower, const std::string& upper, int digits) {
  const auto rounded = [&](const std::string& end, bool up) {
    if (end == "inf" || end == "-inf") return end;
    const BallText text = to_text(Ball::decimal(end), digits);
    return up ? text.upper : text.lower;
  };
  const PrecisionScope precision(256);
  if (lower == upper) return latex_number(lower);
  return "[" + latex_number(rounded(lower, false)) + ", " + latex_number(rounded(upper, true)) + "]";
}

}  // namespace shatterproof::report
