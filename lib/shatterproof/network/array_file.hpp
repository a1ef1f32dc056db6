#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace shatterproof {

/// An array as NumPy's load returns it: float64 or float32 in C order, or one string.
struct NamedArray {
  std::string name;
  std::vector<std::size_t> shape;  ///< at most two axes; empty for a string
  std::variant<std::vector<double>, std::vector<float>, std::string> values;
};

/// Writes an .npz file. Atomic. The string must be ASCII. Throws IoError.
void write_array_file(const std::filesystem::path& path, const std::vector<NamedArray>& arrays);

/// Reads what write_array_file wrote, NaN and infinity included. Throws IoError, or FormatError naming file, array,
/// what was found and what was expected.
[[nodiscard]] std::map<std::string, NamedArray> read_array_file(const std::filesystem::path& path);

}  // namespace shatterproof
