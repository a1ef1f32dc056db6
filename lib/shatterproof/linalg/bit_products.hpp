#pragma once
#include "shatterproof/linalg/bit_matrix.hpp"

namespace shatterproof {

/// x_i.y_k where bit (k, i) is set, and 0 elsewhere: a row for each x_i, over the first `components` numbers of the
/// rows. Shapes   x: n rows, y: A rows, bits: A x n; result: n rows of A numbers, filled up with 0. Errors   every path
/// has at most components + 1 roundings.
[[nodiscard]] LaneRows<double> masked_products(const LaneRows<double>& x, const LaneRows<double>& y,
                                               Eigen::Index components, const BitMatrix& bits);

/// factors_k where bit (i, k) is set, and 0 elsewhere: a row for each k.
/// Shapes   bits: n x A; result: A rows of n numbers, filled up with 0.
[[nodiscard]] LaneRows<double> masked_factors(const AlignedVector<double>& factors, const BitMatrix& bits);

}  // namespace shatterproof
