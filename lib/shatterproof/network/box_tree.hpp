#pragma once
#include <cmath>
#include <cstdint>
#include <vector>

#include "shatterproof/linalg/matrix.hpp"

namespace shatterproof {

/// Points of R^d in boxes within boxes, to find those in a half-space w.x > b without a look at every one.
class BoxTree {
 public:
  using Index = Eigen::Index;
  /// points: one a row, finite, fewer than 2^32.
  explicit BoxTree(const Matrix<double>& points);

  [[nodiscard]] double corner_norm() const { return corner_norm_; }  ///< >= |(c; -1)| for every corner c of a box

  /// visit(row, w.x - b computed) for every point but those in boxes where w.x - b is at most -tolerance as computed:
  /// the sum of the largest products, from -b on, d products on each path; and those in boxes where |w| times the
  /// largest |x| in it, minus b, is at most -3 tolerance as computed. w: d numbers.
  template <class Visit>
  void for_each_near(const double* w, double b, double tolerance, const Visit& visit) const {
    std::uint32_t open[kMostDepth];
    int count = 0;
    open[count++] = 0;
    double norm = 0;
    for (Index j = 0; j < dimension_; ++j) norm += w[j] * w[j];
    norm = std::sqrt(norm);
    while (count > 0) {
      const Node& node = nodes_[open[--count]];
      if (!(norm * node.radius - b > -3 * tolerance) || !(largest(node, w, b) > -tolerance)) continue;
      if (node.child != 0) {
        open[count++] = node.child;
        open[count++] = node.child + 1;
        continue;
      }
      for (std::uint32_t p = node.first; p < node.last; ++p) {
        double value = -b;
        for (Index j = 0; j < dimension_; ++j)
          value += w[j] * coordinates_[static_cast<std::size_t>(p * dimension_ + j)];
        visit(rows_[p], value);
      }
    }
  }

 private:
  static constexpr int kMostDepth = 128;
  struct Node {
    std::uint32_t first, last;  // of rows_
    std::uint32_t child;        // the first of two, 0 for a leaf
    double radius = 0;          // the largest |x|, rounded
  };
  [[nodiscard]] double largest(const Node& node, const double* w, double b) const {
    const double* box = boxes_.data() + (&node - nodes_.data()) * 2 * dimension_;
    double sum = -b;
    for (Index j = 0; j < dimension_; ++j) sum += std::max(w[j] * box[2 * j], w[j] * box[2 * j + 1]);
    return sum;
  }
  void enclose(const Matrix<double>& points, const Vector<double>& norms, std::uint32_t node);
  void split(const Matrix<double>& points, std::uint32_t node);

  Index dimension_;
  std::vector<Node> nodes_;
  std::vector<double> boxes_;  // of each node the least and the largest of each coordinate
  std::vector<std::uint32_t> rows_;
  std::vector<double> coordinates_;  // of the points in the order of rows_
  double corner_norm_ = 0;
};

}  // namespace shatterproof
