#pragma once
#include "shatterproof/bounds/cube_prior.hpp"
#include "shatterproof/bounds/search.hpp"
#include "shatterproof/sphere/packing_bounds.hpp"

namespace shatterproof::tools {

/// Lower bounds, and the packings with filled holes that some of them may stand on.
struct BoundsOnCaps {
  std::vector<ChosenBound> bounds;
  std::vector<Packing> packings;
};

/// The lower bounds of `bounds`, the caps of each of them being the most that the project can place: where the code
/// that is best for a bound is small enough, its holes are filled first, as `pack` does. With choice.caps, so many.
/// Throws UndecidedError when it is interrupted meanwhile.
[[nodiscard]] BoundsOnCaps lower_bounds_on_best_caps(const MinimaxProblem& problem, const BoundChoice& choice);

/// The cube on so many caps at that eps: of one of these packings, if they are those of one, else of a known code.
[[nodiscard]] CubePrior cube_of(const MinimaxProblem& problem, const Rational& eps, const Integer& caps,
                                const std::vector<Packing>& packings);

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
