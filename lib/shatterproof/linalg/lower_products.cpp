#include "shatterproof/linalg/lower_products.hpp"

#include <algorithm>
#include <cmath>

#include "shatterproof/core/error.hpp"
#include "shatterproof/core/parallel.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

constexpr Index kTile = 4;                  // rows against as many
constexpr Index kTogether = kProductGroup;  // rows whose segments stay in the nearest cache beside those of a tile
constexpr Index kChunk = 64;                // rows of a task
constexpr Index kBlock = 64;                // columns of the factor at a time
constexpr Index kFewTiles = 128;            // not worth a thread

/// The sums of the eight places of each of eight groups.
SHATTERPROOF_INLINE Lanes<double> sums_of_eight(const Lanes<double>* x) {
  Lanes<double> pairs[4], fours[2];
  for (int p = 0; p < 4; ++p)
    pairs[p] = __builtin_shufflevector(x[2 * p], x[2 * p + 1], 0, 8, 2, 10, 4, 12, 6, 14) +
               __builtin_shufflevector(x[2 * p], x[2 * p + 1], 1, 9, 3, 11, 5, 13, 7, 15);
  for (int p = 0; p < 2; ++p)
    fours[p] = __builtin_shufflevector(pairs[2 * p], pairs[2 * p + 1], 0, 1, 8, 9, 4, 5, 12, 13) +
               __builtin_shufflevector(pairs[2 * p], pairs[2 * p + 1], 2, 3, 10, 11, 6, 7, 14, 15);
  return __builtin_shufflevector(fours[0], fours[1], 0, 1, 2, 3, 8, 9, 10, 11) +
         __builtin_shufflevector(fours[0], fours[1], 4, 5, 6, 7, 12, 13, 14, 15);
}

/// What a tile reads and where its sums go: rows `stride` apart.
struct Tile {
  const double *a, *b;
  Index stride;
  double* out;
  Index out_stride;
};

/// out_pq += a_p.b_q over `width` numbers, or -= that.
template <int Sign>
SHATTERPROOF_INLINE void add_tile(const Tile& tile, Index width) {
  Lanes<double> sums[kTile * kTile] = {};
  for (Index j = 0; j < width; j += kLanes) {
    Lanes<double> right[kTile];
    for (int q = 0; q < kTile; ++q) right[q] = load_lanes(tile.b + q * tile.stride + j);
    for (int p = 0; p < kTile; ++p) {
      const Lanes<double> left = load_lanes(tile.a + p * tile.stride + j);
      for (int q = 0; q < kTile; ++q) sums[p * kTile + q] += left * right[q];
    }
  }
  for (int half = 0; half < 2; ++half) {
    double eight[kLanes];
    store_lanes<double>(eight, sums_of_eight(sums + half * kLanes));
    for (int s = 0; s < kLanes; ++s) tile.out[(2 * half + s / kTile) * tile.out_stride + s % kTile] += Sign * eight[s];
  }
}

Index whole_groups(Index rows) { return (rows + kTogether - 1) / kTogether * kTogether; }

/// Rows cut into segments, all first segments one after the other, then all second ones: rows whose distance is a power
/// of 2 would push each other out of the cache. Filled up with rows of zeros to whole groups.
class Segments {
 public:
  explicit Segments(const LaneRows<double>& A)
      : rows_(whole_groups(A.rows())),
        width_(A.width()),
        step_(std::min(kProductSegment, width_)),
        entries_(static_cast<std::size_t>(width_ > 0 ? (width_ + step_ - 1) / step_ * step_ * rows_ : 0)) {
    for (Index i = 0; i < A.rows(); ++i)
      for (Index at = 0; at < width_; at += step_) std::copy_n(A.row(i) + at, std::min(step_, width_ - at), row(at, i));
  }
  [[nodiscard]] Index rows() const { return rows_; }
  [[nodiscard]] Index width() const { return width_; }
  [[nodiscard]] Index step() const { return step_; }
  [[nodiscard]] const double* row(Index at, Index i) const { return entries_.data() + at * rows_ + i * step_; }

 private:
  [[nodiscard]] double* row(Index at, Index i) { return entries_.data() + at * rows_ + i * step_; }

  Index rows_, width_, step_;
  AlignedVector<double> entries_;
};

/// Rows first .. first + 63 against those up to them, in blocks of those that stay in the second cache meanwhile. In a
/// factor, row r ends at its entry r.
SHATTERPROOF_CLONES void add_rows(const Segments& A, bool is_factor, Index first, LaneRows<double>& products) {
  const Index last = std::min(first + kChunk, A.rows());
  for (Index at = 0; at < A.width(); at += A.step())
    for (Index block = 0; block < last; block += kChunk)
      for (Index group = first; group < last; group += kTogether)
        for (Index other = block; other < std::min(block + kChunk, group + kTogether); other += kTile) {
          const Index end = std::min({at + A.step(), A.width(), is_factor ? round_to_lanes(other + kTile) : A.width()});
          for (Index row = std::max(group, other); row < group + kTogether && at < end; row += kTile)
            add_tile<1>({A.row(at, row), A.row(at, other), A.step(), products.row(row) + other, products.width()},
                        end - at);
        }
}

