#pragma once
// Internal to the file formats: the binary types of numbers that are read, all little-endian, all exactly.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "shatterproof/network/raw_arrays.hpp"

namespace shatterproof {

enum class NumberType { float64, float32, float16, bfloat16, int64, int32 };

[[nodiscard]] std::size_t width_of(NumberType type);                                         ///< bytes
[[nodiscard]] std::string name_of(NumberType type);                                          ///< "float32"
[[nodiscard]] std::optional<NumberType> number_type_of_numpy(std::string_view descr);        ///< "<f4"
[[nodiscard]] std::optional<NumberType> number_type_of_safetensors(std::string_view dtype);  ///< "F32"

enum class Order { c, fortran };

/// The product of the sizes, or nothing if it exceeds `most`.
[[nodiscard]] std::optional<std::size_t> element_count(const std::vector<std::size_t>& shape, std::size_t most);

/// Numbers as they are stored, in C order: floating-point types as doubles, integers as 64 bits; nothing is rounded.
using StoredNumbers = std::variant<std::vector<double>, std::vector<std::int64_t>>;

/// Reads the numbers exactly. bytes: element_count(shape) * width_of(type) of them; Fortran order has two axes at
/// most. Throws FormatError naming file, field and index for NaN and infinity.
[[nodiscard]] StoredNumbers decode_numbers(const std::string& file, const std::string& field, NumberType type,
                                           const std::vector<std::size_t>& shape, Order order, std::string_view bytes);
/// The same as rationals.
[[nodiscard]] RawArray decode_array(const std::string& file, const std::string& field, NumberType type,
                                    const std::vector<std::size_t>& shape, Order order, std::string_view bytes);

}  // namespace shatterproof
