#pragma once
#include "shatterproof/claims/prover/maximise.hpp"

namespace shatterproof::prover {

/// Where a supremum is taken, in the variables named: "attained at h = 1/4", "approached as h -> 0", "attained or
/// approached in h in [0.312, 0.313]" when it is not one known point.
[[nodiscard]] std::string where_text(const Maximum& maximum, const std::vector<std::string>& variables);

}  // namespace shatterproof::prover
