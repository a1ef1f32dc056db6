#pragma once
#include <filesystem>
#include <optional>
#include <vector>

#include "shatterproof/network/problem.hpp"

namespace shatterproof {

/// What the array of the first layer's biases holds: thresholds of w.x - b, or biases of w.x + b.
enum class BiasSign { minus, plus };

/// What one array of a file was taken for.
struct ArrayUse {
  std::string file, name;
  std::string shape;    ///< "(3, 2)"
  std::string type;     ///< "float32"
  std::string meaning;  ///< "W: weights of 3 neurons in dimension 2"; "not used"
};

struct DataFile {
  DataSet<Rational> data;
  std::vector<ArrayUse> arrays;
};

struct ProblemFile {
  Problem<Rational> problem;
  std::vector<ArrayUse> arrays;
};

/// What a file does not say, or says otherwise than the caller wants.
struct ReadOptions {
  std::optional<BiasSign> bias_sign = {};  ///< overrides what the layout of the file means
  std::optional<Rational> radius = {};     ///< overrides R
  const DataFile* data = nullptr;          ///< the data apart from the network; X, y and R in its file are not used
};

/// Reads a network with its data, exactly.
///
/// .npz         (NumPy) arrays of type float16, float32, float64, int32 or int64, little-endian, C or Fortran order;
///              stored or deflated; arrays of other names are not used.
/// safetensors  tensors of type F16, BF16, F32, F64, I32 or I64; others are not used.
/// JSON         {"X": [[..]], "y": [..], "W": [[..]], "b": [..], "v": [..], "beta": .., "R": ..}; a number is a JSON
///              number or a string "0.5", "1e-3", "-3/7". A JSON number means the decimal as it is written: 0.1 is
///              1/10, not the nearest double. The keys "name" and "comment" are ignored, any other key is refused.
/// Network      W [K,d], b [K], v [K], beta scalar, with thresholds w.x - b; or the state of a PyTorch module of two
///              linear layers, fc1.weight [K,d], fc1.bias [K] (= -b), fc2.weight [1,K], fc2.bias [1], under any two
///              names. K = 0 is legal (W of shape [0,d], in JSON also []).
/// Data         X [n,d], y [n] or [n,1], optionally R scalar.
/// R            when absent: 1 if all ||x_i|| <= 1, else max ||x_i||, rounded up to a multiple of 2^-32 if it is
///              irrational.
/// The format is told by the content, not by the name.
/// Throws IoError if the file cannot be read; FormatError naming file, field, the value found and what was expected for
/// everything else, including R < ||x_i|| (the sample is named). Indices in messages count from 0.
[[nodiscard]] ProblemFile read_problem(const std::filesystem::path& path, const ReadOptions& options);
[[nodiscard]] Problem<Rational> read_problem(const std::filesystem::path& path);

/// Reads X, y and R alone, in the same formats.
[[nodiscard]] DataFile read_data(const std::filesystem::path& path, const std::optional<Rational>& radius = {});

/// Writes JSON (exactly, numbers as strings) if the name ends in .json, float64 arrays if it ends in .npz;
/// PreconditionError for another ending or for a number beyond the range of double in .npz. There numbers are rounded
/// to the nearest double, R upwards as far as the rounded data need. Atomic: a temporary file is renamed. IoError if
/// the file cannot be written.
void write_problem(const std::filesystem::path& path, const Problem<Rational>& problem);

}  // namespace shatterproof
