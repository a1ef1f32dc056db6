#pragma once
#include "shatterproof/claims/expression/parser.hpp"
#include "shatterproof/claims/expression/value.hpp"

namespace shatterproof::expression {

struct SampleSize {
  long reals = 40;          ///< points in each interval, at least 4
  long integers = 64;       ///< at most so many of each set of integers
  long altogether = 50000;  ///< PreconditionError beyond it
};

/// Exact rational points of the ranges, always the same ones. Of integers all, or evenly many with both ends; of an
/// interval its closed ends, evenly spaced points, and points that approach both ends geometrically (down to 2^-100 of
/// its length). Throws ExpressionError or PreconditionError when a bound is not an exact number, an integer range has
/// ends that are no integers, or a range is empty.
[[nodiscard]] std::vector<Bindings> sample_points(const std::vector<Range>& ranges, const SampleSize& size);

/// "d = 3, h = 1/4", exact.
[[nodiscard]] std::string text_of(const Bindings& point);

}  // namespace shatterproof::expression
