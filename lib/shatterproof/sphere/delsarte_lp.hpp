#pragma once
#include <optional>

#include "shatterproof/sphere/delsarte.hpp"
#include "shatterproof/sphere/packing_bounds.hpp"

namespace shatterproof {

// The Clp door of the library: target shatterproof::delsarte, built only with SHATTERPROOF_WITH_CLP and Clp found.

/// The largest degree accepted: beyond it double precision loses the program.
inline constexpr long kMostDelsarteDegree = 40;

/// A dual point whose verified bound is close to the best one of this degree, 1 <= degree <= 40: the linear program is
/// solved in floating point over a growing set of points of [-1, s], the result is rounded to rationals with some room
/// and handed to verified_delsarte_bound. Empty where nothing is verified (the degree is too small for s, or too large
/// for doubles). Throws PreconditionError for d < 2 or s outside [-1, 1).
[[nodiscard]] std::optional<DelsarteDual> find_delsarte_dual(long d, const Rational& s, long degree);

/// The least verified bound of some degrees up to 30 as a bound on the number of caps, "Delsarte (degree k)"; empty
/// where none is found. degree > 0: of that degree only.
struct DelsarteBound {
  DelsarteDual dual;
  Rational value;       ///< f(1)/f_0
  CapCountBound bound;  ///< its floor
};
[[nodiscard]] std::optional<DelsarteBound> best_delsarte_bound(long d, const Rational& s, long degree = 0);

}  // namespace shatterproof
