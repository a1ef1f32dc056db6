#include "completion.hpp"

#include <fmt/format.h>

#include <map>

namespace shatterproof::tools {
namespace {

/// Within single quotes of a POSIX shell.
std::string in_quotes(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

std::string names_of(const std::vector<CommandEntry>& commands, const char* separator) {
  std::vector<std::string> names;
  for (const CommandEntry& command : commands) names.push_back(command.name);
  return fmt::format("{}", fmt::join(names, separator));
}

std::string option_names(const CommandEntry& command) {
  std::vector<std::string> names;
  for (const OptionEntry& option : command.options) names.insert(names.end(), option.names.begin(), option.names.end());
  return fmt::format("{}", fmt::join(names, " "));
}

/// The calls of the script's helpers that offer such values.
std::string bash_values(const ValueKind& kind) {
  std::string text;
  if (!kind.words.empty()) text += fmt::format(" _shatterproof_words '{}';", fmt::join(kind.words, " "));
  if (kind.files) text += " _shatterproof_files -f;";
  if (kind.folders) text += " _shatterproof_files -d;";
  if (kind.claims) text += " _shatterproof_words \"$(_shatterproof_claims)\";";
  if (kind.families) text += " _shatterproof_words \"$(_shatterproof_families)\";";
  if (text.empty()) return " :";
  text.pop_back();
  return text;
}

/// Bash and fish do not count positional arguments: they offer what the first one takes.
ValueKind positional_kind(const CommandEntry& command) {
  return command.positionals.empty() ? ValueKind{} : command.positionals.front().kind;
}

constexpr const char* kBashHead =
    R"(# Completion of shatterproof for bash, made by `shatterproof generate completion bash`.
_shatterproof_claims() { "${COMP_WORDS[0]}" verify --list 2>/dev/null | sed 1d | cut -d' ' -f1; }

_shatterproof_families() {
  local i
  for ((i = 1; i < ${#COMP_WORDS[@]} - 1; ++i)); do
    if [[ ${COMP_WORDS[i]} == --dim ]]; then
      "${COMP_WORDS[0]}" pack --dim "${COMP_WORDS[i + 1]}" --list 2>/dev/null | sed 1d | cut -d' ' -f1 | sort -u
    fi
  done
}

# Offer what begins like the current word: words, or files with what compgen calls them.
_shatterproof_words() {
  local words word
  read -r -d '' -a words <<< "$1"
  for word in "${words[@]}"; do
    [[ $word == "$cur"* ]] && COMPREPLY+=("$word")
  done
}
_shatterproof_files() {
  compopt -o filenames 2>/dev/null
  mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen "$1" -- "$cur")
}

_shatterproof() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} command='' i
  # --option=value comes as three words.
  if [[ $cur == = ]]; then cur=''; elif [[ $prev == = ]]; then prev=${COMP_WORDS[COMP_CWORD - 2]}; fi
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; ++i)); do
)";

constexpr const char* kBashTail = R"(  esac
}
complete -F _shatterproof shatterproof
)";

/// Within the single quotes of a specification of zsh's _arguments.
std::string zsh_text(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') result += '\\';
    result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  }
  return result;
}

std::string zsh_action(const ValueKind& kind) {
  if (!kind.words.empty()) return fmt::format("({})", fmt::join(kind.words, " "));
  if (kind.claims) return "_shatterproof_claims";
  if (kind.families) return "_shatterproof_families";
  if (kind.files) return "_files";
  return kind.folders ? "_files -/" : " ";
}

std::string zsh_option(const OptionEntry& option) {
  std::string text;
  const std::string value =
      option.value.empty() ? "" : fmt::format(":{}:{}", zsh_text(option.value), zsh_action(option.kind));
  for (const std::string& name : option.names) {
    const std::string others = option.names.size() > 1 ? fmt::format("({})", fmt::join(option.names, " ")) : "";
    const std::string takes = option.value.empty() ? "" : name.starts_with("--") ? "=" : "+";
    text += fmt::format(" \\\n        '{}{}{}[{}]{}'", option.repeated ? "*" : others, name, takes,
                        zsh_text(option.meaning), value);
  }
  return text;
}

std::string zsh_positional(const OptionEntry& option, std::size_t place) {
  const std::string at = option.repeated ? "*" : std::to_string(place);
  return fmt::format(" \\\n        '{}:{}:{}'", at, zsh_text(option.place), zsh_action(option.kind));
}

constexpr const char* kZshHead = R"zsh(#compdef shatterproof
# Completion of shatterproof for zsh, made by `shatterproof generate completion zsh`.
_shatterproof_claims() {
  local -a claims
  claims=($(shatterproof verify --list 2>/dev/null | sed 1d | cut -d' ' -f1))
  compadd -a claims
  _files
}

_shatterproof_families() {
  local -a families
  local dim=$words[$((words[(i)--dim] + 1))]
  families=($(shatterproof pack --dim "$dim" --list 2>/dev/null | sed 1d | cut -d' ' -f1 | sort -u))
  compadd -a families
}

