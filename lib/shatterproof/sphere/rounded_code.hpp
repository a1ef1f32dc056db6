#pragma once
#include "shatterproof/sphere/exact_code.hpp"

namespace shatterproof {

/// Rows of points near the unit sphere as integer vectors, rounded at the scale 2^46: the code that is talked about
/// from here on. Throws PreconditionError for a row that is not finite or not within 1/2 of unit length.
[[nodiscard]] ExactCode rounded_code(const Matrix<double>& points);

/// A multiple of 2^-44 that all inner products of a code of two vectors or more are proved to stay below, less than
/// 2^-43 above the largest of them. Throws PreconditionError if two of them are equal or nearly so (inner product above
/// 1 - 2^-40).
[[nodiscard]] Rational proved_max_cosine(const ExactCode& code);

}  // namespace shatterproof
