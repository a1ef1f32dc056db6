#pragma once
#include <cmath>
#include <numbers>

namespace shatterproof::tightened {

// Codes that are computed in double and yet proved: every demand on them is tightened by the factor 1 + 2^-28, sines
// are used where they are at least 2^-20, so that errors of some 2^-52 in the arguments and of some units in the last
// place in the library functions stay below 2^-30 relative.
inline constexpr double kMore = 1 + 0x1p-28, kLess = 1 - 0x1p-28;
inline constexpr double kSmallestSine = 0x1p-20;
inline constexpr double kQuarter = std::numbers::pi / 2 * kLess;
inline constexpr double kLargestCount = 1e300;

/// The half chord that points on a circle of this radius must have among themselves; above 1: there is room for one.
inline double inner_half_chord(double x, double radius) { return radius < kSmallestSine ? 2 : x / radius * kMore; }

/// The largest whole i >= 0 with 2^(-i/cells) >= x as computed, x in (0, 1], and that number.
inline double cell_index(double x, double cells) {
  double i = std::fmax(0, std::floor(-std::log2(x) * cells));
  while (i > 0 && std::exp2(-i / cells) < x) --i;
  return i;
}
inline double next_cell(double x, double cells) { return std::exp2(-cell_index(x, cells) / cells); }

/// A sum of fewer than 2^20 counts: above 2^52 it is rounded, and taken down by more than its rounding error.
inline double whole(double total) {
  return total > 0x1p52 ? std::floor(std::fmin(total, kLargestCount) * kLess) : total;
}

}  // namespace shatterproof::tightened
