// shatterproof generate: files for the installation, made from the parser itself. Hidden: only the build calls it.
#include <filesystem>
#include <iostream>

#include "command.hpp"
#include "completion.hpp"
#include "man_page.hpp"
#include "shatterproof/core/atomic_file.hpp"

namespace shatterproof::tools {
namespace {

void write_man_pages(const CommandTree& tree, const std::filesystem::path& folder) {
  write_file_atomically(folder / (tree.program.name + ".1"), man_page(tree, SHATTERPROOF_VERSION));
  for (const CommandEntry& command : tree.commands)
    write_file_atomically(folder / (tree.program.name + "-" + command.name + ".1"),
                          man_page(tree, command, SHATTERPROOF_VERSION));
}

}  // namespace

void add_generate(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("generate", "Completion scripts and manual pages of this program");
  command->group("");
  command->require_subcommand(1);
  const auto value = std::make_shared<std::string>();
  CLI::App* completion = command->add_subcommand("completion", "Print the completion script for a shell");
  completion->add_option("shell", *value, "the shell")->required()->check(CLI::IsMember({"bash", "zsh", "fish"}));
  completion->callback([&app, value, &exit_code] {
    const CommandTree tree = command_tree(app);
    std::cout << (*value == "bash"  ? bash_completion(tree)
                  : *value == "zsh" ? zsh_completion(tree)
                                    : fish_completion(tree));
    exit_code = kAsExpected;
  });
  CLI::App* man = command->add_subcommand("man", "Write the manual pages to a folder that exists");
  man->add_option("folder", *value, "the folder")->required();
  man->callback([&app, value, &exit_code] {
    write_man_pages(command_tree(app), *value);
    exit_code = kAsExpected;
  });
}

}  // namespace shatterproof::tools
