#include "shatterproof/linalg/bit_matrix.hpp"

#include <bit>

namespace shatterproof {
namespace {

/// Transposes 8 x 8 bits, byte j being column j (swaps of ever larger blocks).
std::uint64_t transposed_block(std::uint64_t x) {
  const auto swap = [&x](std::uint64_t mask, int shift) {
    const std::uint64_t change = (x ^ (x >> shift)) & mask;
    x ^= change ^ (change << shift);
  };
  swap(0x00AA00AA00AA00AA, 7);
  swap(0x0000CCCC0000CCCC, 14);
  swap(0x00000000F0F0F0F0, 28);
  return x;
}

}  // namespace

BitMatrix::BitMatrix(Index rows, Index columns)
    : rows_(rows),
      columns_(columns),
      stride_(round_to_lanes(columns)),
      bytes_(static_cast<std::size_t>(groups() * stride_)) {}

void BitMatrix::set(Index row, Index column, bool on) {
  const auto bit = static_cast<std::uint8_t>(1U << row % 8);
  std::uint8_t& byte = group(row / 8)[column];
  byte = static_cast<std::uint8_t>(on ? byte | bit : byte & ~bit);
}

std::vector<Eigen::Index> BitMatrix::column_counts() const {
  std::vector<Index> counts(static_cast<std::size_t>(columns_));
  for (Index g = 0; g < groups(); ++g)
    for (Index c = 0; c < columns_; ++c) counts[static_cast<std::size_t>(c)] += std::popcount(group(g)[c]);
  return counts;
}

BitMatrix BitMatrix::transposed() const {
  BitMatrix result(columns_, rows_);
  for (Index h = 0; h < result.groups(); ++h)
    for (Index g = 0; g < groups(); ++g) {
      std::uint64_t block = 0;
      std::memcpy(&block, group(g) + 8 * h, 8);
      block = transposed_block(block);
      std::memcpy(result.group(h) + 8 * g, &block, 8);
    }
  return result;
}

BitMatrix BitMatrix::with_columns(const std::vector<Index>& chosen) const {
  BitMatrix result(rows_, static_cast<Index>(chosen.size()));
  for (Index g = 0; g < groups(); ++g) {
    std::uint8_t* to = result.group(g);
    for (const Index column : chosen) *to++ = group(g)[column];
  }
  return result;
}

}  // namespace shatterproof