/// Runs work(first) for first = from, from + step, .. below to.
template <class Work>
void for_blocks(Index from, Index to, Index step, bool on_threads, const Work& work) {
  const Index count = (to - from + step - 1) / step;
  if (on_threads && thread_count() > 1)
    return parallel_for(static_cast<std::size_t>(count), [&](std::size_t b) {
      work(from + static_cast<Index>(count - 1 - static_cast<Index>(b)) * step);
    });
  for (Index b = 0; b < count; ++b) work(from + b * step);
}

void add_products(const LaneRows<double>& A, bool is_factor, LaneRows<double>& products) {
  const Segments rows(A);
  require(products.rows() == rows.rows() && products.width() >= rows.rows(),
          "products of rows: the shape of the result");
  for_blocks(0, rows.rows(), kChunk, rows.rows() * rows.width() / kTile > kFewTiles * kLanes,
             [&](Index first) { add_rows(rows, is_factor, first, products); });
}

LaneRows<double> products_of(const LaneRows<double>& A, bool is_factor) {
  const Index rows = whole_groups(A.rows());
  LaneRows<double> products(rows, rows);
  add_products(A, is_factor, products);
  return products;
}

/// Columns from .. from + 63 of the factor, rows first .. first + 7, minus what the columns before say.
SHATTERPROOF_CLONES void subtract_columns(LaneRows<double>& L, Index from, Index first) {
  for (Index row = first; row < first + kTogether; row += kTile)
    for (Index other = from; other < std::min(from + kBlock, L.rows()) && other <= row; other += kTile)
      add_tile<-1>({L.row(row), L.row(other), L.width(), L.row(row) + other, L.width()}, from);
}

/// A block on the diagonal: its factor in `rows`, transposed, and the reciprocals of its diagonal.
struct DiagonalFactor {
  alignas(64) double rows[kBlock][kBlock];
  double reciprocals[kBlock];
};

SHATTERPROOF_CLONES void factor_block(LaneRows<double>& L, Index from, Index size, DiagonalFactor& factor) {
  for (Index j = 0; j < kBlock; ++j)
    for (Index i = 0; i < kBlock; ++i)
      factor.rows[j][i] = i < size && j <= i ? L(from + i, from + j) : (i == j ? 1 : 0);
  for (Index j = 0; j < kBlock; ++j) {
    double* row = factor.rows[j];
    const double root = std::sqrt(row[j]), reciprocal = 1 / root;
    factor.reciprocals[j] = reciprocal;
    const Index start = j / kLanes * kLanes;
    for (Index i = start; i < kBlock; i += kLanes) store_lanes<double>(row + i, load_lanes(row + i) * reciprocal);
    for (Index i = start; i < j; ++i) row[i] = 0;
    row[j] = root;
    for (Index m = j + 1; m < kBlock; ++m)
      for (Index i = m / kLanes * kLanes; i < kBlock; i += kLanes)
        store_lanes<double>(factor.rows[m] + i, load_lanes(factor.rows[m] + i) - row[m] * load_lanes(row + i));
  }
  for (Index i = 0; i < size; ++i)
    for (Index j = 0; j < round_to_lanes(size); ++j) L(from + i, from + j) = j <= i ? factor.rows[j][i] : 0;
}

/// Rows first .. first + 3 right below the block: x L_block^T = what is there.
SHATTERPROOF_CLONES void solve_rows(const DiagonalFactor& factor, double* first, Index stride) {
  for (Index j = 0; j < kBlock; ++j)
    for (Index p = 0; p < kTile; ++p) {
      double* x = first + p * stride;
      const double value = x[j] * factor.reciprocals[j];
      for (Index i = j / kLanes * kLanes; i < kBlock; i += kLanes)
        store_lanes<double>(x + i, load_lanes(x + i) - value * load_lanes(factor.rows[j] + i));
      x[j] = value;
    }
}

}  // namespace

void add_lower_products(const LaneRows<double>& A, LaneRows<double>& products) { add_products(A, false, products); }

LaneRows<double> lower_products(const LaneRows<double>& A) { return products_of(A, false); }

LaneRows<double> lower_products_of_factor(const LaneRows<double>& L) { return products_of(L, true); }

LaneRows<double> approx_cholesky(const LaneRows<double>& A) {
  const Index n = A.rows(), rows = whole_groups(n);
  LaneRows<double> L(rows, A.width() + kLanes);  // not a power of 2 apart
  for (Index i = 0; i < n; ++i) std::copy_n(A.row(i), A.width(), L.row(i));
  DiagonalFactor factor;
  for (Index from = 0; from < n; from += kBlock) {
    const Index size = std::min(kBlock, n - from), below = from + size;
    const bool on_threads = (rows - from) * from / kLanes > kFewTiles;
    for_blocks(from, rows, kTogether, on_threads, [&](Index first) { subtract_columns(L, from, first); });
    factor_block(L, from, size, factor);
    // The last block has only zeros below it.
    for (Index first = below; below < n && first < rows; first += kTile)
      solve_rows(factor, L.row(first) + from, L.width());
  }
  for (Index i = 0; i < rows; ++i)
    for (Index j = i + 1; j < L.width(); ++j) L(i, j) = 0;
  return L;
}

}  // namespace shatterproof
