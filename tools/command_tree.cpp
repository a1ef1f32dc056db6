#include "command_tree.hpp"

#include <algorithm>
#include <sstream>

namespace shatterproof::tools {
namespace {

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
  return parts;
}

/// From "{a,b}", "TEXT:{a,b}", "FILE", "NOTE|CLAIM" ...
ValueKind kind_of(const std::string& type) {
  ValueKind kind;
  const std::size_t open = type.find('{'), close = type.find('}');
  if (open < close && close != std::string::npos) {
    kind.words = split(type.substr(open + 1, close - open - 1), ',');
    return kind;
  }
  for (const std::string& part : split(type, '|')) {
    kind.files = kind.files || part == "FILE" || part == "NOTE";
    kind.folders = kind.folders || part == "DIR";
    kind.claims = kind.claims || part == "CLAIM";
    kind.families = kind.families || part == "FAMILY";
  }
  return kind;
}

OptionEntry entry_of(const CLI::Option& option) {
  OptionEntry entry;
  for (const std::string& name : option.get_snames()) entry.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) entry.names.push_back("--" + name);
  if (option.get_positional()) entry.place = option.get_name();
  entry.meaning = option.get_description();
  if (option.get_items_expected_max() > 0) {
    const std::string type = option.get_type_name();
    entry.kind = kind_of(type);
    entry.value = type.substr(0, type.find(':'));
    if (!entry.kind.words.empty()) entry.value = type.substr(type.find('{'));
    if (!option.get_default_str().empty()) entry.meaning += " [" + option.get_default_str() + "]";
  }
  entry.repeated = option.get_items_expected_max() > 1;
  return entry;
}

CommandEntry entry_of(const CLI::App& app) {
  CommandEntry entry{app.get_name(), app.get_description(), app.get_footer(), {}, {}};
  for (const CLI::Option* option : app.get_options())
    (option->get_positional() ? entry.positionals : entry.options).push_back(entry_of(*option));
  return entry;
}

}  // namespace

CommandTree command_tree(const CLI::App& app) {
  CommandTree tree{entry_of(app), {}};
  for (const CLI::App* command : app.get_subcommands([](const CLI::App* each) { return !each->get_group().empty(); }))
    tree.commands.push_back(entry_of(*command));
  std::sort(tree.commands.begin(), tree.commands.end(),
            [](const CommandEntry& a, const CommandEntry& b) { return a.name < b.name; });
  return tree;
}

}  // namespace shatterproof::tools
