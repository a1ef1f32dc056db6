#include "shatterproof/claims/note_definitions.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <optional>
#include <regex>
#include <sstream>

#include "shatterproof/claims/expression/expression_error.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/core/read_file.hpp"

namespace shatterproof {
namespace {

namespace fs = std::filesystem;

/// The line without its comment and the blanks around it.
std::string meaning(const std::string& line) {
  const std::string text = line.substr(0, line.find('#'));
  const std::size_t first = text.find_first_not_of(" \t");
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

constexpr std::size_t kLongestHead = 1000;

/// The name that the line defines: of "name = ..." or "name(a, b) = ...".
std::optional<std::string> defined_name(const std::string& text) {
  static const std::regex head(R"(([A-Za-z_]\w*)\s*(?:\(\s*[A-Za-z_]\w*\s*(?:,\s*[A-Za-z_]\w*\s*)*\))?\s*)");
  const std::size_t equals = text.find('=');
  if (equals > kLongestHead || meaning(text.substr(equals + 1)).empty()) return std::nullopt;
  std::smatch match;
  const std::string front = text.substr(0, equals);
  if (!std::regex_match(front, match, head)) return std::nullopt;
  return match[1].str();
}

std::optional<std::string> imported_label(const std::string& text) {
  static const std::string word = "import";
  if (text.rfind(word, 0) != 0 || text.size() == word.size()) return std::nullopt;
  if (text[word.size()] != ' ' && text[word.size()] != '\t') return std::nullopt;
  return meaning(text.substr(word.size()));
}

/// Letters, digits, "-", "_", "." in parts that are not "." or "..": it cannot lead out of the folders.
bool is_label(const std::string& label) {
  if (label.empty() || label.size() > 200 || label.front() == '/' || label.find("//") != std::string::npos)
    return false;
  for (const fs::path& part : fs::path(label))
    if (part.empty() || part == "." || part == "..") return false;
  return label.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./") ==
         std::string::npos;
}

class Collector {
 public:
  explicit Collector(const NoteFolders& folders) : folders_(folders) {}

  void add_blocks(const std::vector<Block>& blocks, const fs::path& file) {
    open_.push_back(file);
    for (const Block& block : blocks) {
      if (block.kind != BlockKind::define) continue;
      std::istringstream lines(block.text);
      int number = block.line;
      for (std::string line; std::getline(lines, line);) add_line(line, file, ++number);
    }
    open_.pop_back();
  }

  std::vector<Definition> take() { return std::move(definitions_); }

 private:
  void add_line(const std::string& whole, const fs::path& file, int line) {
    const std::string text = meaning(whole);
    if (text.empty()) return;
    const std::string where = place_of(file.string(), line);
    if (const auto label = imported_label(text)) return import(*label, where);
    const auto name = defined_name(text);
    if (!name)
      throw FormatError(where, "definition", "'" + text + "'",
                        "name(arguments) = expression, name = expression, or import paper/label");
    const auto [first, fresh] = places_.emplace(*name, where);
    if (!fresh)
      throw FormatError(where, "definition", "'" + *name + "' a second time",
                        "a name that is defined once (first in " + first->second + ")");
    const int column = expression::characters(whole.substr(0, whole.find(text))) + 1;
    definitions_.push_back({text, *name, {file.string(), line, column}});
  }

  void import(const std::string& label, const std::string& where) {
    const fs::path file = find(label, where);
    const auto same = [&](const fs::path& other) {
      std::error_code ignored;
      return fs::equivalent(file, other, ignored);
    };
    if (std::any_of(open_.begin(), open_.end(), same))
      throw FormatError(where, "import", "'" + label + "', which imports this note or is this note",
                        "imports that do not run in a circle");
    // Two imports may bring in the same note; its definitions are the same ones.
    if (std::any_of(done_.begin(), done_.end(), same)) return;
    add_blocks(note_blocks(note_text(file), file.string()), file);
    done_.push_back(file);
  }

  fs::path find(const std::string& label, const std::string& where) const {
    if (!is_label(label))
      throw FormatError(where, "import", "'" + label + "'", "the label of a note, such as stable-minima/E.2");
    std::string searched;
    for (const fs::path& folder : folders_) {
      const fs::path file = folder / (label + ".md");
      if (fs::is_regular_file(file)) return file.lexically_normal();
      searched += (searched.empty() ? "" : ", ") + file.lexically_normal().string();
    }
    throw FormatError(where, "import", "'" + label + "', but there is no such note",
                      searched.empty() ? "no import (this note stands in no folder)" : "one of " + searched);
  }

  NoteFolders folders_;
  std::vector<Definition> definitions_;
  std::map<std::string, std::string> places_;  // of each name
  std::vector<fs::path> open_, done_;          // notes being read, notes read
};

}  // namespace

std::string note_text(const fs::path& file) { return read_file(file); }

std::vector<Definition> read_definitions(const std::vector<Block>& blocks, const fs::path& file,
                                         const NoteFolders& folders) {
  Collector collector(folders);
  collector.add_blocks(blocks, file);
  return collector.take();
}

}  // namespace shatterproof
