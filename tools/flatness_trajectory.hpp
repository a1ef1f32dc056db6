#pragma once
#include <filesystem>

#include "command.hpp"
#include "shatterproof/flatness/network_report.hpp"
#include "shatterproof/network/file.hpp"

namespace shatterproof::tools {

struct TrajectoryJob {
  std::filesystem::path folder;
  std::filesystem::path data_file;  ///< empty: every checkpoint holds its own data
  ReadOptions read;
  ReportRequest request;
  bool json = false;
};

/// Certifies every checkpoint (.npz, .safetensors, .json) of the folder in the natural order of their names, and prints
/// a row for each. One that cannot be read or certified is named and does not stop the others.
/// Returns kMalformed if a checkpoint was refused, else kUndecided, else kRefuted if one is certainly not stable at the
/// step asked for (or refutes a link), else kAsExpected.
[[nodiscard]] int run_trajectory(TrajectoryJob job);

}  // namespace shatterproof::tools
