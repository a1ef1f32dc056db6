#include "shatterproof/sphere/closest_pair.hpp"

#include <algorithm>
#include <vector>

#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

/// A sample of every so-manieth row, so that a large set is searched within a reach that few of its pairs have.
struct RowSample {
  std::vector<double> rows;
  std::vector<long> ids;
};

RowSample sample_rows(const DirectionPairs& pairs, long count) {
  RowSample sample;
  sample.ids.reserve(std::size_t(count));
  sample.rows.reserve(std::size_t(count * pairs.dimension));
  for (long k = 0; k < count; ++k) {
    const long i = k * pairs.count / count;  // both counts are below 2^30
    sample.ids.push_back(i);
    sample.rows.insert(sample.rows.end(), pairs.rows + i * pairs.dimension, pairs.rows + (i + 1) * pairs.dimension);
  }
  return sample;
}

}  // namespace

const Rational& closest_cosine_gap() {
  static const Rational gap = 4 * power(Rational(10), -40);
  return gap;
}

ClosestPair closest_pair(const DirectionPairs& pairs, const CosineOrder& order) {
  require(pairs.count >= 2, "the closest pair needs two vectors");
  constexpr long kFirstSample = 500, kGrowth = 16, kMostExactTests = 1'000'000;
  ClosestPair closest{0, 1};
  const auto is_at_most_closest = [&](long i, long j) { return order.is_at_most(i, j, closest.first, closest.second); };
  const auto bound = [&] { return std::max(order.below(closest.first, closest.second), Rational(-1)); };
  std::vector<long> sizes{pairs.count};
  while (sizes.back() > kFirstSample) sizes.push_back(std::max(sizes.back() / kGrowth, 2L));
  // Each sample is searched within the least distance of the one before: closest up to rounding.
  for (; !sizes.empty(); sizes.pop_back()) {
    const RowSample sample = sample_rows(pairs, sizes.back());
    if (bound() > 1 - closest_cosine_gap()) return closest;
    const PairSearch closer = search_pairs(
        {sample.rows.data(), sizes.back(), pairs.dimension, pairs.margin,
         [&](long i, long j) { return is_at_most_closest(sample.ids[std::size_t(i)], sample.ids[std::size_t(j)]); }},
        bound());
    if (closer.separated) continue;
    closest.first = sample.ids[std::size_t(closer.first)], closest.second = sample.ids[std::size_t(closer.second)];
  }
  const Rational s = bound();
  if (s > 1 - closest_cosine_gap()) return closest;
  // Every pair that is not excluded by u_i.u_j <= s <= the largest inner product is compared with the closest so far.
  long tests = 0;
  const auto take_closer = [&](long i, long j) {
    if (++tests > kMostExactTests)
      throw UndecidedError("more than " + std::to_string(kMostExactTests) +
                           " pairs are as close as the closest to rounding: too many to compare exactly");
    if (!is_at_most_closest(i, j)) closest.first = std::min(i, j), closest.second = std::max(i, j);
    return true;
  };
  closest.exact_tests =
      search_pairs({pairs.rows, pairs.count, pairs.dimension, pairs.margin, take_closer}, s).exact_tests;
  return closest;
}

}  // namespace shatterproof
