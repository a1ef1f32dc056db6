#pragma once
#include <Eigen/Core>

namespace shatterproof {

/// x_0 + .. + x_{count-1}, halves of halves down to 32 terms: at most sum_depth(count) additions on every path.
template <class T>
[[nodiscard]] T pairwise_sum(const T* x, Eigen::Index count) {
  if (count > 32) return pairwise_sum(x, count / 2) + pairwise_sum(x + count / 2, count - count / 2);
  T sum = 0;
  for (Eigen::Index i = 0; i < count; ++i) sum += x[i];
  return sum;
}

/// 32, and one for each halving.
[[nodiscard]] constexpr int sum_depth(Eigen::Index count) {
  int depth = 32;
  for (; count > 32; count = count - count / 2) ++depth;
  return depth;
}

}  // namespace shatterproof
