#pragma once
#include <algorithm>

#include "shatterproof/linalg/matrix.hpp"

namespace shatterproof {

/// to[i stride + j] = from(i, j), rounded to T. A few rows at a time: their lines stay in the first cache.
template <class T>
void copy_rows(const Matrix<double>& from, T* to, Eigen::Index stride) {
  constexpr Eigen::Index kRows = 64;
  for (Eigen::Index first = 0; first < from.rows(); first += kRows)
    for (Eigen::Index j = 0; j < from.cols(); ++j)
      for (Eigen::Index i = first; i < std::min(from.rows(), first + kRows); ++i)
        to[i * stride + j] = static_cast<T>(from(i, j));
}

}  // namespace shatterproof
