#pragma once
#include <algorithm>

#include "shatterproof/linalg/copy_rows.hpp"
#include "shatterproof/linalg/in_parts.hpp"
#include "shatterproof/network/problem.hpp"

// Data and network as rows of lanes, rounded to T; each row ends with `spare` zeros at least.
namespace shatterproof {

/// z_i = (x_i; -1; 0 ..).
template <class T>
[[nodiscard]] LaneRows<T> lifted_rows(const Matrix<double>& X, Eigen::Index spare) {
  LaneRows<T> rows(X.rows(), X.cols() + 1 + spare);
  copy_rows(X, rows.row(0), rows.width());
  for (Eigen::Index i = 0; i < X.rows(); ++i) rows(i, X.cols()) = -1;
  return rows;
}

/// (w_k; b_k; 0 ..) of the chosen neurons.
template <class T>
[[nodiscard]] LaneRows<T> lifted_weights(const Network<double>& network, const std::vector<Eigen::Index>& chosen,
                                         Eigen::Index spare) {
  const Eigen::Index d = network.dimension();
  auto rows = LaneRows<T>::unset(static_cast<Eigen::Index>(chosen.size()), d + 1 + spare);
  in_parts(rows.rows(), worthwhile_parts(rows.rows() * rows.width()), [&](Eigen::Index from, Eigen::Index to) {
    for (Eigen::Index a = from; a < to; ++a) {
      const Eigen::Index k = chosen[static_cast<std::size_t>(a)];
      for (Eigen::Index j = 0; j < d; ++j) rows(a, j) = static_cast<T>(network.W(k, j));
      rows(a, d) = static_cast<T>(network.b(k));
      std::fill(rows.row(a) + d + 1, rows.row(a) + rows.width(), T(0));
    }
  });
  return rows;
}

/// v_k of the chosen neurons.
template <class T>
[[nodiscard]] AlignedVector<T> output_weights(const Network<double>& network, const std::vector<Eigen::Index>& chosen) {
  AlignedVector<T> v(chosen.size());
  std::transform(chosen.begin(), chosen.end(), v.begin(), [&](Eigen::Index k) { return static_cast<T>(network.v(k)); });
  return v;
}

}  // namespace shatterproof
