#include "shatterproof/linalg/bit_matrix.hpp"

#include <algorithm>

#include "shatterproof/linalg/in_parts.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;
using Word = std::uint64_t;
using Words = Lanes<Word>;

/// Transposes 8 x 8 bits, byte j being column j (swaps of ever larger blocks); for Word and Words.
template <class W>
SHATTERPROOF_INLINE W transposed_block(W x) {
  const auto swap = [&x](Word mask, int shift) __attribute__((always_inline)) {
    const W change = (x ^ (x >> shift)) & mask;
    x ^= change ^ (change << shift);
  };
  swap(0x00AA00AA00AA00AA, 7);
  swap(0x0000CCCC0000CCCC, 14);
  swap(0x00000000F0F0F0F0, 28);
  return x;
}

/// The number of ones in each of eight bytes, on pairs, fours and eights of bits: not every processor counts bits.
template <class W>
SHATTERPROOF_INLINE W bits_in_bytes(W x) {
  x -= x >> 1 & 0x5555555555555555;
  x = (x & 0x3333333333333333) + (x >> 2 & 0x3333333333333333);
  return (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0f;
}

template <class W>
SHATTERPROOF_INLINE W load_word(const std::uint8_t* bytes) {
  W word;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

/// The groups first .. last - 1 of `to`; first is a multiple of kLanes.
SHATTERPROOF_CLONES void transpose_bits(const BitMatrix& from, BitMatrix& to, Index first, Index last) {
  const Index whole = last - (last - first) % kLanes;
  for (Index h = first; h < whole; h += kLanes)
    for (Index g = 0; g < from.groups(); ++g) {
      const Words blocks = transposed_block(load_word<Words>(from.group(g) + 8 * h));
      for (Index lane = 0; lane < kLanes; ++lane) {
        const Word block = blocks[lane];
        std::memcpy(to.group(h + lane) + 8 * g, &block, sizeof block);
      }
    }
  for (Index h = whole; h < last; ++h)
    for (Index g = 0; g < from.groups(); ++g) {
      const Word block = transposed_block(load_word<Word>(from.group(g) + 8 * h));
      std::memcpy(to.group(h) + 8 * g, &block, sizeof block);
    }
}

/// counts_j += the ones in byte j of `words` words.
SHATTERPROOF_CLONES void count_bits(const std::uint8_t* bytes, Index words, Word* counts) {
  const Index whole = words - words % kLanes;
  for (Index w = 0; w < whole; w += kLanes)
    store_lanes<Word>(counts + w, load_lanes(counts + w) + bits_in_bytes(load_word<Words>(bytes + 8 * w)));
  for (Index w = whole; w < words; ++w) counts[w] += bits_in_bytes(load_word<Word>(bytes + 8 * w));
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
  std::vector<Word> packed(static_cast<std::size_t>(stride_ / 8));
  for (Index g = 0; g < groups(); ++g) {
    count_bits(group(g), stride_ / 8, packed.data());
    if (g % kMostInAByte != kMostInAByte - 1 && g + 1 != groups()) continue;
    for (std::size_t c = 0; c < counts.size(); ++c)
      counts[c] += static_cast<Index>(packed[c / 8] >> 8 * (c % 8) & 0xff);
    std::fill(packed.begin(), packed.end(), 0);
  }
  return counts;
}

BitMatrix BitMatrix::transposed() const {
  BitMatrix result(columns_, rows_);
  const Index words = result.groups(), lines = (words + kLanes - 1) / kLanes;
  in_parts(lines, worthwhile_parts(lines * kLanes * groups()),
           [&](Index from, Index to) { transpose_bits(*this, result, from * kLanes, std::min(to * kLanes, words)); });
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
