#pragma once
#include <functional>

#include "shatterproof/numeric/rational.hpp"

namespace shatterproof {

/// Caps without their rim (tangent ones are disjoint) or with it.
enum class Caps { open, closed };

/// N unit vectors, approximately, and how to tell about a pair exactly.
struct DirectionPairs {
  const double* rows;  ///< count x dimension, |row| <= 1 + 2^-30
  long count, dimension;
  double margin;                                 ///< |row_i - u_i| < margin and |fl(row_i.row_j) - u_i.u_j| < margin
  std::function<bool(long, long)> is_separated;  ///< exactly: u_i.u_j <= s for open caps, < s for closed ones
};

struct PairSearch {
  bool separated = false;        ///< proved for all pairs
  long first = -1, second = -1;  ///< first < second: the closest pair met, to rounding of float; -1 if none was met
  long exact_tests = 0;
};

/// Decides whether all pairs are separated by the cosine s, or names a pair that is not, the closest one up to
/// rounding.
/// Far pairs are excluded by a grid of cells (|u_i - u_j|^2 > 2 - 2s means u_i.u_j < s), near ones by the inner product
/// in float and in double where its error bound allows, all others by is_separated. An empty set is not separated.
/// Requires -1 <= s < 1.
[[nodiscard]] PairSearch search_pairs(const DirectionPairs& pairs, const Rational& s);

}  // namespace shatterproof
