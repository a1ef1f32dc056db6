#pragma once
// Internal to the file formats: one array of NumPy's format, with its header.
#include <string>
#include <string_view>
#include <vector>

#include "shatterproof/network/number_type.hpp"

namespace shatterproof {

struct NpyHeader {
  std::string descr;  ///< "'<f8'", with its quotation marks
  bool fortran = false;
  std::vector<std::size_t> shape;  ///< at most two axes
  std::size_t data = 0;            ///< offset of the first value
};

/// Throws FormatError naming file and field.
[[nodiscard]] NpyHeader read_npy_header(const std::string& file, const std::string& field, const std::string& bytes);

/// The numbers of an array of at most two axes, still as bytes.
struct NpyNumbers {
  NumberType type = NumberType::float64;
  std::vector<std::size_t> shape;
  Order order = Order::c;
  std::string_view data;  ///< of the bytes that were read
};
/// Throws FormatError naming file and field for a type that holds no numbers, and where the bytes are not those of the
/// shape.
[[nodiscard]] NpyNumbers read_npy_numbers(const std::string& file, const std::string& field, const std::string& bytes);

/// An array in C order, e.g. of type "<f8".
[[nodiscard]] std::string npy_bytes(const std::string& descr, const std::vector<std::size_t>& shape,
                                    std::string_view data);
[[nodiscard]] std::string npy_bytes(const std::vector<std::size_t>& shape, const std::vector<double>& values);

}  // namespace shatterproof
