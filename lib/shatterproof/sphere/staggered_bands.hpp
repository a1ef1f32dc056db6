#pragma once
#include <vector>

#include "shatterproof/linalg/matrix.hpp"

namespace shatterproof {

/// Rings of S^2 that share their number of points, each turned by half a spacing against the next: hexagonal in the
/// limit, where plain layers are square. Latitudes are first + i step, i = 0..rings-1.
struct StaggeredBand {
  double first = 0, step = 0;
  double rings = 0, points = 0;  ///< whole numbers; points on one ring
};

/// A code on S^2 of least angle f, x = sin(f/2): the equatorial band (first = -last), then bands to the north; each of
/// these stands in the south as well. Bands are at least f apart. Empty for x outside [kLeastStaggeredChord, 1/2].
///
/// Why it holds although the numbers are doubles: the code is the one at the exact values of these doubles. With r the
/// least radius in a band and n points a ring: r sin(pi/n) >= x within a ring; rings i apart are i step apart in
/// latitude, which is enough for i >= 2 (step >= f/2), and for i = 1 sin^2(step/2) + r^2 sin^2(pi/(2n)) >= x^2. Each
/// demand is tightened by 1 + 2^-28; sines are taken of at least 2^-20 and steps are at least 2^-21, so that rounding
/// (2^-52 in latitudes below 2) stays far below that.
[[nodiscard]] std::vector<StaggeredBand> staggered_bands(double x);
inline constexpr double kLeastStaggeredChord = 0x1p-18;

/// The number of points of these bands, the pole points included (a rounded-down double above 2^52).
[[nodiscard]] double staggered_count(double x);
/// The points themselves, each coordinate within 1e-14.
[[nodiscard]] Matrix<double> staggered_points(double x);

}  // namespace shatterproof
