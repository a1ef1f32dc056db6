#pragma once
#include <optional>
#include <string>
#include <vector>

#include "shatterproof/bounds/cube_prior.hpp"
#include "shatterproof/bounds/risk_bound.hpp"

namespace shatterproof {

/// A bound together with the construction that gave it. eps = 0 where the bound has none (closed forms).
struct ChosenBound {
  RiskBound bound;
  Rational eps = 0;
  Integer caps = 0;
  long slabs = 0;           ///< K of Theorem S; 0 for the others
  std::string family = {};  ///< of the caps, where they are those of a packing that was handed over
};

/// Which construction to use; what is left open is searched for.
struct BoundChoice {
  std::optional<Rational> eps;
  std::optional<Integer> caps;  ///< only together with eps; at most certified_caps
};

/// Every lower bound of the minimax risk, each at the eps (and K) that is best for it among a geometric grid and the
/// critical values of the known codes. The search is in floating point; each value returned is an enclosure at what was
/// found, a true bound whatever the search did. Throws PreconditionError as make_cube_prior does.
[[nodiscard]] std::vector<ChosenBound> best_lower_bounds(const MinimaxProblem& problem, const BoundChoice& choice = {});

/// The bounds, each at the packing that is best for it among the caps it has and these packings, if that is certainly
/// better: for packings with more caps than certified_caps knows. Throws PreconditionError for a packing that is not
/// certified or of another dimension.
[[nodiscard]] std::vector<ChosenBound> with_packings(const MinimaxProblem& problem, std::vector<ChosenBound> bounds,
                                                     const std::vector<Packing>& packings);

/// The same in floating point only (status numerical), for sweeps over n.
[[nodiscard]] std::vector<ChosenBound> approx_best_lower_bounds(const MinimaxProblem& problem);

/// Least-squares slope of log(value) against log(n); NaN with fewer than two positive values.
[[nodiscard]] double log_log_slope(const std::vector<double>& n, const std::vector<double>& values);

}  // namespace shatterproof
