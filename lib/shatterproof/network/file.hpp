#pragma once
#include <filesystem>

#include "shatterproof/network/problem.hpp"

namespace shatterproof {

/// Reads a network with its data, exactly.
///
/// .npz   (NumPy) arrays W [K,d], b [K], v [K], beta scalar, X [n,d], y [n] and optionally R scalar, of type float32,
/// float64,
///        int32 or int64, little-endian, C or Fortran order; stored or deflated; further arrays are ignored.
/// JSON   {"X": [[..]], "y": [..], "W": [[..]], "b": [..], "v": [..], "beta": .., "R": ..}; a number is a JSON number
/// or a string
///        "0.5", "1e-3", "-3/7". A JSON number means the decimal as it is written: 0.1 is 1/10, not the nearest double.
///        The keys "name" and "comment" are ignored, any other key is refused.
/// K = 0 is legal (W of shape [0,d], in JSON also []). Threshold convention w.x - b.
/// R      when absent: 1 if all ||x_i|| <= 1, else max ||x_i||, rounded up to a multiple of 2^-32 if it is irrational.
/// Throws IoError if the file cannot be read; FormatError naming file, field, the value found and what was expected for
/// everything else, including R < ||x_i|| (the sample is named). Indices in messages count from 0.
[[nodiscard]] Problem<Rational> read_problem(const std::filesystem::path& path);

/// Writes JSON (exactly, numbers as strings) if the name ends in .json, float64 arrays if it ends in .npz;
/// PreconditionError for another ending or for a number beyond the range of double in .npz. There numbers are rounded
/// to the nearest double, R upwards as far as the rounded data need. Atomic: a temporary file is renamed. IoError if
/// the file cannot be written.
void write_problem(const std::filesystem::path& path, const Problem<Rational>& problem);

}  // namespace shatterproof
