#include "shatterproof/claims/note.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <set>
#include <sstream>

#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

struct Block {
  std::string text;
  int line = 0;  // of the opening fence
};

std::string place(const std::string& file, int line) { return file + ":" + std::to_string(line); }

std::string trimmed_end(std::string line) {
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t')) line.pop_back();
  return line;
}

/// How many backticks open the line; 0 if it is no fence of a code block (fewer than three, or code inside a line).
std::size_t fence_length(const std::string& line) {
  const std::size_t ticks = std::min(line.find_first_not_of('`'), line.size());
  return ticks >= 3 && line.find('`', ticks) == std::string::npos ? ticks : 0;
}

/// "``` claim", "~~~claim", "  ```claim", "```Claim": meant as a claim, but not one, so it would be passed over in
/// silence.
bool is_misspelt_claim(const std::string& line) {
  const std::size_t mark = std::min(line.find_first_not_of(" \t"), line.size());
  if (line.compare(mark, 3, "```") != 0 && line.compare(mark, 3, "~~~") != 0) return false;
  std::string word;
  for (const char c : line.substr(mark))
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    } else if (!word.empty()) {
      break;
    }
  return word == "claim" && line != "```claim";
}

std::vector<Block> claim_blocks(const std::filesystem::path& path) {
  const std::string file = path.string();
  std::ifstream in(path);
  if (!in || std::filesystem::is_directory(path)) throw IoError(file + ": cannot be read");
  std::vector<Block> blocks;
  enum { prose, claim, other_code } state = prose;
  int opened = 0, number = 0;
  std::size_t ticks = 0;  // of the fence that opened the block
  for (std::string line; std::getline(in, line);) {
    ++number;
    line = trimmed_end(line);
    const bool fence = fence_length(line) > 0;
    if (state == prose && is_misspelt_claim(line))
      throw FormatError(place(file, number), "claim block", "'" + line + "'", "```claim at the start of the line");
    if (state == prose && fence) {
      state = line == "```claim" ? claim : other_code;
      opened = number;
      ticks = fence_length(line);
      if (state == claim) blocks.push_back({"", number});
    } else if (fence_length(line) == line.size() && line.size() >= ticks && (line == "```" || state == other_code)) {
      state = prose;
    } else if (state == other_code && ticks == 3 && line == "```claim") {
      throw FormatError(place(file, number), "claim block", "'```claim' inside a code block",
                        "``` to close the block opened in line " + std::to_string(opened) +
                            " (an example stands between four backticks)");
    } else if (fence && state == claim) {
      throw FormatError(place(file, number), "claim block", "'" + line + "'",
                        "``` to close the block opened in line " + std::to_string(opened));
    } else if (state == claim) {
      blocks.back().text += line + "\n";
    }
  }
  // An open block of any kind would have swallowed the claims after it.
  if (state != prose)
    throw FormatError(place(file, opened), state == claim ? "claim block" : "code block", "the end of the file",
                      "a closing " + std::string(ticks, '`'));
  return blocks;
}

/// The text of a scalar exactly as a procedure should see it.
std::string scalar_text(const toml::node& node, const std::string& where, const std::string& key) {
  if (const auto* s = node.as_string()) return s->get();
  if (const auto* i = node.as_integer()) return std::to_string(i->get());
  if (const auto* b = node.as_boolean()) return b->get() ? "true" : "false";
  // A TOML float is already rounded to binary; an exact decimal has to come as a string.
  throw FormatError(where, key, "a value that is neither string, integer nor boolean",
                    "e.g. \"0.1\" in quotes (floats are not exact)");
}

Parameters read_parameters(const toml::table& table, const std::string& where) {
  Parameters parameters;
  for (const auto& [key, node] : table) {
    const std::string name(key.str());
    std::vector<std::string> values;
    if (const auto* array = node.as_array()) {
      for (const toml::node& item : *array) values.push_back(scalar_text(item, where, name));
    } else {
      values.push_back(scalar_text(node, where, name));
    }
    parameters.set(name, std::move(values));
  }
  return parameters;
}

