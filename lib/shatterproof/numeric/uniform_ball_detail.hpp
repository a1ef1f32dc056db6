#pragma once
#include "shatterproof/numeric/ball.hpp"

namespace shatterproof::uniform_ball::detail {

/// Above this the series of the closed forms are too long to be useful.
inline constexpr long kMaxDimension = 1000000000;

/// Throws PreconditionError unless least <= d <= kMaxDimension.
void require_dimension(long d, long least = 1);

/// Extra bits for the powers with exponents of order d and for the logarithms of gamma functions.
struct Guard {
  PrecisionScope scope{working_precision() + 64};
};

/// Where the series in h/2 below are short; above, the closed forms are reflected at h = 1.
[[nodiscard]] inline bool at_or_below_one(const Ball& h) { return certainly_less_or_equal(h, Ball(1)); }

/// x^(k/2) for x >= 0.
[[nodiscard]] Ball half_power(const Ball& x, long twice_exponent);

/// 2F1(a, b; c; h/2) for an exact h in [0, 2), a >= 1 and b >= c > 0, c given as twice its value: all terms are
/// positive, so that nothing cancels.
[[nodiscard]] Ball positive_series(long a, long b, long twice_c, const Ball& h);

using AtDepth = Ball (*)(long d, const Ball& h);  ///< takes an exact h

/// Hull of the values at both ends of the part of h inside [0, top]: the range of a function that is monotone there;
/// indeterminate when there is no such part.
[[nodiscard]] Ball monotone(AtDepth at, long d, const Ball& h, long top = 2);

}  // namespace shatterproof::uniform_ball::detail
