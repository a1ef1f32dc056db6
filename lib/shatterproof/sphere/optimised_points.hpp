#pragma once
#include "shatterproof/sphere/exact_code.hpp"

namespace shatterproof {

/// The numbers of points that are stored: 7 to 10 and 13 to 24.
[[nodiscard]] bool has_optimised_points(long n);

/// n points on S^2 with the largest known least angle, as approx_best_code found them, in integers. The coordinates
/// carry no proof, the pair test does. Throws PreconditionError unless has_optimised_points.
[[nodiscard]] ExactCode optimised_points(long n);

}  // namespace shatterproof
