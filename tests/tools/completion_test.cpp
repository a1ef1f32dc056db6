#include <algorithm>
#include <catch2/catch.hpp>
#include <regex>
#include <set>
#include <sstream>

#include "run_on_terminal.hpp"

namespace fs = std::filesystem;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string output_of(const std::string& line) {
  const Run run = run_program("-c '" + line + "'", "bash");
  INFO(line << '\n' << run.err);
  CHECK(run.exit_code == 0);
  CHECK(run.err.empty());
  return run.out;
}

bool is_installed(const std::string& command) {
  return std::system(("command -v " + command + " >/dev/null").c_str()) == 0;
}

/// Every file that `generate share` makes, in a folder of its own.
struct Share : TemporaryFolder {
  Share() { REQUIRE(run_program("generate share '" + (path / "share").string() + "'").exit_code == 0); }

  std::string script(const std::string& shell) const {
    if (shell == "bash") return (path / "share/bash-completion/completions/shatterproof").string();
    if (shell == "zsh") return (path / "share/zsh/site-functions/_shatterproof").string();
    return (path / "share/fish/vendor_completions.d/shatterproof.fish").string();
  }
  std::string page(const std::string& name) const { return (path / "share/man/man1" / (name + ".1")).string(); }
};

/// What bash offers for a command line whose last word is being typed, in the folder of the sources.
std::set<std::string> offered(const Share& share, const std::vector<std::string>& words) {
  std::string line = "cd \"" + source_folder().string() + "\"; source \"" + share.script("bash") +
                     "\"; COMP_WORDS=(\"" + program_path() + "\"";
  for (const std::string& word : words) line += " \"" + word + "\"";
  line += "); COMP_CWORD=" + std::to_string(words.size()) +
          "; _shatterproof; if ((${#COMPREPLY[@]} > 0)); then printf \"%s\\n\" \"${COMPREPLY[@]}\"; fi";
  const std::vector<std::string> lines = lines_of(output_of(line));
  return {lines.begin(), lines.end()};
}

/// The subcommands, as --help lists them.
std::vector<std::string> commands() {
  const std::string help = run_program("--help").out;
  std::vector<std::string> names;
  const std::regex entry("\n  ([a-z]+) +[A-Za-z]");
  const std::size_t from = help.find("Subcommands:");
  REQUIRE(from != std::string::npos);
  const std::string list = help.substr(from);
  for (std::sregex_iterator at(list.begin(), list.end(), entry), end; at != end; ++at) names.push_back((*at)[1]);
  return names;
}

/// The options of a subcommand, as its --help lists them.
std::vector<std::string> options(const std::string& command) {
  const std::string help = run_program(command + " --help").out;
  std::vector<std::string> names;
  const std::regex entry("\n  ((-[A-Za-z],)?--[A-Za-z-]+(,--[A-Za-z-]+)*)");
  for (std::sregex_iterator at(help.begin(), help.end(), entry), end; at != end; ++at) {
    std::istringstream parts((*at)[1]);
    for (std::string name; std::getline(parts, name, ',');) names.push_back(name);
  }
  return names;
}

}  // namespace

TEST_CASE("bash completes subcommands, options, values, claims, families and files") {
  using Words = std::set<std::string>;
  const Share share;
  CHECK(offered(share, {"ver"}) == Words{"verify"});
  CHECK(offered(share, {"gen"}).empty());  // hidden
  CHECK(offered(share, {""}).size() == commands().size());
  CHECK(offered(share, {"verify", "--upd"}) == Words{"--update-lock"});
  CHECK(offered(share, {"flatness", "--loss", "m"}) == Words{"mean"});
  CHECK(offered(share, {"flatness", "--loss", "=", "h"}) == Words{"half-mean"});
  CHECK(offered(share, {"train", "--geometry", ""}) == Words{"ball", "radial", "sphere", "subspaces"});
  CHECK(offered(share, {"experiment", "E1"}) == Words{"E1", "E10"});
  CHECK(offered(share, {"experiment", "--scale", "p"}) == Words{"paper"});
  CHECK(offered(share, {"construct", "cap"}) == Words{"cap_packing"});
  CHECK(offered(share, {"pack", "--dim", "8", "--family", "E"}) == Words{"E8"});
  CHECK(offered(share, {"verify", "stable-minima/E.2/upper-"}) ==
        Words{"stable-minima/E.2/upper-sharp", "stable-minima/E.2/upper-too-sharp"});
  CHECK(offered(share, {"flatness", "tests/golden/numpy_d"}) == Words{"tests/golden/numpy_deflated.npz"});
  CHECK(offered(share, {"flatness", "--trajectory", "tests/golden/t"}) == Words{"tests/golden/trained"});
  CHECK(offered(share, {"bounds", "--dim", ""}).empty());
}

