#pragma once
#include <cstdint>
#include <vector>

#include "shatterproof/sphere/exact_code.hpp"

namespace shatterproof {

/// The Leech lattice in integer coordinates (8 times the usual norm): x in Z^24 with all x_i = p mod 2 for one parity
/// p, the positions where (x_i - p)/2 is odd a word of the extended binary Golay code, and sum x_i = 4p mod 8.
[[nodiscard]] bool is_leech_vector(const std::int64_t* x);

/// The 4096 words of that code as bit masks, the zero word first, all different.
[[nodiscard]] const std::vector<std::uint32_t>& golay_words();
/// One word of weight 8.
[[nodiscard]] std::uint32_t golay_octad();

/// Tests all 4096 words of the code: weights 0, 8, 12, 16, 24 only. This is all that the minimum 32 rests on:
/// p = 0, word nonzero: at least 8 entries with |x_i| >= 2, norm >= 32; p = 0, word zero: x = 4z with sum z even, norm
/// >= 32; p = 1: all |x_i| = 1 has sum 24 - 2 weight = 0 mod 8, not 4, so some |x_i| >= 3 and the norm is >= 23 + 9
/// = 32.
[[nodiscard]] bool golay_weights_are_certain();

/// counts[m] for norm 16 m (usual norm 2m), by the same case distinction with a character for the sum (exact).
[[nodiscard]] std::vector<Integer> leech_counts(long last);

/// The 196560 vectors of norm 32: (+-2^8, 0^16), (-+3, +-1^23), (+-4^2, 0^22).
[[nodiscard]] ExactCode leech_minimal_vectors();

}  // namespace shatterproof
