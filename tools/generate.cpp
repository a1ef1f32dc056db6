// shatterproof generate: files for the installation, made from the parser itself. Hidden from --help.
#include <filesystem>
#include <iostream>

#include "command.hpp"
#include "completion.hpp"
#include "man_page.hpp"
#include "shatterproof/core/atomic_file.hpp"

namespace shatterproof::tools {
namespace {

namespace fs = std::filesystem;

std::string completion_for(const std::string& shell, const CommandTree& tree) {
  if (shell == "bash") return bash_completion(tree);
  return shell == "zsh" ? zsh_completion(tree) : fish_completion(tree);
}

void write_with_folder(const fs::path& file, const std::string& text) {
  std::error_code failed;
  fs::create_directories(file.parent_path(), failed);
  if (failed) throw IoError(file.parent_path().string() + ": " + failed.message());
  write_file_atomically(file, text);
}

/// All files, where they belong below PREFIX/share.
void write_share(const CommandTree& tree, const fs::path& share) {
  const std::string& name = tree.program.name;
  write_with_folder(share / "bash-completion/completions" / name, bash_completion(tree));
  write_with_folder(share / "zsh/site-functions" / ("_" + name), zsh_completion(tree));
  write_with_folder(share / "fish/vendor_completions.d" / (name + ".fish"), fish_completion(tree));
  const fs::path manual = share / "man/man1";
  write_with_folder(manual / (name + ".1"), man_page(tree, SHATTERPROOF_VERSION));
  for (const CommandEntry& command : tree.commands)
    write_with_folder(manual / (name + "-" + command.name + ".1"), man_page(tree, command, SHATTERPROOF_VERSION));
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
    std::cout << completion_for(*value, command_tree(app));
    exit_code = kAsExpected;
  });
  CLI::App* share = command->add_subcommand("share", "Write the scripts and manual pages below a folder PREFIX/share");
  share->add_option("folder", *value, "the folder")->required();
  share->callback([&app, value, &exit_code] {
    write_share(command_tree(app), *value);
    exit_code = kAsExpected;
  });
}

}  // namespace shatterproof::tools
