#include "shatterproof/network/raw_arrays.hpp"

namespace shatterproof {

bool is_network_array(const std::string& name) {
  for (const char* own : {"W", "b", "v", "beta", "X", "y", "R"})
    if (name == own) return true;
  return name.ends_with(".weight") || name.ends_with(".bias");
}

std::string shape_text(const std::vector<std::size_t>& shape) {
  std::string text = "(";
  for (std::size_t i = 0; i < shape.size(); ++i) text += (i == 0 ? "" : ", ") + std::to_string(shape[i]);
  return text + (shape.size() == 1 ? ",)" : ")");
}

std::string element_name(const std::string& field, const std::vector<std::size_t>& shape, std::size_t position) {
  std::string index;
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    index = "[" + std::to_string(position % shape[axis]) + "]" + index;
    position /= shape[axis];
  }
  return field + index;
}

LargestSample largest_sample(const Matrix<Rational>& X) {
  LargestSample largest{-1, 0};
  for (Eigen::Index i = 0; i < X.rows(); ++i) {
    Rational norm2 = 0;
    for (Eigen::Index j = 0; j < X.cols(); ++j) norm2 += X(i, j) * X(i, j);
    if (norm2 > largest.norm2) largest = {norm2, i};
  }
  return largest;
}

}  // namespace shatterproof
