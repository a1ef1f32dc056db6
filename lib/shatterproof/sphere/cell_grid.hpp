#pragma once
#include <cstdint>
#include <vector>

#include "shatterproof/linalg/lanes.hpp"
#include "shatterproof/sphere/cell_scan.hpp"

namespace shatterproof {

/// Points of the unit ball of R^d sorted into cells of their first m coordinates, for the question which of them lie
/// within `reach` of a point. The cells are at least as wide as the reach; of the 3^m around a point those are scanned
/// that come within the reach. Distances and inner products are evaluated in float with a margin, so nothing near is
/// ever missed: the callers decide what is found in double or exactly.
class CellGrid {
 public:
  /// rows: count x dimension numbers, one point a row. Requires 0 < reach, dimension >= 1, count < 2^30 and every
  /// |row| <= 1 + 2^-30, else PreconditionError (it names the row; NaN and infinity are refused by it).
  CellGrid(const double* rows, std::size_t count, long dimension, double reach);

  [[nodiscard]] std::size_t size() const { return ids_.size(); }
  [[nodiscard]] std::size_t bytes() const;
  [[nodiscard]] int cell_coordinates() const { return m_; }  ///< m

  /// |fl(<x, p>) - <x, p>| for points of the ball, evaluated in float.
  [[nodiscard]] double float_margin() const { return double(2 * dimension_ + 2) * 0x1p-24; }

  /// The points in the order of their cells: neighbours in it are near in memory.
  [[nodiscard]] std::uint32_t id(std::uint32_t position) const { return ids_[position]; }

  /// Fills `found` with row numbers: every point p with |x - p| <= reach and <x, p> >= inner is among them. Points
  /// that are not, are far from it by no more than rounding errors of float. |x| <= 1 + 2^-30 or PreconditionError.
  void near(const double* x, double inner, std::vector<std::uint32_t>& found) const;
  /// True, with `found` unspecified, if it meets a point p on the way that has certainly |x - p| <= distance; false and
  /// the same as near() else, also where such points exist that float does not tell.
  bool near_or_within(const double* x, double inner, double distance, std::vector<std::uint32_t>& found) const;
  /// The same as near() around a stored point x, of the points p after it in the order of the cells that have also |x -
  /// p| <= distance (which tells near points apart where inner products are all about 1): each pair is met once.
  void near_after(std::uint32_t position, double inner, double distance, std::vector<std::uint32_t>& found) const;

  /// A permutation of 0..count-1 that takes the points of `rows` from cell to cell.
  [[nodiscard]] std::vector<std::uint32_t> cell_order(const double* rows, std::size_t count) const;

 private:
  struct Scratch;
  static Scratch& scratch();
  static constexpr int kMostCoordinates = 8;
  static constexpr std::uint32_t kNone = 0xffffffff;

  void choose_cells(const double* rows, std::size_t count, double reach);
  [[nodiscard]] std::int32_t side_of(float coordinate) const;
  [[nodiscard]] std::uint32_t cell_of(const double* row) const;
  void find_ranges(Scratch& memory, std::uint32_t after) const;
  bool scan(Scratch& memory, double inner, double enough) const;
  void keep_within(const Scratch& memory, double squared, std::vector<std::uint32_t>& found) const;
  [[nodiscard]] double rounding_of_distance() const;
  [[nodiscard]] PointBlocks points() const { return {blocks_.data(), dimension_}; }

  long dimension_;
  int m_ = 1;
  std::int32_t sides_ = 1;  // cells along one coordinate
  double width_ = 2, per_unit_ = 0.5;
  float limit_ = 0;      // squared reach with its margin, for distances in the coordinates of the cells
  double farthest_ = 0;  // the same for all coordinates
  std::vector<std::uint32_t> starts_, ids_;
  AlignedVector<float> blocks_;
};

}  // namespace shatterproof
