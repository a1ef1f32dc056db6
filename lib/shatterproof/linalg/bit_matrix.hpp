#pragma once
#include <cstdint>

#include "shatterproof/linalg/lanes.hpp"

namespace shatterproof {

/// A 0/1 matrix of rows x columns; a byte holds eight rows of one column, row 8g + j in its bit j.
class BitMatrix {
 public:
  using Index = Eigen::Index;
  BitMatrix(Index rows, Index columns);  ///< all 0

  [[nodiscard]] Index rows() const { return rows_; }
  [[nodiscard]] Index columns() const { return columns_; }
  [[nodiscard]] Index groups() const { return (rows_ + 7) / 8; }
  /// The bytes of rows 8g .. 8g+7, one a column; readable and writable up to the next multiple of kLanes.
  [[nodiscard]] std::uint8_t* group(Index g) { return bytes_.data() + g * stride_; }
  [[nodiscard]] const std::uint8_t* group(Index g) const { return bytes_.data() + g * stride_; }

  [[nodiscard]] bool at(Index row, Index column) const { return group(row / 8)[column] >> row % 8 & 1; }
  void set(Index row, Index column, bool on);
  [[nodiscard]] std::vector<Index> column_counts() const;
  [[nodiscard]] BitMatrix transposed() const;
  [[nodiscard]] BitMatrix with_columns(const std::vector<Index>& chosen) const;  ///< each at most once

 private:
  Index rows_, columns_, stride_;
  AlignedVector<std::uint8_t> bytes_;
};

}  // namespace shatterproof
