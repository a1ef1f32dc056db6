#pragma once
// Internal to CellGrid: inner products of one point with runs of stored points, sixteen side by side.
#include <cstdint>
#include <span>
#include <vector>

namespace shatterproof {

constexpr std::uint32_t kBlock = 16;

/// Points in blocks of sixteen: coordinate j of point p at data[(p/16) 16 d + 16 j + p%16].
struct PointBlocks {
  const float* data;
  long dimension;
};

/// Positions begin <= p < end.
struct CellRange {
  std::uint32_t begin, end;
};

/// |x - p|^2, within rounding errors of double.
[[nodiscard]] double squared_distance(const PointBlocks& points, const float* x, std::uint32_t position);

/// Puts the positions with <x, p> > least, evaluated in float, into an empty vector; but stops and returns true when
/// one of them has |x - p|^2 <= enough (never if that is negative).
bool find_near(const PointBlocks& points, const float* x, std::span<const CellRange> ranges, float least, double enough,
               std::vector<std::uint32_t>& positions);

}  // namespace shatterproof
