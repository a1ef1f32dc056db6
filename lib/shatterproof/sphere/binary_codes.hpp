#pragma once
#include <cstdint>
#include <vector>

#include "shatterproof/sphere/explicit_codes.hpp"

namespace shatterproof {

/// The words of a linear binary code of length d as vectors of R^d with entries +-1 (bit 1 is -1): inner products d - 2
/// distance, hence a largest cosine 1 - 2D/d for least weight D. All linear combinations of the generators, which must
/// be independent.
[[nodiscard]] ExactCode sign_vectors(long d, const std::vector<std::uint64_t>& generators);

/// Generators of the Reed-Muller code RM(r, m), 0 <= r <= m <= 6: length 2^m, dimension sum_{i <= r} C(m, i), least
/// weight 2^(m-r) (by the construction u | u + v).
[[nodiscard]] std::vector<std::uint64_t> reed_muller_generators(int r, int m);

/// The binary codes of length d as codes on the sphere: Reed-Muller codes for d = 8, 16, 32, 64, the Golay code for d =
/// 24. The least weight is counted word by word where there are at most 2^20 words; larger ones rest on the theorem.
[[nodiscard]] std::vector<ExplicitCode> binary_codes(long d);

/// The least weight of the nonzero words of a linear code, word by word; 0 if the generators are dependent.
[[nodiscard]] long least_weight(const std::vector<std::uint64_t>& generators);

}  // namespace shatterproof
