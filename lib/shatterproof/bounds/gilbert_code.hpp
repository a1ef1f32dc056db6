#pragma once
#include "shatterproof/numeric/ball.hpp"

namespace shatterproof {

/// V(N, r) = sum_{i<=r} C(N, i), the volume of a Hamming ball; 0 for r < 0. Exact.
[[nodiscard]] Integer hamming_ball_volume(long length, long radius);

/// ceil(2^N / V(N, w-1)): a code of that size with pairwise distance >= w exists (Gilbert). Exact.
[[nodiscard]] Integer gilbert_code_size(long length, long distance);

/// max over w of w [1 - information / log(2^N/V(N, w-1))], enclosed for 2 <= N <= 300; for larger N a certified value
/// for one good w with V(N, r) <= exp(N H(r/N)), H the natural entropy, r <= N/2. May be negative. Source: spec
/// lower-bounds 5.1. The size of the code enters as the quotient itself, not rounded up: a slightly smaller, still true
/// bound.
[[nodiscard]] Ball best_distance_times_bracket(const Integer& length, const Ball& information);

}  // namespace shatterproof
