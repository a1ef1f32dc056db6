#pragma once
#include <algorithm>

#include "shatterproof/core/parallel.hpp"
#include "shatterproof/linalg/lanes.hpp"

namespace shatterproof {

/// Threads for so many additions of eight numbers, or for so many numbers in memory that are worked on once.
[[nodiscard]] inline Eigen::Index worthwhile_parts(Eigen::Index additions) {
  constexpr Eigen::Index kWorthAThread = 1 << 15;
  return additions < kWorthAThread ? 1 : static_cast<Eigen::Index>(thread_count());
}

/// Calls work(from, to) for parts of 0 .. count, on several threads if there are several parts.
template <class Work>
void in_parts(Eigen::Index count, Eigen::Index parts, const Work& work) {
  if (parts == 1) return work(Eigen::Index(0), count);
  parallel_for(static_cast<std::size_t>(parts), [&](std::size_t part) {
    const auto p = static_cast<Eigen::Index>(part);
    work(count * p / parts, count * (p + 1) / parts);
  });
}

/// Calls work(first column, lane groups) for strips of at most `most` lane groups of rows of this width.
template <class Work>
void in_strips(Eigen::Index width, Eigen::Index most, const Work& work) {
  for (Eigen::Index at = 0; at < width; at += most * kLanes) work(at, std::min(most, (width - at) / kLanes));
}

}  // namespace shatterproof
