#pragma once
#include <array>
#include <span>

#include "shatterproof/linalg/bit_matrix.hpp"

namespace shatterproof {

/// Products with a fixed 0/1 matrix, many times: out_c = sum of the rows in_r with bit (r, c) set.
/// Either by tables or, where few bits are set, through lists of them: whichever needs fewer additions of rows.
/// Errors   every path from an entry of `in` to one of `out` has at most depth() additions.
/// Threads  the result does not depend on their number.
class MaskedSum {
 public:
  using Index = Eigen::Index;
  explicit MaskedSum(BitMatrix bits);
  /// By lists, without the bits: the rows of column c are list[starts[c]] .. list[starts[c+1] - 1].
  MaskedSum(Index rows, std::vector<std::uint32_t> starts, std::vector<std::uint32_t> list);

  [[nodiscard]] Index rows() const { return row_count_; }
  [[nodiscard]] Index columns() const { return column_count_; }
  /// in: rows() rows, out: columns() rows, of the same width. For double, float and, exactly, std::int64_t.
  template <class T>
  void apply(const LaneRows<T>& in, LaneRows<T>& out) const;

  [[nodiscard]] Index depth() const;
  [[nodiscard]] Index cost() const;  ///< of apply, in additions of rows
  [[nodiscard]] bool uses_lists() const { return !starts_.empty(); }
  [[nodiscard]] Index count() const { return count_; }  ///< of set bits
  [[nodiscard]] bool has_bits() const { return bits_.rows() == row_count_ && bits_.columns() == column_count_; }
  [[nodiscard]] const BitMatrix& bits() const { return bits_; }  ///< of no rows if made from lists
  /// The rows of a column, if lists are used.
  [[nodiscard]] std::span<const std::uint32_t> column(Index c) const {
    const std::uint32_t first = starts_[static_cast<std::size_t>(c)];
    return {rows_.data() + first, starts_[static_cast<std::size_t>(c) + 1] - first};
  }

 private:
  void make_lists(const std::vector<Index>& counts);

  BitMatrix bits_;
  Index row_count_, column_count_;
  Index count_ = 0, longest_ = 0;
  std::vector<std::uint32_t> starts_, rows_;  // lists: the rows of column c are rows_[starts_[c] .. starts_[c+1])
};

}  // namespace shatterproof