_shatterproof() {
  local context state state_descr line
  local -a commands
  typeset -A opt_args
)zsh";

std::string fish_text(const std::string& text) {
  std::string result = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') result += '\\';
    result += c;
  }
  return result + "'";
}

std::string fish_values(const ValueKind& kind) {
  if (!kind.words.empty()) return fmt::format(" -a {}", fish_text(fmt::format("{}", fmt::join(kind.words, " "))));
  std::string text;
  if (kind.claims) text += " -a '(__shatterproof_claims)'";
  if (kind.families) text += " -a '(__shatterproof_families)'";
  if (kind.folders) text += " -a '(__fish_complete_directories)'";
  return text + (kind.files ? " -F" : "");
}

std::string fish_option(const OptionEntry& option) {
  std::string text;
  for (const std::string& name : option.names) {
    if (name.starts_with("--"))
      text += " -l " + name.substr(2);
    else
      text += " -s " + name.substr(1);
  }
  text += " -d " + fish_text(option.meaning);
  if (option.value.empty()) return text;
  return text + (option.kind.files ? " -r" : " -x") + fish_values(option.kind);
}

constexpr const char* kFishHead =
    R"(# Completion of shatterproof for fish, made by `shatterproof generate completion fish`.
function __shatterproof_claims
    shatterproof verify --list 2>/dev/null | sed 1d | cut -d' ' -f1
end

function __shatterproof_families
    set -l words (commandline -opc)
    set -l at (contains -i -- --dim $words)
    and shatterproof pack --dim $words[(math $at + 1)] --list 2>/dev/null | sed 1d | cut -d' ' -f1 | sort -u
end

complete -c shatterproof -f
)";

}  // namespace

std::string bash_completion(const CommandTree& tree) {
  std::string text = kBashHead;
  text += fmt::format("    case ${{COMP_WORDS[i]}} in {}) command=${{COMP_WORDS[i]}}; break ;; esac\n  done\n",
                      names_of(tree.commands, " | "));
  text += "  case \"$command $prev\" in\n";
  std::map<std::string, std::vector<std::string>> options;  // of each action
  for (const CommandEntry& command : tree.commands)
    for (const OptionEntry& option : command.options)
      for (const std::string& name : option.names)
        if (!option.value.empty()) options[bash_values(option.kind)].push_back(in_quotes(command.name + " " + name));
  for (const auto& [action, names] : options) text += fmt::format("    {}){} ;;\n", fmt::join(names, " | "), action);
  text += "    *) case \"$command $cur\" in\n";
  text += fmt::format("      ' -'*) _shatterproof_words '{}' ;;\n      ' '*) _shatterproof_words '{}' ;;\n",
                      option_names(tree.program), names_of(tree.commands, " "));
  for (const CommandEntry& command : tree.commands)
    text += fmt::format("      '{0} -'*) _shatterproof_words '{1}' ;;\n      '{0} '*){2} ;;\n", command.name,
                        option_names(command), bash_values(positional_kind(command)));
  return text + "    esac ;;\n" + kBashTail;
}

std::string zsh_completion(const CommandTree& tree) {
  std::string text = kZshHead;
  text += "  _arguments -C";
  for (const OptionEntry& option : tree.program.options) text += zsh_option(option);
  text += " \\\n        '1: :->command' '*:: :->arguments'\n  case $state in\n    command)\n      commands=(\n";
  for (const CommandEntry& command : tree.commands)
    text += fmt::format("        {}\n", in_quotes(command.name + ":" + command.meaning));
  text += "      )\n      _describe command commands ;;\n    arguments) case $words[1] in\n";
  for (const CommandEntry& command : tree.commands) {
    text += fmt::format("      {}) _arguments -s", command.name);
    for (const OptionEntry& option : command.options) text += zsh_option(option);
    for (std::size_t i = 0; i < command.positionals.size(); ++i) text += zsh_positional(command.positionals[i], i + 1);
    text += " ;;\n";
  }
  return text + "    esac ;;\n  esac\n}\n\n_shatterproof \"$@\"\n";
}

std::string fish_completion(const CommandTree& tree) {
  std::string text = kFishHead;
  for (const OptionEntry& option : tree.program.options)
    text += "complete -c shatterproof -n __fish_use_subcommand" + fish_option(option) + "\n";
  for (const CommandEntry& command : tree.commands)
    text += fmt::format("complete -c shatterproof -n __fish_use_subcommand -a {} -d {}\n", command.name,
                        fish_text(command.meaning));
  for (const CommandEntry& command : tree.commands) {
    const std::string here = fmt::format("complete -c shatterproof -n '__fish_seen_subcommand_from {}'", command.name);
    const std::string values = fish_values(positional_kind(command));
    if (!values.empty()) text += here + values + "\n";
    for (const OptionEntry& option : command.options) text += here + fish_option(option) + "\n";
  }
  return text;
}

}  // namespace shatterproof::tools
