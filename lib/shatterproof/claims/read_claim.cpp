#include "shatterproof/claims/read_claim.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <set>

#include "shatterproof/claims/expression/expression_error.hpp"
#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

const std::set<std::string> kCommonKeys{"id", "source", "statement", "expect", "uses", "assumes"};
constexpr const char* kDefine = "define";

/// Reads one block; knows the places of its keys.
class ClaimReader {
 public:
  ClaimReader(const Block& block, const std::string& file) : block_(block), file_(file) {
    try {
      table_ = toml::parse(block.text);
    } catch (const toml::parse_error& e) {
      throw FormatError(place(e.source()) + ": " + std::string(e.description()));
    }
  }

  Claim read(const std::vector<Definition>& definitions) {
    claim_.file = file_;
    claim_.line = block_.line;
    claim_.id = text("id");
    // Ids become arguments of commands and names of files.
    if (claim_.id.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/+=-") !=
            std::string::npos ||
        claim_.id.front() == '-')
      fail("id", "'" + claim_.id + "'", "letters, digits and . _ / + = -");
    claim_.source = text("source");
    claim_.statement = text("statement");
    const std::string expect = text("expect");
    const auto verdict = verdict_from_text(expect);
    if (!verdict) fail("expect", "'" + expect + "'", "proved, refuted, vacuous, supported or undecided");
    claim_.expect = *verdict;
    claim_.uses = texts("uses");
    claim_.assumes = texts("assumes");
    read_work();
    add_definitions(definitions);
    check_parameters();
    return std::move(claim_);
  }

 private:
  [[nodiscard]] std::string place(const toml::source_region& region) const {
    return place_of(file_, block_.line + static_cast<int>(region.begin.line));
  }
  /// Where the text of a TOML string begins, if the note writes it character by character: after its quotes, and for a
  /// text of several lines after the end of the first.
  [[nodiscard]] TextPlace text_place(const std::string& value, const toml::source_region& region) const {
    const std::string& text = block_.text;
    TextPlace begin{file_, block_.line + static_cast<int>(region.begin.line), 0};
    std::size_t at = 0;
    for (toml::source_index line = 1; line < region.begin.line; ++line) at = text.find('\n', at) + 1;
    std::size_t first = at;
    for (auto left = region.begin.column; left > 1; --left) do
        ++first;
      while (first < text.size() && (static_cast<unsigned char>(text[first]) & 0xC0U) == 0x80U);
    if (first >= text.size()) return begin;
    const std::size_t quotes = text.substr(first, 3).find_first_not_of(text[first]) == std::string::npos ? 3 : 1;
    first += quotes;
    if (quotes == 3 && first < text.size() && text[first] == '\n') ++first, ++begin.line, at = first;
    if (first <= text.size() && text.compare(first, value.size(), value) == 0)
      begin.column = expression::characters(text.substr(at, first - at)) + 1;
    return begin;
  }
  /// The place of a key's value, or of the block if it has no such key.
  [[nodiscard]] std::string place(const std::string& key) const {
    const toml::node* node = table_.get(key);
    return node ? place(node->source()) : place_of(file_, block_.line);
  }
  [[noreturn]] void fail(const std::string& key, const std::string& found, const std::string& expected) const {
    throw FormatError(place(key), key, found, expected);
  }

  [[nodiscard]] std::string text(const std::string& key) const {
    const toml::node* node = table_.get(key);
    if (!node || !node->is_string() || node->as_string()->get().empty())
      fail(key, node ? "not a text" : "nothing", "a non-empty text in quotes");
    return node->as_string()->get();
  }

  /// An optional list of texts.
  [[nodiscard]] std::vector<std::string> texts(const std::string& key) const {
    std::vector<std::string> result;
    const toml::node* node = table_.get(key);
    if (!node) return result;
    const auto* array = node->as_array();
    if (!array) fail(key, "no list", "a list of texts, such as [\"a\", \"b\"]");
    for (const toml::node& item : *array) {
      if (!item.is_string() || item.as_string()->get().empty())
        fail(key, "an item that is no text", "a list of non-empty texts");
      result.push_back(item.as_string()->get());
    }
    return result;
  }

