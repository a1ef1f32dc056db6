#pragma once
#include <functional>

#include "shatterproof/numeric/rational.hpp"
#include "shatterproof/sphere/cell_grid.hpp"

namespace shatterproof {

/// N disjoint open caps {x in the unit ball: u_j.x > 1 - h}, approximately, and how to tell exactly.
struct CapRows {
  const double* rows;  ///< count x dimension, |row_j| <= 1 + 2^-30; must outlive the finder
  long count, dimension;
  Rational h;     ///< in (0, 2)
  double margin;  ///< |row_j - u_j| < margin, and |fl(row_j.x) - u_j.x| < margin for every x in the ball
};

/// Which cap holds a point, by a grid of cells: u_j.x > 1 - h and |x| <= 1 mean |u_j - x|^2 < 2h.
class CapFinder {
 public:
  explicit CapFinder(const CapRows& caps);

  /// Calls visit(i, j, fl(u_j.x_i)) at least for every pair with u_j.x_i > 1 - h and for none with u_j.x_i <= 1 - h - 4
  /// margin; i in no particular order. points: count x dimension, in the unit ball. A point too short for any cap costs
  /// its norm only.
  void visit_near(const double* points, long count,
                  const std::function<void(long i, long j, double inner)>& visit) const;

  /// The cap of each point, or -1. What the error bound leaves open is decided by is_inside(j, x): u_j.x > 1 - h,
  /// exactly. Throws PreconditionError if a point is in two caps.
  [[nodiscard]] std::vector<std::int32_t> caps_of(const double* points, long count,
                                                  const std::function<bool(long j, const double* x)>& is_inside) const;

  [[nodiscard]] const CellGrid& grid() const { return grid_; }

 private:
  void visit_batch(const double* points, long first, long count,
                   const std::function<void(long i, long j, double inner)>& visit) const;

  CapRows caps_;
  double threshold_;
  CellGrid grid_;
};

}  // namespace shatterproof
