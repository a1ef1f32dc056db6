#pragma once
// Internal to the sums of rows: what they do with a few lane groups at a time, so many that they stay in registers.
#include <cstdint>

#include "shatterproof/linalg/lanes.hpp"

namespace shatterproof {

constexpr Eigen::Index kMostLaneGroups = 4;  // of a row in registers

/// A block of the columns of `in` and `out`.
template <class T>
struct Strip {
  const T* in;
  T* out;
  Eigen::Index stride;  // of both
};

/// sum = the listed rows, of N lane groups and `stride` apart, added. Two sums side by side: additions wait for each
/// other otherwise.
template <int N, class T>
SHATTERPROOF_INLINE void sum_listed_rows(const std::uint32_t* list, const std::uint32_t* end, const T* rows,
                                         Eigen::Index stride, T* sum) {
  Lanes<T> even[N] = {}, odd[N] = {};
  for (; list + 1 < end; list += 2)
    for (int q = 0; q < N; ++q) {
      even[q] += load_lanes(rows + list[0] * stride + q * kLanes);
      odd[q] += load_lanes(rows + list[1] * stride + q * kLanes);
    }
  if (list < end)
    for (int q = 0; q < N; ++q) even[q] += load_lanes(rows + list[0] * stride + q * kLanes);
  for (int q = 0; q < N; ++q) store_lanes<T>(sum + q * kLanes, even[q] + odd[q]);
}

}  // namespace shatterproof
