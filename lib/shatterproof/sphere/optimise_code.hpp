#pragma once
#include <cstdint>

#include "shatterproof/linalg/matrix.hpp"

namespace shatterproof {

// The NLopt door of the library: target shatterproof::optimise, built only with SHATTERPROOF_WITH_NLOPT and NLopt
// found.

/// What approx_best_code accepts.
inline constexpr long kMostOptimisedPoints = 2000, kMostOptimisedDimension = 10;

struct OptimiserEffort {
  std::uint64_t seed = 1;
  long restarts = 0;  ///< random starts; 0: many for small codes, one for large ones
};

/// n unit vectors of R^d, 2 <= d <= 10, 2 <= n <= 2000, with a small largest inner product: log-sum-exp energy of the
/// inner products by L-BFGS at growing steepness, from random starts; then, for small codes, the largest inner product
/// itself by sequential quadratic programming, to about 1e-15. A local optimum, without any bound: what it is worth is
/// certified after rounding (rounded_code, proved_max_cosine). The same seed gives the same points on one machine.
/// Throws PreconditionError outside these ranges.
[[nodiscard]] Matrix<double> approx_best_code(long d, long n, const OptimiserEffort& effort = {});

}  // namespace shatterproof
