#pragma once
#include <vector>

#include "shatterproof/sphere/packing.hpp"

namespace shatterproof {

/// The question of `pack` the other way round: which eps leaves room for N caps?

/// Codes with at least `count` vectors, one a kind (explicit, polygon, layers), by decreasing usable eps: caps of that
/// eps are certainly disjoint, and best_packing with that family builds them. Requires d >= 1 and 2 <= count <= 10^15,
/// else PreconditionError.
[[nodiscard]] std::vector<PackingFamily> families_for_count(long d, const Integer& count);

/// An eps at which `count` caps are certainly too many: a binary search on best_upper_bound, to 9 digits. 1 if even
/// eps = 1 leaves room by that bound.
[[nodiscard]] Rational eps_without_room(long d, const Integer& count);

}  // namespace shatterproof
