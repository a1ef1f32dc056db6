#pragma once
#include <cstdint>
#include <vector>

#include "shatterproof/numeric/ball.hpp"

namespace shatterproof {

/// Apple-peeling code with a direct decoder: points of S^(d-1) on layers of latitude, on each layer a code of the same
/// kind one dimension lower, regular polygons at the bottom (spec lower-bounds 2, (L2)).
///
/// The centres are exact reals: layer l of a node lies at latitude (l - middle) step with doubles middle and step taken
/// as they are, vertex i of a polygon at angle 2 pi i/k. The caps {u.x > 1 - h}, h = eps^2, are disjoint by
/// construction. With x = sin theta and kSlack = 2^-20: neighbouring layers differ by step >= 2 theta (1 + kSlack), and
/// on a circle of radius r the points are at half chord x/r (1 + kSlack/2) or more, so that |u - v|/2 = r (half chord)
/// > x; one point alone where r <= x. The doubles behind these demands are in error by less than 2^-29 relative (some
/// units in the last place of sin, asin and quotients, all arguments >= 2^-12), far below the slack.
///
/// The nodes are shared: inner separations are rounded up to 2^(-i/kCells).
class LatitudeCode {
 public:
  static constexpr double kSlack = 0x1p-20;
  static constexpr double kCells = 2048;
  static constexpr long kMostDimension = 24;

  /// Requires 3 <= d <= 24, 2^-12 <= eps <= 1/2 and at most 2^60 points, else PreconditionError.
  LatitudeCode(long d, const Rational& eps);

  [[nodiscard]] long dimension() const { return dimension_; }
  [[nodiscard]] const Rational& eps() const { return eps_; }
  [[nodiscard]] std::int64_t size() const { return nodes_[root_].count; }
  [[nodiscard]] std::size_t bytes() const;  ///< of the tree; the centres are not stored

  /// size() x d numbers row by row, each within (d + 2) 2^-49 of the exact coordinate.
  void approx_centres(double* rows) const;
  void approx_centre(std::int64_t index, double* row) const;
  /// The exact coordinates, enclosed at the working precision in force.
  [[nodiscard]] std::vector<Ball> enclose_centre(std::int64_t index) const;

  struct Place {
    std::int64_t cap = -1;  ///< the one cap with u.x > 1 - h, or -1: none
    bool by_balls = false;  ///< within rounding of the rim, decided by balls
  };
  /// Which open cap holds the point x of the unit ball (d doubles, taken exactly): O(d), no search, never wrong. A cap
  /// within 2^-20 theta of x in latitude is the only candidate on its level, because the shadow of a cap on its circle
  /// has the angular radius theta' with sin theta' = x/r; its inner product is compared with 1 - h beyond a proved
  /// error bound, or in balls of up to 4096 bits. Throws PreconditionError for x with NaN or |x|^2 > 1 + 2^-48,
  /// UndecidedError where 4096 bits do not suffice.
  [[nodiscard]] Place find(const double* x) const;

 private:
  struct Layer {
    double height, radius;       // sine and cosine of the latitude, each within 2^-50
    std::int64_t first;          // points of the node before this layer
    std::int32_t node, polygon;  // node >= 0: a node; else a polygon of so many points, or one point (1)
  };
  struct Node {
    double step = 0, inverse_step = 0, middle = 0;
    std::int64_t count = 0;
    std::int32_t layers = 0;  // where they start
    std::int32_t last = -1;   // number of layers - 1
  };
  struct Path {
    std::vector<std::pair<const Node*, std::int64_t>> steps;
    std::int64_t polygon = 1, vertex = 0;
  };

  std::int32_t shared_node(long k, double x);
  std::int32_t make_node(long k, double x);
  Layer make_layer(long k, double x, double latitude);
  Node node_of(long k, double x, double step, double middle, std::int32_t last, std::vector<Layer>& layers);
  [[nodiscard]] const Layer& layer(const Node& node, std::int64_t l) const { return layers_[node.layers + l]; }
  [[nodiscard]] Path path_to(std::int64_t index) const;
  double* emit(const Node& node, long level, double scale, double* prefix, double* rows) const;
  [[nodiscard]] bool is_in_cap_by_balls(std::int64_t index, const double* x) const;

  long dimension_;
  Rational eps_;
  double threshold_ = 0, margin_ = 0;
  std::vector<Node> nodes_;
  std::vector<Layer> layers_;
  std::vector<std::vector<std::int32_t>> cells_;  // [k][i]: the node of that dimension and separation, or -1
  std::int32_t root_ = 0;
};

}  // namespace shatterproof
