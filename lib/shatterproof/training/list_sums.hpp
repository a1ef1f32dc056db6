#pragma once
#include <cstdint>

#include "shatterproof/linalg/lanes.hpp"

namespace shatterproof {

/// sum = the sum of the listed rows.
void gather(const std::vector<std::uint32_t>& list, const LaneRows<double>& rows, double* sum);
void gather(const std::vector<std::uint32_t>& list, const LaneRows<float>& rows, float* sum);
/// Adds `row` to each listed row of `sums`.
void scatter(const std::vector<std::uint32_t>& list, const double* row, LaneRows<double>& sums);
void scatter(const std::vector<std::uint32_t>& list, const float* row, LaneRows<float>& sums);

}  // namespace shatterproof
