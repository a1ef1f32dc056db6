#pragma once
#include "shatterproof/bounds/search.hpp"
#include "shatterproof/sphere/packing_bounds.hpp"

namespace shatterproof::tools {

/// The lower bounds of `bounds`, the caps of each of them being the most that the project can place: where the code
/// that is best for a bound is small enough, its holes are filled first, as `pack` does. With choice.caps, so many.
[[nodiscard]] std::vector<ChosenBound> lower_bounds_on_best_caps(const MinimaxProblem& problem,
                                                                 const BoundChoice& choice);

/// A number of caps that some bound stands on, who places them, and how many there can be at most.
struct CapsUsed {
  Rational eps;
  Integer caps;
  std::string family;   ///< "of --caps" if fewer were asked for than there are
  CapCountBound upper;  ///< the linear program's among the bounds that are compared, up to dimension 24
};
/// One for each different (eps, caps) of the bounds, by decreasing eps.
[[nodiscard]] std::vector<CapsUsed> caps_used(long dimension, const std::vector<ChosenBound>& bounds);

}  // namespace shatterproof::tools
