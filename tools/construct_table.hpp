#pragma once
#include "command.hpp"

namespace shatterproof::tools {

/// `construct empty_caps --table n=1e3..1e7 --dims 3..8`: samples are streamed, memory does not grow with n.
struct EmptyCapTableOptions {
  std::string sweep, dims = "3..8";
  long replicates = 4;
};

/// Prints every line as soon as it is known, so that an interrupted run has shown what it did; progress on a terminal.
void print_empty_cap_table(const EmptyCapTableOptions& options, std::uint64_t seed, bool json);

}  // namespace shatterproof::tools
