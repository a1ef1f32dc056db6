#include "shatterproof/linalg/lower_products.hpp"

#include <algorithm>

#include "shatterproof/core/parallel.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

constexpr int kTile = 4;         // rows against as many
constexpr Index kSegment = 512;  // of a row at a time: eight of them fit into the nearest cache

/// sums[p][q] += a_p.b_q over `width` numbers.
SHATTERPROOF_CLONES void add_tile(const double* a, const double* b, Index stride, Index width,
                                  double (&sums)[kTile][kTile]) {
  Lanes<double> lanes[kTile][kTile] = {};
  for (Index j = 0; j < width; j += kLanes) {
    Lanes<double> right[kTile];
    for (int q = 0; q < kTile; ++q) right[q] = load_lanes(b + q * stride + j);
    for (int p = 0; p < kTile; ++p) {
      const Lanes<double> left = load_lanes(a + p * stride + j);
      for (int q = 0; q < kTile; ++q) lanes[p][q] += left * right[q];
    }
  }
  for (int p = 0; p < kTile; ++p)
    for (int q = 0; q < kTile; ++q) sums[p][q] += sum_of<double>(lanes[p][q]);
}

/// Rows first .. first + 3 against those up to them.
void add_rows(const LaneRows<double>& A, Index first, Matrix<double>& products) {
  const Index n = products.rows(), width = A.width();
  for (Index at = 0; at < width; at += kSegment)
    for (Index other = 0; other <= first; other += kTile) {
      double sums[kTile][kTile] = {};
      add_tile(A.row(first) + at, A.row(other) + at, width, std::min(kSegment, width - at), sums);
      for (int p = 0; p < kTile && first + p < n; ++p)
        for (int q = 0; q < kTile && other + q < n; ++q) products(first + p, other + q) += sums[p][q];
    }
}

}  // namespace

Matrix<double> lower_products(const LaneRows<double>& A) {
  const Index n = A.rows(), tiles = (n + kTile - 1) / kTile;
  Matrix<double> products = Matrix<double>::Zero(n, n);
  LaneRows<double> filled(tiles * kTile, A.width());
  std::copy_n(A.row(0), n * A.width(), filled.row(0));
  parallel_for(static_cast<std::size_t>(tiles),
               [&](std::size_t t) { add_rows(filled, static_cast<Index>(t) * kTile, products); });
  return products;
}

}  // namespace shatterproof
