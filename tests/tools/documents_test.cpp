// Runs the commands that README.md, tools/README.md and CONTRIBUTING.md show, and compares what they show of the
// output.
//   ```sh        every line is a command that must succeed
//   ```console   "$ command", then its output; "..." stands for anything, alone in a line for any lines; an exit code
//                other than 0 stands in a comment: "$ command    # exit code 1"
//   <!-- run by FILE --> before a block: it takes long, and FILE, which CI runs, must have the same commands
//   <!-- file NAME --> before a block: it is the content of a file that later commands read
// Seconds are not compared, nor spaces.
#include <catch2/catch.hpp>
#include <regex>
#include <sstream>

#include "run_program.hpp"

namespace fs = std::filesystem;

namespace {

struct Block {
  std::string kind, mark;  ///< "sh", "console" ...; what the comment before it says
  std::vector<std::string> lines;
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::vector<Block> blocks_of(const fs::path& document) {
  std::vector<Block> blocks;
  std::string mark, fence;
  for (const std::string& line : lines_of(text_of(document))) {
    std::smatch match;
    if (!fence.empty()) {
      if (line == fence)
        fence.clear();
      else
        blocks.back().lines.push_back(line);
    } else if (std::regex_match(line, match, std::regex("(```+)([a-z]*)"))) {
      fence = match[1];
      blocks.push_back({match[2], mark, {}});
      mark.clear();
    } else if (std::regex_match(line, match, std::regex("<!-- (.*) -->"))) {
      mark = match[1];
    } else if (!line.empty()) {
      mark.clear();
    }
  }
  REQUIRE(fence.empty());
  return blocks;
}

/// The folder in which a reader would stand: that of the sources, with a build, but free to be written to.
struct Workplace : TemporaryFolder {
  Workplace() {
    for (const char* name : {"proofs_notes", "tests", "tools", "lib", "constructions"})
      fs::create_directory_symlink(source_folder() / name, path / name);
    fs::create_directories(path / "build/release");
    fs::create_directory_symlink(fs::path(program_path()).parent_path(), path / "build/release/bin");
  }

