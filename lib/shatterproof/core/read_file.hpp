#pragma once
#include <filesystem>
#include <string>

namespace shatterproof {

/// All bytes of a file. Throws IoError naming it, for a folder too.
[[nodiscard]] std::string read_file(const std::filesystem::path& path);

}  // namespace shatterproof
