#include "man_page.hpp"

#include <fmt/format.h>

#include <cctype>

namespace shatterproof::tools {
namespace {

/// Text as troff takes it: nothing in it is a request.
std::string roff(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '\\')
      result += "\\e";
    else if (c == '-')
      result += "\\-";
    else if (c == '^')
      result += "\\(ha";
    else if (c == '~')
      result += "\\(ti";
    else if (c == '`')
      result += "\\(ga";
    else if (c == '\'')
      result += "\\(aq";
    else
      result += c;
  }
  return result.starts_with('.') ? "\\&" + result : result;
}

std::string upper_case(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

/// For the line NAME: lower case, no full stop at the end.
std::string in_a_phrase(std::string text) {
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string head(const std::string& name, const std::string& meaning, const std::string& version) {
  return fmt::format(".TH {} 1 \"\" \"shatterproof {}\" \"User Commands\"\n.SH NAME\n{} \\- {}\n",
                     upper_case(roff(name)), version, roff(name), roff(in_a_phrase(meaning)));
}

std::string option_text(const OptionEntry& option) {
  std::string names;
  for (const std::string& name : option.names) names += (names.empty() ? "\\fB" : ", \\fB") + roff(name) + "\\fR";
  const std::string value = option.value.empty() ? "" : " \\fI" + roff(option.value) + "\\fR";
  return fmt::format(".TP\n{}{}\n{}\n", names, value, roff(option.meaning));
}

std::string positional_text(const OptionEntry& option) {
  const std::string words =
      option.kind.words.empty() ? "" : fmt::format(": one of {}", fmt::join(option.kind.words, ", "));
  return fmt::format(".TP\n\\fI{}\\fR\n{}\n", roff(option.place), roff(option.meaning + words));
}

std::string options_section(const CommandEntry& command) {
  std::string text = ".SH OPTIONS\n";
  for (const OptionEntry& option : command.options) text += option_text(option);
  return text;
}

constexpr const char* kExitStatus =
    ".SH EXIT STATUS\n.TP\n0\nas expected\n.TP\n1\nrefuted, or different from the record\n.TP\n2\nusage\n.TP\n3\n"
    "malformed or unreadable input\n.TP\n4\nundecided, or interrupted\n.TP\n5\ninternal error\n";

constexpr const char* kEnvironment =
    ".SH ENVIRONMENT\n.TP\nNO_COLOR\nno colours if it is set and not empty\n.TP\nTERM\nneither colours nor a progress "
    "bar if it is \"dumb\"\n.TP\nXDG_CACHE_HOME\nresults of claims are kept in its folder shatterproof; without it, in "
    "\\(ti/.cache/shatterproof\n";

}  // namespace

std::string man_page(const CommandTree& tree, const std::string& version) {
  const CommandEntry& program = tree.program;
  std::string text = head(program.name, program.meaning, version);
  text += ".SH SYNOPSIS\n.B shatterproof\n.I COMMAND\n[\\fIoptions\\fR] [\\fIarguments\\fR]\n.SH DESCRIPTION\n" +
          roff(program.meaning) +
          "\nResults go to the standard output, all else to the standard error. Every command takes\n.BR \\-\\-json "
          ".\n.SH COMMANDS\n";
  std::string pages;
  for (const CommandEntry& command : tree.commands) {
    text += fmt::format(".TP\n\\fB{}\\fR\n{}\n", roff(command.name), roff(command.meaning));
    pages += fmt::format(".BR shatterproof\\-{} (1),\n", roff(command.name));
  }
  return text + options_section(program) + kExitStatus + kEnvironment + ".SH SEE ALSO\n" + pages +
         ".BR shatterproof\\-check (1)\n";
}

std::string man_page(const CommandTree& tree, const CommandEntry& command, const std::string& version) {
  std::string text = head(tree.program.name + "-" + command.name, command.meaning, version);
  text += fmt::format(".SH SYNOPSIS\n.B shatterproof {}\n[\\fIoptions\\fR]", roff(command.name));
  for (const OptionEntry& option : command.positionals)
    text += fmt::format(" [\\fI{}\\fR{}]", roff(option.place), option.repeated ? " ..." : "");
  text += "\n.SH DESCRIPTION\n" + roff(command.meaning) + "\n";
  if (!command.footer.empty() && command.footer != tree.program.footer) text += ".PP\n" + roff(command.footer) + "\n";
  if (!command.positionals.empty()) text += ".SH ARGUMENTS\n";
  for (const OptionEntry& option : command.positionals) text += positional_text(option);
  return text + options_section(command) + kExitStatus + kEnvironment + ".SH SEE ALSO\n.BR shatterproof (1)\n";
}

}  // namespace shatterproof::tools
