#include <toml++/toml.h>

#include <cmath>

#include "shatterproof/core/error.hpp"
#include "shatterproof/core/read_file.hpp"
#include "shatterproof/training/sweep.hpp"

namespace shatterproof {
namespace {

constexpr std::size_t kMostCells = 1'000'000;

/// One key of a table with the texts that it takes in turn.
struct SweepAxis {
  std::string name;
  std::vector<std::string> texts;
  toml::source_region source;
};

/// A whole number without an exponent, so that it is one for every parameter.
std::string plain_text(double value) {
  constexpr double kExact = 9007199254740992;  // 2^53
  const bool whole = value == std::round(value) && std::abs(value) <= kExact;
  return whole ? std::to_string(static_cast<long>(value)) : shortest_text(value);
}

class SweepReader {
 public:
  SweepReader(std::string file, const std::string& text) : file_(std::move(file)) {
    try {
      table_ = toml::parse(text);
    } catch (const toml::parse_error& e) {
      throw FormatError(file_ + ":" + std::to_string(e.source().begin.line) + ": " + std::string(e.description()));
    }
  }

  Sweep read() {
    for (const auto& [key, node] : table_) {
      const std::string name(key.str());
      if (name != "seeds" && name != "settings" && name != "grid" && name != "derived" && name != "case")
        reject(node.source(), name, "an unknown key", "seeds, settings, grid, derived or case");
    }
    TrainingSettings common;
    for (const SweepAxis& axis : axes("settings")) set(common, axis, axis.texts.front());
    const std::vector<SweepAxis> grid = axes("grid"), derived = axes("derived");
    const std::int64_t seeds = seed_count();
    for (const auto& chosen : cases()) {
      TrainingSettings settings = common;
      for (const SweepAxis& axis : chosen) set(settings, axis, axis.texts.front());
      expand(settings, grid, 0, derived, seeds);
    }
    if (sweep_.cells.empty()) throw FormatError(file_, "grid", "no cell", "at least one");
    sweep_.varied = varied_parameters(sweep_.cells);
    return std::move(sweep_);
  }

 private:
  [[noreturn]] void reject(const toml::source_region& at, const std::string& key, const std::string& found,
                           const std::string& expected) const {
    throw FormatError(file_ + ":" + std::to_string(at.begin.line), key, found, expected);
  }

  void set(TrainingSettings& settings, const SweepAxis& axis, const std::string& text) const {
    try {
      set_parameter(settings, axis.name, text);
    } catch (const PreconditionError& e) {
      throw FormatError(file_ + ":" + std::to_string(axis.source.begin.line) + ": " + e.what());
    }
  }

  std::string text_of_node(const std::string& key, const toml::node& node) const {
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* whole = node.as_integer()) return std::to_string(whole->get());
    if (const auto* real = node.as_floating_point()) return plain_text(real->get());
    reject(node.source(), key, "another kind of value", "a number or a string");
  }

  /// The keys in the order of the file; a list becomes the values in turn.
  std::vector<SweepAxis> axes_of(const toml::table& table, bool lists) const {
    std::vector<SweepAxis> axes;
    for (const auto& [key, node] : table) {
      SweepAxis axis{std::string(key.str()), {}, node.source()};
      if (const auto* list = node.as_array(); list != nullptr && lists) {
        for (const toml::node& item : *list) axis.texts.push_back(text_of_node(axis.name, item));
        if (axis.texts.empty()) reject(node.source(), axis.name, "an empty list", "at least one value");
      } else {
        axis.texts.push_back(text_of_node(axis.name, node));
      }
      axes.push_back(std::move(axis));
    }
    std::sort(axes.begin(), axes.end(), [](const SweepAxis& a, const SweepAxis& b) {
      const auto &x = a.source.begin, &y = b.source.begin;
      return x.line != y.line ? x.line < y.line : x.column < y.column;
    });
    return axes;
  }

  std::vector<SweepAxis> axes(const char* key) const {
    const toml::node* node = table_.get(key);
    if (node == nullptr) return {};
    if (node->as_table() == nullptr) reject(node->source(), key, "no table", "a table of parameters");
    return axes_of(*node->as_table(), std::string_view(key) == "grid");
  }

  std::vector<std::vector<SweepAxis>> cases() const {
    const toml::node* node = table_.get("case");
    if (node == nullptr) return {{}};
    std::vector<std::vector<SweepAxis>> result;
    if (node->as_array() == nullptr) reject(node->source(), "case", "no list of tables", "[[case]]");
    for (const toml::node& item : *node->as_array()) {
      if (item.as_table() == nullptr) reject(item.source(), "case", "no table", "[[case]]");
      result.push_back(axes_of(*item.as_table(), false));
    }
    return result;
  }

  std::int64_t seed_count() const {
    const toml::node* node = table_.get("seeds");
    if (node == nullptr) return 1;
    const auto count = node->value_exact<std::int64_t>();
    if (!count || *count < 1 || *count > 1000000)
      reject(node->source(), "seeds", "another value", "a whole number >= 1");
    return *count;
  }

  /// "4*samples" with the settings so far.
  std::string derived_text(const TrainingSettings& settings, const SweepAxis& axis) const {
    const std::string& text = axis.texts.front();
    const std::size_t at = text.find_first_of("*/");
    const char* expected = "\"A*name\" or \"A/name\" with a number A and a numeric parameter";
    if (at == std::string::npos) reject(axis.source, axis.name, "'" + text + "'", expected);
    std::size_t used = 0;
    double factor = 0, value = 0;
    try {
      factor = std::stod(text.substr(0, at), &used);
      const std::string name = text.substr(at + 1);
      for (const TrainingParameter& p : training_parameters())
        if (p.name == name) value = std::stod(p.text(settings));
    } catch (const std::exception&) {
    }
    const double result = text[at] == '*' ? factor * value : factor / value;
    if (used != at || !std::isfinite(result) || !(result > 0))
      reject(axis.source, axis.name, "'" + text + "'", expected);
    TrainingSettings probe = settings;
    const std::string exact = plain_text(result), rounded = plain_text(std::round(result));
    for (const TrainingParameter& p : training_parameters())
      if (p.name == axis.name && !p.read(probe, exact)) return rounded;
    return exact;
  }

  void expand(const TrainingSettings& settings, const std::vector<SweepAxis>& grid, std::size_t axis,
              const std::vector<SweepAxis>& derived, std::int64_t seeds) {
    if (axis < grid.size()) {
      for (const std::string& text : grid[axis].texts) {
        TrainingSettings next = settings;
        set(next, grid[axis], text);
        expand(next, grid, axis + 1, derived, seeds);
      }
      return;
    }
    TrainingSettings cell = settings;
    for (const SweepAxis& rule : derived) set(cell, rule, derived_text(cell, rule));
    try {
      require_consistent(cell);
    } catch (const PreconditionError& e) {
      throw FormatError(file_ + ": a cell of this sweep: " + e.what());
    }
    for (std::int64_t s = 0; s < seeds; ++s) {
      if (sweep_.cells.size() == kMostCells) throw FormatError(file_, "grid", "more than a million cells", "fewer");
      sweep_.cells.push_back(cell);
      sweep_.cells.back().seed += static_cast<std::uint64_t>(s);
    }
  }

  std::string file_;
  toml::table table_;
  Sweep sweep_;
};

}  // namespace

Sweep parse_sweep(const std::string& name, const std::string& text) { return SweepReader(name, text).read(); }

Sweep read_sweep(const std::filesystem::path& path) { return parse_sweep(path.string(), read_file(path)); }

}  // namespace shatterproof
