#pragma once
#include <string>

#include "command_tree.hpp"

namespace shatterproof::tools {

/// Manual pages in man(7): shatterproof(1), and shatterproof-COMMAND(1) for one subcommand. The same tree gives the
/// same text: no dates.
[[nodiscard]] std::string man_page(const CommandTree& tree, const std::string& version);
[[nodiscard]] std::string man_page(const CommandTree& tree, const CommandEntry& command, const std::string& version);

}  // namespace shatterproof::tools
