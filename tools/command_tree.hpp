#pragma once
#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace shatterproof::tools {

/// What may stand where a value is due; see list_of in command.hpp for how a type name says it.
struct ValueKind {
  std::vector<std::string> words;
  bool files = false, folders = false, claims = false, families = false;
};

/// An option, or a positional argument (no names).
struct OptionEntry {
  std::vector<std::string> names;  ///< "-o", "--output"
  std::string place;               ///< of a positional argument: what it is called
  std::string value;               ///< what it takes, as --help names it; empty: it is a flag
  std::string meaning;
  ValueKind kind;
  bool repeated = false;  ///< takes any number of values
};

struct CommandEntry {
  std::string name;  ///< empty for the program itself
  std::string meaning, footer;
  std::vector<OptionEntry> options, positionals;
};

/// Everything that the parser knows, for completion and manual pages: the program, then its subcommands by name.
struct CommandTree {
  CommandEntry program;
  std::vector<CommandEntry> commands;
};

/// Of the app as it is; hidden subcommands (those without a group) are left out.
[[nodiscard]] CommandTree command_tree(const CLI::App& app);

}  // namespace shatterproof::tools