  /// Output and errors, as they come in a terminal.
  Run run(const std::string& command) const {
    write("command.sh",
          "cd '" + path.string() + "'\nPATH=$PWD/build/release/bin:$PATH\nrm command.sh\nexec 2>&1\n" + command + "\n");
    return run_program("'" + (path / "command.sh").string() + "'", "bash");
  }
};

/// Without what differs from run to run and from machine to machine.
std::string essence(std::string line) {
  line = std::regex_replace(line, std::regex("; [0-9]+ from the cache$"), "");
  line = std::regex_replace(line, std::regex("\\b([0-9]+\\.[0-9]+ ?s|cached)(?= |$)"), "TIME");
  line = std::regex_replace(line, std::regex(" +"), " ");
  return line.substr(0, line.find_last_not_of(' ') + 1);
}

/// `shown` with "..." for anything.
bool line_matches(const std::string& shown, const std::string& line) {
  std::size_t at = 0, from = 0;
  while (true) {
    const std::size_t dots = shown.find("...", from);
    const std::string part = shown.substr(from, dots == std::string::npos ? dots : dots - from);
    const std::size_t found =
        from == 0 ? (line.starts_with(part) ? 0 : std::string::npos)
        : dots == std::string::npos
            ? (line.size() >= at + part.size() && line.ends_with(part) ? line.size() - part.size() : std::string::npos)
            : line.find(part, at);
    if (found == std::string::npos) return false;
    at = found + part.size();
    if (dots == std::string::npos) return at == line.size();
    from = dots + 3;
  }
}

/// From the places given on, with "..." lines for any lines.
bool output_matches(const std::vector<std::string>& shown, std::size_t s, const std::vector<std::string>& lines,
                    std::size_t l) {
  for (; s < shown.size(); ++s, ++l) {
    if (shown[s] == "...") {
      for (std::size_t next = l; next <= lines.size(); ++next)
        if (output_matches(shown, s + 1, lines, next)) return true;
      return false;
    }
    if (l >= lines.size() || !line_matches(shown[s], lines[l])) return false;
  }
  return l == lines.size();
}

std::vector<std::string> essential_lines(const std::vector<std::string>& lines) {
  std::vector<std::string> result;
  for (const std::string& line : lines) result.push_back(essence(line));
  while (!result.empty() && result.back().empty()) result.pop_back();
  return result;
}

int expected_exit_code(const std::string& command) {
  std::smatch match;
  return std::regex_search(command, match, std::regex("# exit code ([0-9]+)$")) ? std::stoi(match[1]) : 0;
}

/// The commands of a ```console block with the output that it shows of each.
std::vector<std::pair<std::string, std::vector<std::string>>> dialogue(const Block& block) {
  std::vector<std::pair<std::string, std::vector<std::string>>> commands;
  for (const std::string& line : block.lines) {
    if (line.starts_with("$ ")) {
      commands.emplace_back(line.substr(2), std::vector<std::string>{});
    } else {
      REQUIRE_FALSE(commands.empty());
      commands.back().second.push_back(line);
    }
  }
  return commands;
}

void run_console(const Workplace& place, const Block& block) {
  for (const auto& [command, shown] : dialogue(block)) {
    const Run run = place.run(command);
    INFO("$ " << command << '\n' << run.out);
    CHECK(run.exit_code == expected_exit_code(command));
    CHECK(output_matches(essential_lines(shown), 0, essential_lines(lines_of(run.out)), 0));
  }
}

void check_run_elsewhere(const Block& block, const std::string& file) {
  const std::vector<std::string> there = lines_of(text_of(source_folder() / file));
  for (const std::string& command : block.lines) {
    CAPTURE(command, file);
    CHECK(std::find(there.begin(), there.end(), command) != there.end());
  }
}

/// Runs all blocks in order, in one folder; returns how many commands were run or found elsewhere.
std::size_t run_document(const std::string& document) {
  const Workplace place;
  std::size_t commands = 0;
  for (const Block& block : blocks_of(source_folder() / document)) {
    if (block.mark.starts_with("file ")) {
      std::string text;
      for (const std::string& line : block.lines) text += line + "\n";
      place.write(block.mark.substr(5), text);
    } else if (block.mark.starts_with("run by ")) {
      check_run_elsewhere(block, block.mark.substr(7));
      commands += block.lines.size();
    } else if (block.kind == "console") {
      run_console(place, block);
      commands += dialogue(block).size();
    } else if (block.kind == "sh") {
      for (const std::string& command : block.lines) {
        const Run run = place.run(command);
        INFO("$ " << command << '\n' << run.out);
        CHECK(run.exit_code == expected_exit_code(command));
        ++commands;
      }
    }
  }
  return commands;
}

}  // namespace

TEST_CASE("README.md shows what happens") { CHECK(run_document("README.md") >= 9); }

TEST_CASE("tools/README.md shows what happens") { CHECK(run_document("tools/README.md") >= 10); }

TEST_CASE("CONTRIBUTING.md shows what happens") { CHECK(run_document("CONTRIBUTING.md") >= 4); }

TEST_CASE("links of the documents lead somewhere") {
  for (const char* document : {"README.md", "tools/README.md", "CONTRIBUTING.md"}) {
    const std::string text = text_of(source_folder() / document);
    const std::regex link("\\]\\(([^)#:]+)(#[^)]*)?\\)");
    for (std::sregex_iterator at(text.begin(), text.end(), link), end; at != end; ++at) {
      CAPTURE(document, (*at)[1].str());
      CHECK(fs::exists((source_folder() / document).parent_path() / (*at)[1].str()));
    }
  }
}

TEST_CASE("what a document shows is compared") {
  const std::vector<std::string> lines{"one 1", "two 2", "three", "four"};
  CHECK(output_matches({"one 1", "...", "four"}, 0, lines, 0));
  CHECK(output_matches({"...", "t... 2", "three", "four"}, 0, lines, 0));
  CHECK_FALSE(output_matches({"one 1", "..."}, 0, {"one 2"}, 0));
  CHECK_FALSE(output_matches({"one 1", "two 2", "three"}, 0, lines, 0));
  CHECK_FALSE(output_matches({"...", "three"}, 0, lines, 0));
  CHECK_FALSE(line_matches("t...3", "two 2"));
  CHECK(essence("claim  proved  64   0.26s  1.1x") == essence("claim proved 64 cached 1.1x"));
  CHECK(essence("64 bits, 1.58 s") != essence("65 bits, 1.58 s"));
}
