#pragma once
#include <optional>
#include <string>
#include <vector>

#include "shatterproof/claims/prover/prove.hpp"

namespace shatterproof::prover {

/// The variables that are not named stay, each of their values asks for a constant of its own.
using SharpGoal = expression::Optimum;

/// The supremum or infimum over the named variables, in [lower, upper] (exact balls).
struct SharpValue {
  Bindings instance;
  std::optional<Ball> lower, upper;  ///< an end without value is not known to be finite
  bool infinite = false;             ///< certainly unbounded
  bool reached = false;              ///< enclosed to the digits asked for
  std::string where;                 ///< "attained at h = 1/4", "approached as h -> 0", "attained in h in [..]"
};

/// Throws PreconditionError when the goal names a variable without range, or leaves out a real one.
void require_goal(const std::vector<expression::Range>& ranges, const SharpGoal& goal);

/// Encloses the best constants by branch and bound.
/// Guarantee  the supremum over all points of the ranges (that satisfy `given`) lies between lower and upper.
/// Errors     as in require_goal and in prove().
[[nodiscard]] std::vector<SharpValue> enclose_sharp(const std::vector<expression::Range>& ranges,
                                                    const std::optional<expression::Claim>& given,
                                                    const SharpGoal& goal, int digits, const Effort& effort);

}  // namespace shatterproof::prover
