#pragma once
#include "command.hpp"
#include "shatterproof/sphere/packing.hpp"

namespace shatterproof::tools {

/// What `pack` does besides its families: packings of the user's own, codes of a million caps and more.
struct PackScaleOptions {
  std::string check;  ///< a file to certify
  bool closed = false, layers = false;
  std::string greedy, bin;  ///< whole numbers as written

  [[nodiscard]] bool wanted() const { return !check.empty() || layers || closed || !greedy.empty() || !bin.empty(); }
};

/// The part of the request that `pack` has for all of it.
struct PackScaleRequest {
  long dim = 0;  ///< 0: not given
  std::string eps, output;
  std::uint64_t seed = 1;
  bool json = false;
};

void add_pack_scale_options(CLI::App& command, PackScaleOptions& options);
void run_pack_scale(const PackScaleOptions& options, const PackScaleRequest& request, int& exit_code);

/// Writes the packing as integer vectors, see packing_file.hpp.
void write_packing(const ExactCode& code, const Rational& eps, const std::string& family, const std::string& path);

}  // namespace shatterproof::tools
