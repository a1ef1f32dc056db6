#include "shatterproof/sphere/cell_scan.hpp"

#include <bit>
#include <cstring>

#include "shatterproof/linalg/lanes.hpp"

// Comparisons of lanes are written as arithmetic on sign bits: g++ 12 takes them apart lane by lane in cloned
// functions.
namespace shatterproof {
namespace {

using Floats __attribute__((vector_size(kBlock * sizeof(float)))) = float;
using Bits32 __attribute__((vector_size(kBlock * sizeof(float)))) = std::uint32_t;
constexpr Bits32 kLaneIndex = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

/// The sign bit of lane i is set if the i-th point of the block is in the range and <x, p> > least. D = 0: the
/// dimension is known at run time only.
template <int D>
SHATTERPROOF_INLINE void near_bits(const PointBlocks& points, std::uint32_t block, const CellRange& range,
                                   const float* x, float least, Bits32& bits) {
  const long d = D > 0 ? D : points.dimension;
  const float* from = points.data + std::size_t(block) * kBlock * d;
  Floats coordinate;
  std::memcpy(&coordinate, from, sizeof coordinate);
  Floats sum = coordinate * x[0];
  for (long j = 1; j < d; ++j) {
    std::memcpy(&coordinate, from + j * kBlock, sizeof coordinate);
    sum += coordinate * x[j];
  }
  const Floats rest = least - sum;
  const Bits32 place = kLaneIndex + (block * kBlock - range.begin);  // wraps around before the range
  std::memcpy(&bits, &rest, sizeof bits);
  bits &= (place - (range.end - range.begin)) & ~place;
}

SHATTERPROOF_INLINE bool has_sign(const Bits32& bits) {
  std::uint64_t words[kBlock / 2], all = 0;
  std::memcpy(words, &bits, sizeof words);
  for (std::uint64_t word : words) all |= word;
  return (all & 0x8000000080000000u) != 0;
}

/// Most points have nobody near: the first pass only asks whether there is anything to collect.
template <int D>
SHATTERPROOF_INLINE void find_near_in(const PointBlocks& points, const float* x, std::span<const CellRange> ranges,
                                      float least, std::vector<std::uint32_t>& positions) {
  Bits32 any = {}, bits;
  for (const CellRange& range : ranges)
    for (std::uint32_t block = range.begin / kBlock; block * kBlock < range.end; ++block) {
      near_bits<D>(points, block, range, x, least, bits);
      any |= bits;
    }
  if (!has_sign(any)) return;
  for (const CellRange& range : ranges)
    for (std::uint32_t block = range.begin / kBlock; block * kBlock < range.end; ++block) {
      near_bits<D>(points, block, range, x, least, bits);
      if (!has_sign(bits)) continue;
      for (std::uint32_t lane = 0; lane < kBlock; ++lane)
        if ((bits[lane] >> 31) != 0) positions.push_back(block * kBlock + lane);
    }
}

}  // namespace

SHATTERPROOF_CLONES void find_near(const PointBlocks& points, const float* x, std::span<const CellRange> ranges,
                                   float least, std::vector<std::uint32_t>& positions) {
  switch (points.dimension) {
    case 2:
      return find_near_in<2>(points, x, ranges, least, positions);
    case 3:
      return find_near_in<3>(points, x, ranges, least, positions);
    case 4:
      return find_near_in<4>(points, x, ranges, least, positions);
    case 5:
      return find_near_in<5>(points, x, ranges, least, positions);
    case 6:
      return find_near_in<6>(points, x, ranges, least, positions);
    case 7:
      return find_near_in<7>(points, x, ranges, least, positions);
    case 8:
      return find_near_in<8>(points, x, ranges, least, positions);
    default:
      return find_near_in<0>(points, x, ranges, least, positions);
  }
}

}  // namespace shatterproof
