#pragma once
#include <cstdint>
#include <functional>

#include "shatterproof/numeric/rational.hpp"

namespace shatterproof {

/// Calls visit(x) once for every vector x in Z^24 of the Leech lattice with x.x = 16 m (usual norm 2m; coordinates as
/// in leech.hpp), m >= 1, one at a time: memory does not grow with the shell. Vectors are grouped by (parity, word of
/// the Golay code), in lexicographic order within a group.
void for_each_leech_vector(long m, const std::function<void(const std::int64_t* x)>& visit);

/// Shell m vector by vector: every one must pass is_leech_vector and have the norm, and they must be different (they
/// come in increasing order within a group; the groups are disjoint).
struct LeechStream {
  Integer count;
  bool certified = false;  ///< all of that holds, the count is leech_counts' and the Golay code is what it must be
};
[[nodiscard]] LeechStream check_leech_shell(long m);

}  // namespace shatterproof
