#include <algorithm>
#include <catch2/catch.hpp>
#include <regex>
#include <sstream>

#include "run_on_terminal.hpp"

namespace {

/// Quick commands with tables of every kind.
std::vector<std::string> tables() {
  return {"verify --no-cache '" + source_folder().string() + "/proofs_notes/stable-minima/E.40.md' --notes '" +
              source_folder().string() + "/proofs_notes' --list",
          "bounds --dim 2 --samples 1000 --eps 1/10",
          "bounds --dim 3 --sweep n=1e2..1e4",
          "construct cap_packing",
          "construct --list",
          "construct empty_caps --table n=1e2..1e4 --dims 3",
          "eval --list",
          "experiment --list",
          "flatness '" + source_folder().string() + "/tests/golden/trained/net.npz' --eta 0.1 --neurons",
          "flatness --trajectory '" + source_folder().string() + "/tests/golden/trained/run' --data '" +
              source_folder().string() + "/tests/golden/trained/data.npz'",
          "pack --dim 8 --eps 0.366",
          "pack --dim 5 --list",
          "verify --list-procedures"};
}

std::string without_escapes(const std::string& text) {
  return std::regex_replace(text, std::regex("\x1b\\[[0-9;]*m"), "");
}

/// Columns of the widest line, in characters.
std::size_t widest_line(const std::string& text) {
  std::size_t widest = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    widest = std::max(widest, static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
                        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
                      })));
  return widest;
}

std::vector<std::string> sorted_words(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words{std::istream_iterator<std::string>(stream), {}};
  std::sort(words.begin(), words.end());
  return words;
}

const std::string kShortProof = "prove 'forall h in (0,1]: h <= 1'";

}  // namespace

TEST_CASE("on a terminal tables are as wide as it is, and say the same as in a pipe") {
  constexpr unsigned short kColumns = 100;
  for (const std::string& command : tables()) {
    CAPTURE(command);
    const std::string piped = run_program(command).out, shown = without_escapes(printed_on_terminal(command, kColumns));
    CHECK(piped.find('\x1b') == std::string::npos);
    CHECK_FALSE(piped.empty());
    CHECK(widest_line(shown) <= kColumns);
    CHECK(sorted_words(shown) == sorted_words(piped));  // no number and no word is cut or lost
  }
}

TEST_CASE("a terminal that is wide enough shows what a pipe gets") {
  for (const std::string& command : tables()) {
    CAPTURE(command);
    CHECK(without_escapes(printed_on_terminal(command, 2000)) == run_program(command).out);
  }
}

TEST_CASE("colour by verdict is for terminals that want it, and adds nothing else") {
  const std::string coloured = printed_on_terminal("bounds --dim 2 --samples 1000 --eps 1/10", 80);
  CHECK_THAT(coloured, Catch::Contains("\x1b[32mcertified\x1b[0m") && Catch::Contains("\x1b[33mvacuous\x1b[0m"));
  CHECK_THAT(printed_on_terminal(kShortProof, 80), Catch::StartsWith("\x1b[32mproved\x1b[0m: "));
  for (const char* refusal : {"TERM=xterm NO_COLOR=1", "TERM=dumb"}) {
    const std::string plain = printed_on_terminal("bounds --dim 2 --samples 1000 --eps 1/10", 80, refusal);
    CHECK(plain == without_escapes(coloured));
    CHECK(plain != coloured);
  }
  CHECK(printed_on_terminal("bounds --dim 2 --samples 1000 --eps 1/10", 80, "TERM=xterm NO_COLOR=") == coloured);
}

TEST_CASE("verify wraps statements on a terminal and never in a pipe") {
  const TemporaryFolder folder;
  std::string statement;
  for (int i = 0; i < 40; ++i) statement += "word" + std::to_string(i) + " ";
  statement += "end";
  const std::string note =
      folder
          .write("mine.md", "```claim\nid = \"mine/1\"\nsource = \"me\"\nstatement = \"" + statement +
                                "\"\nforall = \"h in (0, 1]\"\nclaim = \"h <= 1\"\n" + "expect = \"proved\"\n```\n")
          .string();
  const std::string command = "verify --no-cache --notes '" + folder.path.string() + "' '" + note + "'";
  const Run piped = run_program(command);
  CHECK(piped.exit_code == 0);
  CHECK_THAT(piped.out, Catch::Contains(statement));
  const std::string shown = without_escapes(printed_on_terminal(command, 60));
  CHECK(shown.find(statement) == std::string::npos);
  for (int i = 0; i < 40; ++i)
    CHECK_THAT(shown,
               Catch::Contains("word" + std::to_string(i) + "\n") || Catch::Contains("word" + std::to_string(i) + " "));
  CHECK_THAT(shown, Catch::Contains("proved"));
}

TEST_CASE("a progress bar is drawn on a terminal that can erase it, and gone at the end") {
  const std::string work = "construct empty_caps --table n=1e3..1e5 --dims 3..4";
  const TerminalRun seen = run_on_terminal(work);
  CHECK(seen.exit_code == 0);
  CHECK_THAT(seen.terminal, Catch::Contains("[................]   0%  0/888000 samples"));
  CHECK(seen.terminal.rfind("\r\x1b[K") == seen.terminal.size() - 4);
  CHECK(seen.out == run_program(work).out);
  CHECK(run_program(work).err.empty());
  const TerminalRun dumb = run_line_on_terminal("TERM=dumb exec '" + program_path() + "' " + work + " >/dev/null");
  CHECK(dumb.terminal.empty());
}

TEST_CASE("rows that are printed while a bar is shown start on a line of their own") {
  const TemporaryFolder folder;
  const TerminalRun run =
      run_line_on_terminal("cd '" + folder.path.string() + "' && TERM=xterm exec '" + program_path() +
                               "' train --dim 2 --samples 16 --width 16 --epochs 300 -o run.npz",
                           200);
  CHECK(run.exit_code == 0);
  // Of what the terminal shows of each line only what was written after the last erasure is left.
  std::istringstream lines(std::regex_replace(run.terminal, std::regex("[^\n]*\r\x1b\\[K"), ""));
  int records = 0;
  for (std::string line; std::getline(lines, line);) {
    CHECK(line.find("[###") == std::string::npos);
    records += std::regex_match(line, std::regex(" *[0-9]+( +[0-9.e+-]+){9}.*\r"));
  }
  CHECK(records == 4);
}
