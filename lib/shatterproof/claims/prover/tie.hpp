#pragma once
#include "shatterproof/claims/prover/examine.hpp"

namespace shatterproof::prover {

/// A point of the box at which the two sides of the comparison are exactly equal, found by Newton's method from the
/// middle: there the box should be cut and charted anew, so that the common value can be taken out on each side.
/// One t > 0 for each cell; nothing when no simple rational point of that kind is near.
[[nodiscard]] std::optional<std::vector<Rational>> exact_tie(const Atom& atom, const Box& box);

/// The box cut at an inner point into boxes charted from it; the values at the point itself become constants. The new
/// cells count as cut as often as the old ones, so that cutting ends also where ties lie on a whole line.
[[nodiscard]] std::vector<Box> cut_at(const Box& box, const std::vector<Rational>& t);

/// The simplest rational in [low, high] (with the least denominator).
[[nodiscard]] Rational simplest_between(const Rational& low, const Rational& high);

}  // namespace shatterproof::prover