  /// The procedure and its parameters, by the three forms of a block.
  void read_work() {
    if (block_.kind == BlockKind::rates) return read_inline("rates");
    if (table_.contains("procedure") && table_.contains("claim"))
      fail("claim", "the keys 'claim' and 'procedure' in one block", "one of the two");
    if (table_.contains("claim")) return read_inline("prove");
    if (!table_.contains("procedure"))
      fail("claim block", "neither 'claim' nor 'procedure'", "claim = \"an inequality\" or procedure = \"a name\"");
    claim_.procedure = text("procedure");
    for (const auto& [key, node] : table_)
      if (const std::string name(key.str()); name != "procedure" && name != "parameters" && !kCommonKeys.count(name))
        throw FormatError(place(node.source()), "claim block", "the key '" + name + "'",
                          "id, source, statement, expect, uses, assumes, procedure or [parameters]");
    if (const toml::node* node = table_.get("parameters")) {
      if (!node->is_table()) fail("parameters", "not a table", "a [parameters] table");
      for (const auto& [key, value] : *node->as_table()) set_parameter(std::string(key.str()), value);
    }
  }

  /// Every key but the common ones is a parameter.
  void read_inline(const std::string& procedure) {
    claim_.procedure = procedure;
    for (const auto& [key, node] : table_)
      if (const std::string name(key.str()); !kCommonKeys.count(name)) set_parameter(name, node);
  }

  void set_parameter(const std::string& name, const toml::node& node) {
    std::vector<std::string> values;
    if (const auto* array = node.as_array()) {
      for (const toml::node& item : *array) values.push_back(scalar_text(name, item));
    } else {
      values.push_back(scalar_text(name, node));
    }
    parameter_places_[name] = place(node.source());
    claim_.parameters.set(name, std::move(values));
  }

  /// The text of a scalar exactly as a procedure should see it.
  std::string scalar_text(const std::string& name, const toml::node& node) {
    const std::string where = place(node.source());
    if (const auto* s = node.as_string()) {
      claim_.places.emplace(s->get(), text_place(s->get(), node.source()));
      return s->get();
    }
    if (const auto* i = node.as_integer()) return std::to_string(i->get());
    if (const auto* b = node.as_boolean()) return b->get() ? "true" : "false";
    // A TOML float is already rounded to binary; an exact decimal has to come as a string.
    throw FormatError(where, name, "a value that is neither text, integer nor true or false",
                      "e.g. \"0.1\" in quotes (floats are not exact)");
  }

  const Procedure& procedure() const {
    const Procedure* procedure = find_procedure(claim_.procedure);
    if (!procedure)
      fail("procedure", "'" + claim_.procedure + "'", "a name listed by `shatterproof verify --list-procedures`");
    return *procedure;
  }

  [[nodiscard]] static bool knows(const Procedure& procedure, const std::string& name) {
    return std::find(procedure.known.begin(), procedure.known.end(), name) != procedure.known.end();
  }

  /// The note's definitions come first, so that the block's own ones may use them.
  void add_definitions(const std::vector<Definition>& definitions) {
    if (definitions.empty() || !knows(procedure(), kDefine)) return;
    std::vector<std::string> all;
    for (const Definition& definition : definitions) {
      all.push_back(definition.text);
      claim_.places.emplace(definition.text, definition.place);
    }
    if (claim_.parameters.has(kDefine))
      for (const std::string& own : claim_.parameters.all().at(kDefine)) all.push_back(own);
    claim_.parameters.set(kDefine, std::move(all));
  }

  void check_parameters() const {
    const Procedure& work = procedure();
    for (const auto& [name, values] : claim_.parameters.all())
      if (!knows(work, name))
        throw FormatError(parameter_places_.at(name), "parameters", "'" + name + "'",
                          fmt::format("a parameter of the procedure '{}': {}", work.name, fmt::join(work.known, ", ")));
    if (!work.check) return;
    try {
      work.check(claim_.parameters);
    } catch (const expression::ExpressionError& e) {
      const auto found = claim_.places.find(e.source);
      if (found == claim_.places.end()) throw FormatError(place_of(file_, block_.line) + ": " + e.what());
      const PlacedMessage error = placed(found->second, e);
      throw FormatError(error.place + ": " + error.message);
    } catch (const PreconditionError& e) {
      throw FormatError(place_of(file_, block_.line) + ": " + e.what());
    }
  }

  const Block& block_;
  const std::string& file_;
  toml::table table_;
  Claim claim_;
  std::map<std::string, std::string> parameter_places_;
};

}  // namespace

Claim read_claim(const Block& block, const std::string& file, const std::vector<Definition>& definitions) {
  return ClaimReader(block, file).read(definitions);
}

}  // namespace shatterproof
