#include "shatterproof/sphere/pair_search.hpp"

#include <algorithm>
#include <cmath>

#include "shatterproof/core/error.hpp"
#include "shatterproof/numeric/ball.hpp"
#include "shatterproof/sphere/cell_grid.hpp"

namespace shatterproof {
namespace {

/// So few that all pairs are looked at: then the closest pair is known too.
constexpr long kFew = 3000;

double inner_product_in_double(const DirectionPairs& pairs, long i, long j) {
  const double *x = pairs.rows + i * pairs.dimension, *y = pairs.rows + j * pairs.dimension;
  double sum = 0;
  for (long k = 0; k < pairs.dimension; ++k) sum += x[k] * y[k];
  return sum;
}

}  // namespace

PairSearch search_pairs(const DirectionPairs& pairs, const Rational& s) {
  require(s >= -1 && s < 1, "a separation needs a cosine in [-1, 1), got " + to_text_exact(s));
  PairSearch result;
  if (pairs.count == 0) return result;
  const double chord = std::sqrt(Ball(Rational(2 - 2 * s)).upper_double()) * (1 + 1e-12);
  const CellGrid grid(pairs.rows, std::size_t(pairs.count), pairs.dimension,
                      pairs.count <= kFew ? 2.5 : chord + 2 * pairs.margin);
  const double sure = Ball(s).lower_double() - pairs.margin;
  double closest = -2;
  result.separated = true;
  std::vector<std::uint32_t> near;
  for (std::uint32_t position = 0; position < pairs.count; ++position) {
    const long i = grid.id(position);
    // After a failure only a closer pair is of interest; before it, one that float tells from the closest so far.
    const double least =
        (result.separated ? std::min(sure, closest + 2 * grid.float_margin()) : closest) - pairs.margin;
    // |row_i - row_j|^2 = 2 - 2 row_i.row_j up to the lengths of the rows.
    const double distance = std::sqrt(std::max(0.0, 2 - 2 * least + 8 * pairs.margin)) + 2 * pairs.margin;
    grid.near_after(position, least, distance, near);
    for (const std::uint32_t other : near) {
      const long j = other;
      const double g = inner_product_in_double(pairs, i, j);
      const bool is_sure = g <= sure;
      if (!(g > closest) && (is_sure || !result.separated)) continue;
      const bool separated = is_sure || (++result.exact_tests, pairs.is_separated(i, j));
      if (separated && (!result.separated || !(g > closest))) continue;
      result.separated = separated;
      closest = g;
      result.first = std::min(i, j), result.second = std::max(i, j);
    }
  }
  return result;
}

}  // namespace shatterproof
