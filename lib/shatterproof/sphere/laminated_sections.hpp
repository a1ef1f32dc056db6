#pragma once
#include "shatterproof/sphere/exact_code.hpp"

namespace shatterproof {

/// Dimensions of the sections below.
inline constexpr long kFirstLaminated = 15, kLastLaminated = 23;

/// The minimal vectors of the Leech lattice in a subspace of dimension d, 15 <= d <= 23, that holds many of them: some
/// coordinates are 0, some are equal, all within an octad of the Golay code (and one more coordinate for d = 15).
/// These are the minimal vectors of the laminated lattices (Conway and Sloane, chapter 6): 2340, 4320 (Barnes-Wall),
/// 5346, 7398, 10668, 17400, 27720, 49896, 93150. Inner products at most half the norm, as in the whole lattice.
[[nodiscard]] ExactCode laminated_section(long d);

/// Their number, counted vector by vector (once a process, for all d together).
[[nodiscard]] long laminated_count(long d);

/// Whether all rows are different minimal vectors of the Leech lattice (exact). That they lie in the span of the frame
/// is part of require_valid.
[[nodiscard]] bool is_certainly_laminated(long d, const ExactCode& code);

}  // namespace shatterproof
