#pragma once
#include "shatterproof/claims/prover/bound.hpp"
#include "shatterproof/claims/prover/prove.hpp"

namespace shatterproof::prover {

/// The supremum of an expression over boxes.
struct Maximum {
  std::optional<Ball> lower, upper;  ///< exact; an end without value is not known to be finite
  bool infinite = false, reached = false;
  std::vector<Box> places;  ///< it is attained or approached in these and nowhere else
};

/// Branch and bound, the box with the greatest upper bound first, until the supremum is enclosed to so many significant
/// digits or the effort is spent. Boxes where `given` certainly fails do not count.
[[nodiscard]] Maximum maximise(const expression::Expression& expression, const std::optional<expression::Claim>& given,
                               std::vector<Box> boxes, int digits, const Effort& effort);

}  // namespace shatterproof::prover
