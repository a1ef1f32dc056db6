#pragma once
#include <vector>

#include "shatterproof/linalg/matrix.hpp"

namespace shatterproof {

/// sum_k xi_k psi_k(t), the K hats of Theorem S of height 1 over depths [0, h] (t = 1 - depth), as ridges: thresholds
/// 1 - h + j w/2, j = 0..2K-1, w = h/K, and changes of slope there. The foot at t = 1 is left out: it is 0 on the ball.
struct HatRidges {
  std::vector<Rational> thresholds, slope_changes;

  /// sum |slope change| (1-t)^(d+2) over the distinct thresholds: |.|_Vg of one cap of depth h < 1, exactly.
  [[nodiscard]] Rational canonical_seminorm(long dimension) const;
};
/// Requires 0 < h <= 1 and at least one sign, each +1 or -1 (PreconditionError).
[[nodiscard]] HatRidges hat_ridges(const Rational& h, const std::vector<int>& signs);

/// The value at t in [-1, 1], enclosed, from the hats themselves and not from the ridges; 0 for t < 1 - h.
[[nodiscard]] Ball hat_sum(const Rational& h, const std::vector<int>& signs, const Ball& t);

}  // namespace shatterproof
