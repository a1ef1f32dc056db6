#include "shatterproof/report/latex_text.hpp"

#include <catch2/catch.hpp>

#include "readers.hpp"
#include "sample_document.hpp"

using namespace shatterproof::report;

TEST_CASE("special characters are escaped, foreign ones named") {
  CHECK(latex_text("50% & #1 $x_i$") == "50\\% \\& \\#1 \\$x\\_i\\$");
  CHECK(latex_text("\\input{a}") == "\\textbackslash{}input\\{a\\}");
  CHECK(latex_text("λ ≤ 1") == "\\ensuremath{\\lambda} \\ensuremath{\\le} 1");
  CHECK(latex_text("é") == "é");
  CHECK(latex_text("😀") == "U+1F600");
  CHECK(latex_text("\xff\xc3") == "U+FFFDU+FFFD");
  CHECK(latex_text("a\nb") == "a b");
}

TEST_CASE("numbers and intervals") {
  CHECK(latex_number("1.5e10") == "\\num{1.5e10}");
  CHECK(latex_number("-inf") == "\\ensuremath{-\\infty}");
  CHECK(latex_interval("0.5", "0.5", 4) == "\\num{0.5}");
  CHECK(latex_interval("0.123456", "0.123457", 4) == "[\\num{0.1234}, \\num{0.1235}]");
  CHECK(latex_interval("1", "inf", 4).find("\\infty") != std::string::npos);
}

TEST_CASE("every character of every kind compiles") {
  std::string text = kNastyText;
  const auto add = [&](unsigned c) {
    text += c < 0x80    ? std::string(1, static_cast<char>(c))
            : c < 0x800 ? std::string{static_cast<char>(0xC0 | (c >> 6)), static_cast<char>(0x80 | (c & 63))}
                        : std::string{static_cast<char>(0xE0 | (c >> 12)), static_cast<char>(0x80 | ((c >> 6) & 63)),
                                      static_cast<char>(0x80 | (c & 63))};
    if (c % 16 == 0) text += ' ';
  };
  for (unsigned c = 1; c < 0x460; ++c) add(c);
  for (unsigned c = 0x2000; c < 0x2300; ++c) add(c);
  const TemporaryFolder folder;
  check_compiles(folder, latex_text(text) + "\n\n" + latex_code(text));
}
