#pragma once
#include "shatterproof/linalg/lanes.hpp"

namespace shatterproof {

/// The lower triangle of A A^T, rounded; what lies above the diagonal is not set to anything in particular.
/// Errors   every path has at most width + 10 roundings, so that an entry errs by gamma_(width + 10) |A| |A|^T.
[[nodiscard]] Matrix<double> lower_products(const LaneRows<double>& A);

}  // namespace shatterproof
