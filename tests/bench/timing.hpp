#pragma once
#include <algorithm>
#include <chrono>
#include <ctime>
#include <functional>
#include <vector>

#include "shatterproof/core/parallel.hpp"

namespace shatterproof::bench {

/// Seconds: of this thread's own processor time, or by the clock on the wall where several threads work.
inline double seconds_now() {
  if (thread_count() > 1)
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

inline double milliseconds(const std::function<void()>& work) {
  const double start = seconds_now();
  work();
  return 1e3 * (seconds_now() - start);
}

inline double median(std::vector<double> x) {
  std::sort(x.begin(), x.end());
  return x[x.size() / 2];
}

}  // namespace shatterproof::bench
