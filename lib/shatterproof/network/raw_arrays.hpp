#pragma once
// Internal to the file formats: what .npz, safetensors and JSON have in common.
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "shatterproof/network/problem.hpp"

namespace shatterproof {

/// An array of exact numbers in C order; a scalar has the empty shape.
struct RawArray {
  std::vector<std::size_t> shape;
  std::vector<Rational> values;
  std::string type = "exact decimals";  ///< of the stored numbers, for messages
};
using RawArrays = std::map<std::string, RawArray>;

/// What was read from one file (or handed over by a program).
struct RawFile {
  std::string file;  ///< its name for messages
  RawArrays arrays;
  std::vector<std::string> ignored = {};  ///< names of arrays that can have no part in a network or its data
};

/// More numbers than this in one file are refused: about 2 GB as rationals.
constexpr std::size_t kMostNumbers = 20'000'000;

/// Whether an array of this name may be part of a network or its data (see read_problem).
[[nodiscard]] bool is_network_array(const std::string& name);

/// "(3, 2)" as NumPy prints shapes.
[[nodiscard]] std::string shape_text(const std::vector<std::size_t>& shape);
/// "W[3][2]" for the position-th value.
[[nodiscard]] std::string element_name(const std::string& field, const std::vector<std::size_t>& shape,
                                       std::size_t position);

/// max_i ||x_i||^2 and the sample where it is reached.
struct LargestSample {
  Rational norm2;
  Eigen::Index index;
};
[[nodiscard]] LargestSample largest_sample(const Matrix<Rational>& X);

// The formats. `file` is the name for messages.
[[nodiscard]] RawFile parse_npz(const std::string& file, const std::string& bytes);
[[nodiscard]] RawFile parse_safetensors(const std::string& file, const std::string& bytes);
[[nodiscard]] RawFile parse_json(const std::string& file, const std::string& text);
[[nodiscard]] std::string npz_bytes(const Problem<Rational>& problem);
[[nodiscard]] std::string json_text(const Problem<Rational>& problem);

}  // namespace shatterproof
