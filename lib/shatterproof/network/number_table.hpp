#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace shatterproof {

/// A matrix as NumPy stored it, row by row, without rounding: floating-point types as doubles, integers as 64 bits.
struct NumberTable {
  std::string name;  ///< of the array in an .npz; empty for an .npy
  std::size_t rows = 0, columns = 0;
  std::variant<std::vector<double>, std::vector<std::int64_t>> values;
};

/// The one array of an .npz file or the array of an .npy file, told by their first bytes; nothing if these are of
/// neither. Types and orders as read_problem takes them. `file` is the name for messages. Throws FormatError naming
/// file, array, what was found and what was expected: several arrays, an array that has not two axes, no rows or no
/// columns, NaN, infinity, damaged bytes.
[[nodiscard]] std::optional<NumberTable> parse_number_table(const std::string& file, const std::string& bytes);

}  // namespace shatterproof
