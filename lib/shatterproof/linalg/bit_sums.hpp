#pragma once
#include "shatterproof/linalg/bit_matrix.hpp"

namespace shatterproof {

// Products of a 0/1 matrix with rows of numbers. The results do not depend on the number of threads.

/// out_c = sum of the rows in_r with bit (r, c) set, through the subset sums of eight rows at a time (one look-up
/// replaces up to eight additions). in: bits.rows() rows, out: bits.columns() rows, of the same width.
/// Errors  every path has at most bits.groups()/4 + 12 additions: seven in a table, two between tables, one a pass
///         (two passes at most have fewer than four tables), one between halves. For double, float and, exactly, int64.
template <class T>
void sum_by_tables(const BitMatrix& bits, const LaneRows<T>& in, LaneRows<T>& out);

/// out_c += rows_c . (the sum of the rows in_r with bit (r, c) set), without storing the sums: for few rows of `in`.
template <class T>
void dot_by_tables(const BitMatrix& bits, const LaneRows<T>& in, const LaneRows<T>& rows, AlignedVector<T>& out);

/// out_r = sum of factors_c in_c over the c with bit (r, c) set: one addition for eight rows of `out` and one row of
/// `in`, then 512 for the eight. in: bits.columns() rows, out: bits.rows() rows, of the same width. For few rows of
/// `out`.
template <class T>
void sum_by_buckets(const BitMatrix& bits, const LaneRows<T>& in, const AlignedVector<T>& factors, LaneRows<T>& out);

/// In additions of rows.
struct BitSumCost {
  static constexpr Eigen::Index kSubsets = 256;  ///< of eight rows
  [[nodiscard]] static Eigen::Index by_tables(const BitMatrix& bits) {
    return bits.groups() * (kSubsets + bits.columns());
  }
  [[nodiscard]] static Eigen::Index by_buckets(const BitMatrix& bits) {
    return bits.groups() * (2 * kSubsets + bits.columns());
  }
};

}  // namespace shatterproof
