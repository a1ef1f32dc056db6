#pragma once
#include "shatterproof/linalg/bit_matrix.hpp"

namespace shatterproof {

/// out_i,k = x_i.y_k' with k' = 8 first_group + k where bit (k', i) is set, and 0 elsewhere, for as many k as a row of
/// `out` has room for. Shapes   x: n rows; columns: component j of all A of the y_k, side by side; bits: A x n; out: n
/// rows. Errors   every path has at most columns.rows() + 1 roundings.
void masked_products(const LaneRows<double>& x, const LaneRows<double>& columns, const BitMatrix& bits,
                     Eigen::Index first_group, LaneRows<double>& out);

/// out_k,i = factors_k where bit (8 first_group + i, k) is set, and 0 elsewhere, for as many i as a row has room for.
/// Shapes   bits: n x A; out: A rows.
void masked_factors(const AlignedVector<double>& factors, const BitMatrix& bits, Eigen::Index first_group,
                    LaneRows<double>& out);

}  // namespace shatterproof