TEST_CASE("bash completes at the tabulator key") {
  const Share share;
  const fs::path bin = share.path / "bin";
  fs::create_directories(bin);
  fs::create_symlink(program_path(), bin / "shatterproof");
  share.write("rc", "PS1='> '\nPATH='" + bin.string() + "':$PATH\nsource '" + share.script("bash") + "'\n");
  const TerminalRun run =
      run_line_on_terminal("TERM=dumb exec bash --noprofile --rcfile '" + (share.path / "rc").string() + "' -i", 80,
                           "shatterproof ev\t2+3\nexit\n");
  CHECK_THAT(run.terminal, Catch::Contains("5.0000000000000000000 +/- 0"));
}

TEST_CASE("zsh and fish take their scripts") {
  const Share share;
  for (const char* shell : {"bash", "zsh", "fish"}) {
    CAPTURE(shell);
    CHECK(run_program(std::string("generate completion ") + shell).out == text_of(share.script(shell)));
    if (is_installed(shell)) CHECK(run_program("-n '" + share.script(shell) + "'", shell).err.empty());
  }
  if (!is_installed("fish")) return;
  const Run run = run_program(
      "-c 'source \"" + share.script("fish") + "\"; complete -C \"shatterproof flatness --loss h\"'", "fish");
  CHECK_THAT(run.out, Catch::StartsWith("half-mean\t"));
}

TEST_CASE("every subcommand and every option has its entry, in all scripts and pages") {
  const Share share;
  REQUIRE(commands().size() >= 10);
  const std::string program_page = text_of(share.page("shatterproof"));
  for (const std::string& command : commands()) {
    CAPTURE(command);
    CHECK_THAT(program_page, Catch::Contains("\\fB" + command + "\\fR"));
    REQUIRE(fs::exists(share.page("shatterproof-" + command)));
    const std::string page = text_of(share.page("shatterproof-" + command));
    const std::vector<std::string> bash = lines_of(text_of(share.script("bash"))),
                                   fish = lines_of(text_of(share.script("fish")));
    const std::string zsh = text_of(share.script("zsh"));
    const std::size_t begin = zsh.find("\n      " + command + ") "), end = zsh.find(";;", begin);
    REQUIRE(begin != std::string::npos);
    const std::vector<std::string> names = options(command);
    CHECK(names.size() >= 5);
    for (const std::string& name : names) {
      CAPTURE(name);
      CHECK_THAT(page, Catch::Contains(std::regex_replace("\\fB" + name + "\\fR", std::regex("-"), "\\-")));
      CHECK_THAT(zsh.substr(begin, end - begin), Catch::Contains(name));
      const std::string in_bash = "      '" + command + " -'*) ", in_fish = "from " + command + "' ",
                        as_fish = (name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1)) + " ";
      CHECK(std::any_of(bash.begin(), bash.end(), [&](const std::string& line) {
        return line.starts_with(in_bash) &&
               (line.find(" " + name + " ") != std::string::npos || line.find("'" + name + " ") != std::string::npos ||
                line.find(" " + name + "'") != std::string::npos);
      }));
      CHECK(std::any_of(fish.begin(), fish.end(), [&](const std::string& line) {
        return line.find(in_fish) != std::string::npos && line.find(as_fish) != std::string::npos;
      }));
    }
  }
}

TEST_CASE("troff has nothing to complain about in the manual pages") {
  if (!is_installed("groff")) return;
  const Share share;
  std::vector<std::string> pages{source_folder().string() + "/lib/checker/shatterproof-check.1"};
  for (const auto& entry : fs::directory_iterator(share.path / "share/man/man1"))
    pages.push_back(entry.path().string());
  for (const std::string& page : pages) {
    CAPTURE(page);
    const Run run = run_program("-man -Tutf8 -ww -z '" + page + "'", "groff");
    CHECK(run.exit_code == 0);
    CHECK(run.err.empty());
    if (is_installed("lexgrog") && is_installed("mandb"))
      CHECK(run_program("--warnings -E UTF-8 -l '" + page + "' >/dev/null", "man").err.empty());
  }
}

TEST_CASE("generate refuses what it cannot do") {
  CHECK(run_program("generate").exit_code == 2);
  CHECK(run_program("generate completion tcsh").exit_code == 2);
  CHECK(run_program("generate share /dev/null/x").exit_code == 3);
}
