#pragma once
// Internal to the file formats: networks and data sets from named arrays.
#include "shatterproof/network/file.hpp"
#include "shatterproof/network/raw_arrays.hpp"

namespace shatterproof {

/// Checks presence, shapes and the radius (see read_problem). Throws FormatError.
[[nodiscard]] DataFile assemble_data(const RawFile& file, const std::optional<Rational>& radius = {});
/// The network of the file on the data of the file, or on options.data.
[[nodiscard]] ProblemFile assemble_problem(const RawFile& file, const ReadOptions& options = {});

}  // namespace shatterproof
