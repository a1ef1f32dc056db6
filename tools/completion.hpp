#pragma once
#include <string>

#include "command_tree.hpp"

namespace shatterproof::tools {

/// Scripts that complete the program's subcommands, options, their values and file names in bash (4 or later), zsh and
/// fish. Ids of claims and families of codes are asked from the program when they are needed, all else stands in the
/// script. The same tree gives the same text.
[[nodiscard]] std::string bash_completion(const CommandTree& tree);
[[nodiscard]] std::string zsh_completion(const CommandTree& tree);
[[nodiscard]] std::string fish_completion(const CommandTree& tree);

}  // namespace shatterproof::tools
