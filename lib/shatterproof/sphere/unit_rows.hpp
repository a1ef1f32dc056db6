#pragma once
// Internal to the tests of pairs.
#include "shatterproof/sphere/exact_code.hpp"

namespace shatterproof {

/// Unit vectors in double; each inner product of two rows, evaluated in double, has an error below `margin`.
struct UnitRows {
  Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> unit;
  double margin = 0;
};
[[nodiscard]] UnitRows unit_rows(const ExactCode& code);

}  // namespace shatterproof
