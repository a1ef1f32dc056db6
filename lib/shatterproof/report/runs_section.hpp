#pragma once
#include <filesystem>

#include "shatterproof/report/document.hpp"

namespace shatterproof::report {

/// A run that `shatterproof train` wrote. Throws as read_run does.
[[nodiscard]] RunEntry run_entry(const std::filesystem::path& file);

/// Every experiment that `shatterproof experiment -o` wrote to this folder, with up to `most_runs` of their runs: those
/// of the first seeds, evenly from all experiments. Throws IoError if the folder holds none; FormatError naming file
/// and field for a file that is not one, and where the runs are not in the folder.
void add_experiments(const std::filesystem::path& folder, std::size_t most_runs, Document& document);

}  // namespace shatterproof::report
