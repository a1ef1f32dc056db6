#include "shatterproof/network/box_tree.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "shatterproof/core/error.hpp"
#include "shatterproof/numeric/rounding.hpp"

namespace shatterproof {

using Index = Eigen::Index;

constexpr std::uint32_t kLeafPoints = 8;

BoxTree::BoxTree(const Matrix<double>& points) : dimension_(points.cols()) {
  require(points.rows() >= 1 && points.rows() < std::numeric_limits<std::uint32_t>::max() / 4,
          "BoxTree: the number of points");
  rows_.resize(static_cast<std::size_t>(points.rows()));
  std::iota(rows_.begin(), rows_.end(), 0U);
  const Vector<double> norms = points.rowwise().norm();
  nodes_.push_back({0, static_cast<std::uint32_t>(points.rows()), 0});
  for (std::uint32_t node = 0; node < nodes_.size(); ++node) {
    enclose(points, norms, node);
    if (nodes_[node].last - nodes_[node].first > kLeafPoints) split(points, node);
  }
  coordinates_.reserve(rows_.size() * static_cast<std::size_t>(dimension_));
  for (const std::uint32_t row : rows_)
    for (Index j = 0; j < dimension_; ++j) coordinates_.push_back(points(row, j));
  double squares = 1;
  for (Index j = 0; j < 2 * dimension_; j += 2) {
    const double size =
        std::max(std::abs(boxes_[static_cast<std::size_t>(j)]), std::abs(boxes_[static_cast<std::size_t>(j) + 1]));
    squares += size * size;
  }
  corner_norm_ = rounding::root_above(squares);
}

void BoxTree::enclose(const Matrix<double>& points, const Vector<double>& norms, std::uint32_t node) {
  const auto first = rows_.begin() + nodes_[node].first, last = rows_.begin() + nodes_[node].last;
  for (Index j = 0; j < dimension_; ++j) {
    const auto [least, most] =
        std::minmax_element(first, last, [&](std::uint32_t a, std::uint32_t b) { return points(a, j) < points(b, j); });
    boxes_.push_back(points(*least, j));
    boxes_.push_back(points(*most, j));
  }
  for (auto row = first; row != last; ++row) nodes_[node].radius = std::max(nodes_[node].radius, norms(*row));
}

/// At the median of the longest side.
void BoxTree::split(const Matrix<double>& points, std::uint32_t node) {
  const double* box = boxes_.data() + static_cast<std::size_t>(2 * dimension_) * node;
  Index longest = 0;
  for (Index j = 1; j < dimension_; ++j)
    if (box[2 * j + 1] - box[2 * j] > box[2 * longest + 1] - box[2 * longest]) longest = j;
  const std::uint32_t first = nodes_[node].first, last = nodes_[node].last;
  const std::uint32_t middle = first + (last - first) / 2;
  std::nth_element(rows_.begin() + first, rows_.begin() + middle, rows_.begin() + last,
                   [&](std::uint32_t a, std::uint32_t b) { return points(a, longest) < points(b, longest); });
  nodes_[node].child = static_cast<std::uint32_t>(nodes_.size());
  nodes_.push_back({first, middle, 0});
  nodes_.push_back({middle, last, 0});
}

}  // namespace shatterproof
