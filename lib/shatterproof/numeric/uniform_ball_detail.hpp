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

/// x^(k/2) for x >= 0.
[[nodiscard]] Ball half_power(const Ball& x, long twice_exponent);

}  // namespace shatterproof::uniform_ball::detail
