#include "shatterproof/sphere/laminated_sections.hpp"

#include <array>

#include "shatterproof/core/error.hpp"
#include "shatterproof/sphere/lattice_shells.hpp"
#include "shatterproof/sphere/leech.hpp"

namespace shatterproof {
namespace {

constexpr int kLeechCoordinates = 24;
using Position = std::array<int, kLeechCoordinates>;

/// The coordinates with those of an octad first (and another one that is not in it last).
Position octad_first() {
  const std::uint32_t octad = golay_octad();
  Position place{};
  int inside = 0, outside = 8;
  for (int i = 0; i < kLeechCoordinates; ++i) place[octad >> i & 1 ? inside++ : outside++] = i;
  return place;
}

/// x[place[0..zeros-1]] = 0, the next `equal` are equal, or (sum_zero) the next `equal` add up to 0.
struct Subspace {
  int zeros, equal;
  bool sum_zero;
};

Subspace laminated_subspace(long d) {
  switch (d) {
    case 15:
      return {9, 0, false};
    case 16:
      return {8, 0, false};
    case 17:
      return {6, 2, false};
    case 18:
      return {5, 3, true};
    case 19:
      return {5, 0, false};
    case 20:
      return {4, 0, false};
    default:
      return {0, static_cast<int>(25 - d), false};
  }
}

bool is_inside(const Subspace& s, const Position& place, const std::int64_t* x) {
  for (int i = 0; i < s.zeros; ++i)
    if (x[place[i]] != 0) return false;
  std::int64_t sum = 0;
  for (int i = s.zeros; i < s.zeros + s.equal; ++i) {
    sum += x[place[i]];
    if (!s.sum_zero && x[place[i]] != x[place[s.zeros]]) return false;
  }
  return !s.sum_zero || sum == 0;
}

/// Orthogonal integer vectors that span the subspace.
IntegerMatrix subspace_frame(const Subspace& s, const Position& place, long d) {
  IntegerMatrix frame = IntegerMatrix::Zero(d, kLeechCoordinates);
  long row = 0;
  const auto block = [&](int i) { return place[s.zeros + i]; };
  if (s.equal > 0 && !s.sum_zero) {
    for (int i = 0; i < s.equal; ++i) frame(row, block(i)) = 1;
    ++row;
  }
  for (int j = 1; s.sum_zero && j < s.equal; ++j, ++row) {  // 1, .., 1, -j
    for (int i = 0; i < j; ++i) frame(row, block(i)) = 1;
    frame(row, block(j)) = -j;
  }
  for (int i = s.zeros + s.equal; i < kLeechCoordinates; ++i) frame(row++, place[i]) = 1;
  return frame;
}

void require_laminated(long d) {
  require(d >= kFirstLaminated && d <= kLastLaminated,
          "laminated sections need 15 <= d <= 23, got " + std::to_string(d));
}

}  // namespace

long laminated_count(long d) {
  require_laminated(d);
  static const std::array<long, kLastLaminated + 1> counts = [] {
    std::array<long, kLastLaminated + 1> number{};
    const Position place = octad_first();
    const ExactCode all = leech_minimal_vectors();
    for (long k = kFirstLaminated; k <= kLastLaminated; ++k)
      for (long i = 0; i < all.size(); ++i)
        if (is_inside(laminated_subspace(k), place, all.rational.row(i).data())) ++number[std::size_t(k)];
    return number;
  }();
  return counts[std::size_t(d)];
}

ExactCode laminated_section(long d) {
  require_laminated(d);
  const Subspace subspace = laminated_subspace(d);
  const Position place = octad_first();
  const ExactCode all = leech_minimal_vectors();
  ExactCode code;
  code.dimension = d;
  code.frame = subspace_frame(subspace, place, d);
  code.rational.resize(laminated_count(d), kLeechCoordinates);
  long row = 0;
  for (long i = 0; i < all.size(); ++i)
    if (is_inside(subspace, place, all.rational.row(i).data())) code.rational.row(row++) = all.rational.row(i);
  return code;
}

bool is_certainly_laminated(long d, const ExactCode& code) {
  if (d < kFirstLaminated || d > kLastLaminated || code.dimension != d) return false;
  ExactCode all;
  all.dimension = kLeechCoordinates;
  all.rational = code.rational;
  all.irrational = code.irrational;
  return is_certainly_on_shell(Lattice::leech, kLeechCoordinates, 2, all);
}

}  // namespace shatterproof
