#pragma once
#include <vector>

#include "shatterproof/numeric/rational.hpp"

namespace shatterproof {

/// n independent points, disjoint cells of masses p_1..p_m with sum at most 1. Entry r is P(exactly r cells stay
/// empty), r = 0..m, in exact arithmetic: sums over the counts of the cells one after another, O(m^2 n^2) operations.
/// Throws PreconditionError for no cell, n < 0, a negative mass or a sum above 1.
[[nodiscard]] std::vector<Rational> empty_cell_distribution(const std::vector<Rational>& masses, long points);

}  // namespace shatterproof
