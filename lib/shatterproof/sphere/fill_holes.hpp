#pragma once
#include <functional>
#include <vector>

#include "shatterproof/sphere/packing.hpp"

namespace shatterproof {

/// Proposes unit vectors (d coordinates, in the frame of the code where it has one) far from all centres, the farthest
/// first. Only proposals: each is tested exactly.
using HoleFinder = std::function<std::vector<Vector<double>>(const ExactCode& code)>;

/// Puts caps into the holes of a packing until the finder proposes none that fits. The result is certified by the exact
/// test of all pairs; a packing that is not enumerated, not certified or has irrational coordinates that do not survive
/// rounding is returned as it is. At most `rounds` calls of the finder, before
/// each of which may_go_on (if there is one) is asked with the number of caps that were added; the certificate says so
/// if that stopped it.
[[nodiscard]] Packing fill_holes(Packing packing, const HoleFinder& find, long rounds,
                                 const std::function<bool(long)>& may_go_on = {});

/// A finder without a convex hull: from random directions downhill on the log-sum-exp of the inner products. Finds deep
/// holes, without any promise to find them all. The work is bounded: fewer starts for larger codes, but not less than
/// `least_starts`.
[[nodiscard]] HoleFinder search_for_holes(std::uint64_t seed, long least_starts = 0);

/// A certified lower bound of the covering radius in radians: the angle from the direction, rounded to integers, to the
/// nearest centre, enclosed.
[[nodiscard]] Ball hole_radius(const ExactCode& code, const Vector<double>& direction);

}  // namespace shatterproof
