#pragma once
#include "shatterproof/linalg/lanes.hpp"

namespace shatterproof {

/// The lower triangle of A A^T, rounded, in rows; what lies above the diagonal is not set to anything in particular,
/// and there may be a few rows of zeros more. Errors   every path has at most lower_products_depth(width) roundings, so
/// that an entry errs by gamma of that times
///          |A| |A|^T. No operation is contracted; contracted ones would have fewer roundings.
/// Threads  the result does not depend on their number.
[[nodiscard]] LaneRows<double> lower_products(const LaneRows<double>& A);

/// products += lower_products(A), one more rounding for each segment of A. As many rows as A has, up to the next
/// multiple of kProductGroup, and as wide.
void add_lower_products(const LaneRows<double>& A, LaneRows<double>& products);

/// The same product of a lower triangular L: what lies above its diagonal is not read beyond the next multiple of
/// kLanes, and has to be 0 there.
[[nodiscard]] LaneRows<double> lower_products_of_factor(const LaneRows<double>& L);

/// A lower triangular L with L L^T about A, of which only the lower triangle is read; 0 above the diagonal, and perhaps
/// a few rows and columns of zeros more. No bound: where the factorisation breaks down there are numbers that are not
/// finite.
[[nodiscard]] LaneRows<double> approx_cholesky(const LaneRows<double>& A);

constexpr Eigen::Index kProductGroup = 8;      ///< rows that are multiplied together
constexpr Eigen::Index kProductSegment = 256;  ///< numbers of a row that are summed eight side by side

/// One product, the sum in each of eight places, three additions of the eight, one a segment.
[[nodiscard]] constexpr Eigen::Index lower_products_depth(Eigen::Index width) {
  return kProductSegment / kLanes + 4 + (width + kProductSegment - 1) / kProductSegment;
}

}  // namespace shatterproof
