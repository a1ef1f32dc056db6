#pragma once
#include <functional>

#include "shatterproof/linalg/lanes.hpp"

namespace shatterproof {

/// When to stop: the residual is small, or the error of the value that it implies with the gap seen is.
struct LanczosGoal {
  double residual = 0;  ///< residual <= this * |value|, or
  double value = 0;     ///< residual^2 <= this * |value| * gap
  double gap = 0;       ///< used while there are fewer than three Ritz values; 0: unknown
  int most_products = 200;
};

template <class T>
struct RitzPair {
  double value = 0, residual = 0;  ///< the recurrence's own estimate of |A x - value x|
  double gap = 0;                  ///< to the next Ritz value; the goal's while there are fewer than three
  AlignedVector<T> vector;         ///< norm about 1
  int products = 0;
  bool converged = false;
};

/// The top Ritz pair by the three-term Lanczos recurrence, without reorthogonalisation: cheap where few products do; no
/// bound. The start is of a length that is a multiple of kLanes. Not finite numbers give converged = false.
/// For double and float (which is summed in double).
template <class T>
[[nodiscard]] RitzPair<T> approx_top_ritz_pair(const std::function<void(const T* x, T* product)>& apply,
                                               AlignedVector<T> start, const LanczosGoal& goal);

}  // namespace shatterproof
