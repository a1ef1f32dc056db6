#pragma once
#include "shatterproof/numeric/ball.hpp"

namespace shatterproof {

/// Total variation distance between Binomial(n, P) and Poisson(n P), 0 < P < 1, n >= 1; encloses it for every P in the
/// ball. It equals the distance between a multinomial sample's counts in cells of total mass P and independent Poisson
/// counts (spec lower-bounds 9, J.5). PreconditionError for n < 1 or n > 10^9 (the sum has about 32 sqrt(nP) terms).
[[nodiscard]] Ball binomial_poisson_distance(long n, const Ball& mass);

/// Barbour and Hall (1984): lower and upper bound of that distance, P min(1, nP)/32 and P (1 - exp(-nP)).
struct DistanceBracket {
  Ball lower, upper;
};
[[nodiscard]] DistanceBracket barbour_hall(long n, const Ball& mass);

}  // namespace shatterproof
