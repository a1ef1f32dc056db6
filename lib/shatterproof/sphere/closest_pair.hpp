#pragma once
#include <functional>

#include "shatterproof/sphere/pair_search.hpp"

namespace shatterproof {

/// How the inner products of the pairs compare, exactly.
struct CosineOrder {
  std::function<Rational(long, long)> below;               ///< at most u_i.u_j, by less than 1e-50
  std::function<bool(long, long, long, long)> is_at_most;  ///< u_i.u_j <= u_k.u_l
};

struct ClosestPair {
  long first = -1, second = -1;  ///< first < second
  long exact_tests = 0;
};

/// 4e-40: pairs of inner product above 1 - this have caps of eps below 1e-20 and are not told apart.
[[nodiscard]] const Rational& closest_cosine_gap();

/// The pair of the largest inner product, exactly: every other pair is excluded as in search_pairs or compared by the
/// order. If a pair above 1 - closest_cosine_gap is met, that pair. `pairs.is_separated` is not used. Throws
/// PreconditionError for fewer than two vectors.
[[nodiscard]] ClosestPair closest_pair(const DirectionPairs& pairs, const CosineOrder& order);

}  // namespace shatterproof