const Procedure* find_procedure(const std::string& name) {
  for (const Procedure& p : procedures())
    if (p.name == name) return &p;
  return nullptr;
}

void check_procedure(const Claim& claim, const std::string& where) {
  const Procedure* procedure = find_procedure(claim.procedure);
  if (!procedure)
    throw FormatError(where, "procedure", "'" + claim.procedure + "'",
                      "a name listed by `shatterproof verify --list-procedures`");
  for (const auto& [name, values] : claim.parameters.all())
    if (std::find(procedure->known.begin(), procedure->known.end(), name) == procedure->known.end())
      throw FormatError(where, "parameters", "'" + name + "'",
                        "a parameter of the procedure '" + claim.procedure + "'");
}

Claim read_claim(const Block& block, const std::string& file) {
  toml::table table;
  try {
    table = toml::parse(block.text);
  } catch (const toml::parse_error& e) {
    const int line = block.line + static_cast<int>(e.source().begin.line);
    throw FormatError(place(file, line) + ": " + std::string(e.description()));
  }
  const std::string where = place(file, block.line);
  static const std::set<std::string> known{"id", "source", "statement", "expect", "procedure", "parameters"};
  for (const auto& [key, node] : table)
    if (known.count(std::string(key.str())) == 0) {
      const int line = block.line + static_cast<int>(node.source().begin.line);
      throw FormatError(place(file, line), "claim block", "the key '" + std::string(key.str()) + "'",
                        "id, source, statement, expect, procedure or [parameters]");
    }
  const auto text = [&](const char* key) {
    const toml::node* node = table.get(key);
    if (!node || !node->is_string() || node->as_string()->get().empty())
      throw FormatError(where, key, node ? "not a text" : "nothing", "a non-empty text in quotes");
    return node->as_string()->get();
  };
  Claim claim;
  claim.file = file;
  claim.line = block.line;
  claim.id = text("id");
  claim.source = text("source");
  claim.statement = text("statement");
  const std::string expect = text("expect");
  const auto verdict = verdict_from_text(expect);
  if (!verdict)
    throw FormatError(where, "expect", "'" + expect + "'", "proved, refuted, vacuous, supported or undecided");
  claim.expect = *verdict;
  claim.procedure = text("procedure");
  if (const toml::node* node = table.get("parameters")) {
    if (!node->is_table()) throw FormatError(where, "parameters", "not a table", "a [parameters] table");
    claim.parameters = read_parameters(*node->as_table(), where);
  }
  check_procedure(claim, where);
  return claim;
}

/// Ids seen so far, with their places.
class UsedIds {
 public:
  void add(const Claim& claim) {
    const std::string where = place(claim.file, claim.line);
    const auto [first, fresh] = seen_.emplace(claim.id, where);
    if (!fresh)
      throw FormatError(where, "id", "'" + claim.id + "' a second time",
                        "an id used once (first in " + first->second + ")");
  }

 private:
  std::map<std::string, std::string> seen_;
};

}  // namespace

std::vector<Claim> read_note(const std::filesystem::path& file) {
  std::vector<Claim> claims;
  UsedIds ids;
  for (const Block& block : claim_blocks(file)) {
    claims.push_back(read_claim(block, file.string()));
    ids.add(claims.back());
  }
  return claims;
}

std::vector<Claim> read_notes(const std::filesystem::path& folder) {
  if (!std::filesystem::is_directory(folder)) throw IoError(folder.string() + ": not a folder of notes");
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && entry.path().extension() == ".md") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<Claim> claims;
  UsedIds ids;
  for (const auto& file : files)
    for (Claim& claim : read_note(file)) {
      ids.add(claim);
      claims.push_back(std::move(claim));
    }
  return claims;
}

}  // namespace shatterproof
