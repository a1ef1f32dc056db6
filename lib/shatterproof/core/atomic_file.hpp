#pragma once
#include <filesystem>
#include <string_view>

namespace shatterproof {

/// Writes the whole file under a temporary name in the same folder and renames it: readers see the old file or the new
/// one, and nothing half-written is left behind. Throws IoError naming the file.
void write_file_atomically(const std::filesystem::path& path, std::string_view bytes);

}  // namespace shatterproof
