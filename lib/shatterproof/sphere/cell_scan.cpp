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

/// Bit i: the sign of lane i.
SHATTERPROOF_INLINE std::uint32_t sign_mask(const Bits32& bits) {
  const Bits32 lanes = (bits >> 31) << kLaneIndex;
  std::uint64_t words[kBlock / 2], all = 0;
  std::memcpy(words, &lanes, sizeof words);
  for (std::uint64_t word : words) all |= word;
  return std::uint32_t(all | all >> 32);
}

/// Where all near points are wanted, most x have none: the first pass only asks whether there is anything to collect.
template <int D>
SHATTERPROOF_INLINE bool find_near_in(const PointBlocks& points, const float* x, std::span<const CellRange> ranges,
                                      float least, double enough, std::vector<std::uint32_t>& positions) {
  Bits32 any = {}, bits;
  if (enough < 0) {
    for (const CellRange& range : ranges)
      for (std::uint32_t block = range.begin / kBlock; block * kBlock < range.end; ++block) {
        near_bits<D>(points, block, range, x, least, bits);
        any |= bits;
      }
    if (sign_mask(any) == 0) return false;
  }
  for (const CellRange& range : ranges)
    for (std::uint32_t block = range.begin / kBlock; block * kBlock < range.end; ++block) {
      near_bits<D>(points, block, range, x, least, bits);
      for (std::uint32_t mask = sign_mask(bits); mask != 0; mask &= mask - 1) {
        const std::uint32_t position = block * kBlock + std::uint32_t(std::countr_zero(mask));
        if (enough >= 0 && squared_distance(points, x, position) <= enough) return true;
        positions.push_back(position);
      }
    }
  return false;
}

}  // namespace

double squared_distance(const PointBlocks& points, const float* x, std::uint32_t position) {
  const float* p = points.data + std::size_t(position / kBlock) * kBlock * points.dimension + position % kBlock;
  double squares = 0;
  for (long j = 0; j < points.dimension; ++j) {
    const double step = double(x[j]) - double(p[j * kBlock]);
    squares += step * step;
  }
  return squares;
}

SHATTERPROOF_CLONES bool find_near(const PointBlocks& points, const float* x, std::span<const CellRange> ranges,
                                   float least, double enough, std::vector<std::uint32_t>& positions) {
  switch (points.dimension) {
    case 2:
      return find_near_in<2>(points, x, ranges, least, enough, positions);
    case 3:
      return find_near_in<3>(points, x, ranges, least, enough, positions);
    case 4:
      return find_near_in<4>(points, x, ranges, least, enough, positions);
    case 5:
      return find_near_in<5>(points, x, ranges, least, enough, positions);
    case 6:
      return find_near_in<6>(points, x, ranges, least, enough, positions);
    case 7:
      return find_near_in<7>(points, x, ranges, least, enough, positions);
    case 8:
      return find_near_in<8>(points, x, ranges, least, enough, positions);
    default:
      return find_near_in<0>(points, x, ranges, least, enough, positions);
  }
}

}  // namespace shatterproof
