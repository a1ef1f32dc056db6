#include "shatterproof/linalg/bit_matrix.hpp"

#include <algorithm>

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

/// The number of ones in each of eight bytes, on pairs, fours and eights of bits: not every processor counts bits.
std::uint64_t bits_in_bytes(std::uint64_t x) {
  x -= x >> 1 & 0x5555555555555555;
  x = (x & 0x3333333333333333) + (x >> 2 & 0x3333333333333333);
  return (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0f;
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
  constexpr Index kMostInAByte = 31;  // groups of eight
  std::vector<Index> counts(static_cast<std::size_t>(columns_));
  std::vector<std::uint64_t> packed(static_cast<std::size_t>(stride_ / 8));
  for (Index g = 0; g < groups(); ++g) {
    for (std::size_t c = 0; c < packed.size(); ++c) {
      std::uint64_t eight = 0;
      std::memcpy(&eight, group(g) + 8 * c, 8);
      packed[c] += bits_in_bytes(eight);
    }
    if (g % kMostInAByte != kMostInAByte - 1 && g + 1 != groups()) continue;
    for (std::size_t c = 0; c < counts.size(); ++c)
      counts[c] += static_cast<Index>(packed[c / 8] >> 8 * (c % 8) & 0xff);
    std::fill(packed.begin(), packed.end(), 0);
  }
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
  if (static_cast<Index>(chosen.size()) == columns_ && std::is_sorted(chosen.begin(), chosen.end())) return *this;
  BitMatrix result(rows_, static_cast<Index>(chosen.size()));
  for (Index g = 0; g < groups(); ++g) {
    std::uint8_t* to = result.group(g);
    for (const Index column : chosen) *to++ = group(g)[column];
  }
  return result;
}

}  // namespace shatterproof
