#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "shatterproof/sphere/exact_code.hpp"

namespace shatterproof {

/// Lattices whose shells (all vectors of one norm) are used as codes. Two vectors of norm m differ by a lattice vector,
/// of norm at least mu, hence their cosine is at most 1 - mu/(2m): the certificate of every shell code.
enum class Lattice {
  cubic,  ///< Z^d: differences on a shell have even norm, so mu = 2
  e8,     ///< even, so mu = 2; also its sections E7 (x1 = x2) and E6 (x1 = x2 = x3)
  leech   ///< scaled so that all coordinates are integers (norm 8 times the usual one); mu = 32 by the argument in
          ///< leech.cpp
};

/// counts[m] = number of vectors of the m-th shell, m = 0..last, exactly, by multiplying power series (no table):
/// cubic: x.x = m in Z^d; e8 (d = 6, 7, 8): x.x = 2m in E6, E7, E8; leech (d = 24): x.x = 2m in the usual scale.
[[nodiscard]] std::vector<Integer> shell_counts(Lattice lattice, long d, long last);

/// The largest cosine that the bound allows on shell m: 1 - 1/m, 1 - 1/(2m), 1 - 1/m (Leech: 1 - 4/(2*2m)).
[[nodiscard]] Rational shell_cosine(Lattice lattice, long m);

/// All vectors of shell m, checked to be as many as shell_counts says. Throws PreconditionError when they are more than
/// `limit`.
[[nodiscard]] ExactCode shell_code(Lattice lattice, long d, long m, std::uint64_t limit);

/// Whether all rows are different, lie in the lattice and on shell m (exact; the membership rules of E8 and Leech are
/// tested, not assumed).
[[nodiscard]] bool is_certainly_on_shell(Lattice lattice, long d, long m, const ExactCode& code);

}  // namespace shatterproof
