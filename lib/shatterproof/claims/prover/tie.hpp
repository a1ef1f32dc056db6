#pragma once
#include "shatterproof/claims/prover/examine.hpp"

namespace shatterproof::prover {

/// A point of the box at which the two sides of the comparison are exactly equal, found by Newton's method from the
/// middle: there the box should be cut and charted anew, so that the common value can be taken out on each side.
/// One t > 0 for each cell; nothing when no simple rational point of that kind is near.
[[nodiscard]] std::optional<std::vector<std::optional<Rational>>> exact_tie(const Atom& atom, const Box& box);

/// A value of the box's cell i where the two sides are exactly equal whatever the other variables are, found by
/// Newton's method: an end of the part where a hypothesis holds.
[[nodiscard]] std::optional<Rational> exact_edge(const Atom& atom, const Box& box, std::size_t i);

/// The box cut at an inner point into boxes charted from it; the values at the point itself become constants. Cells
/// without a t stay as they are. The new
/// cells count as cut as often as the old ones, so that cutting ends also where ties lie on a whole line.
[[nodiscard]] std::vector<Box> cut_at(const Box& box, const std::vector<std::optional<Rational>>& t);

/// The simplest rational in [low, high] (with the least denominator).
[[nodiscard]] Rational simplest_between(const Rational& low, const Rational& high);

}  // namespace shatterproof::prover
