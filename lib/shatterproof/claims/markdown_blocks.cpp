#include "shatterproof/claims/markdown_blocks.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <sstream>

#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

constexpr std::pair<const char*, BlockKind> kKinds[] = {
    {"claim", BlockKind::claim}, {"rates", BlockKind::rates}, {"define", BlockKind::define}};

std::string trimmed_end(std::string line) {
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t')) line.pop_back();
  return line;
}

/// How many backticks open the line; 0 if it is no fence of a code block (fewer than three, or code inside a line).
std::size_t fence_length(const std::string& line) {
  const std::size_t ticks = std::min(line.find_first_not_of('`'), line.size());
  return ticks >= 3 && line.find('`', ticks) == std::string::npos ? ticks : 0;
}

/// The kind that the line opens: exactly ```claim, ```rates or ```define.
std::optional<BlockKind> opened_kind(const std::string& line) {
  for (const auto& [word, kind] : kKinds)
    if (line == std::string("```") + word) return kind;
  return std::nullopt;
}

/// "``` claim", "~~~claim", "  ```claim", "```Claim": the word that was meant, or nothing. Such a block would be passed
/// over in silence.
const char* misspelt_word(const std::string& line) {
  const std::size_t mark = std::min(line.find_first_not_of(" \t"), line.size());
  if (line.compare(mark, 3, "```") != 0 && line.compare(mark, 3, "~~~") != 0) return nullptr;
  std::string word;
  for (const char c : line.substr(mark))
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    } else if (!word.empty()) {
      break;
    }
  for (const auto& [known, kind] : kKinds)
    if (word == known && !opened_kind(line)) return known;
  return nullptr;
}

/// Reads line by line; the state is what the last fence opened.
class BlockReader {
 public:
  explicit BlockReader(const std::string& file) : file_(file) {}

  void line(const std::string& line) {
    ++number_;
    if (state_ == State::prose)
      in_prose(line);
    else if (closes(line))
      state_ = State::prose;
    else
      in_code(line);
  }

  std::vector<Block> end() {
    // An open block of any kind would have swallowed the claims after it.
    if (state_ != State::prose)
      fail(opened_, state_ == State::block ? word_ + " block" : "code block", "the end of the file",
           "a closing " + std::string(ticks_, '`'));
    return std::move(blocks_);
  }

 private:
  enum class State { prose, block, other_code };

  void in_prose(const std::string& line) {
    if (const char* word = misspelt_word(line))
      fail(number_, std::string(word) + " block", "'" + line + "'",
           "```" + std::string(word) + " at the start of the line");
    ticks_ = fence_length(line);
    if (ticks_ == 0) return;
    opened_ = number_;
    const auto kind = opened_kind(line);
    state_ = kind ? State::block : State::other_code;
    if (!kind) return;
    word_ = line.substr(ticks_);
    blocks_.push_back({*kind, "", number_});
  }

  [[nodiscard]] bool closes(const std::string& line) const {
    const bool only_ticks = fence_length(line) == line.size() && line.size() >= ticks_;
    return only_ticks && (line == "```" || state_ == State::other_code);
  }

  void in_code(const std::string& line) {
    if (state_ == State::block) {
      if (fence_length(line) > 0)
        fail(number_, word_ + " block", "'" + line + "'", "``` to close the block opened in line " + opened());
      blocks_.back().text += line + "\n";
    } else if (ticks_ == 3 && opened_kind(line)) {
      fail(number_, line.substr(3) + " block", "'" + line + "' inside a code block",
           "``` to close the block opened in line " + opened() + " (an example stands between four backticks)");
    }
  }

  [[nodiscard]] std::string opened() const { return std::to_string(opened_); }
  [[noreturn]] void fail(int line, const std::string& field, const std::string& found,
                         const std::string& expected) const {
    throw FormatError(place_of(file_, line), field, found, expected);
  }

  std::string file_;
  std::vector<Block> blocks_;
  State state_ = State::prose;
  int number_ = 0, opened_ = 0;
  std::size_t ticks_ = 0;  // of the fence that opened the block
  std::string word_;
};

}  // namespace

std::string place_of(const std::string& file, int line) { return file + ":" + std::to_string(line); }

std::vector<Block> note_blocks(const std::string& text, const std::string& file) {
  BlockReader reader(file);
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) reader.line(trimmed_end(line));
  return reader.end();
}

}  // namespace shatterproof
