#include "shatterproof/sphere/optimised_points.hpp"

#include <algorithm>
#include <iterator>

#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

constexpr long kOptimisedSizes[] = {7, 8, 9, 10, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24};

constexpr std::int64_t kOptimisedRows[][3] = {
#include "shatterproof/sphere/optimised_points.inc"
};

}  // namespace

bool has_optimised_points(long n) {
  return std::find(std::begin(kOptimisedSizes), std::end(kOptimisedSizes), n) != std::end(kOptimisedSizes);
}

ExactCode optimised_points(long n) {
  require(has_optimised_points(n), "no optimised points are stored for n = " + std::to_string(n));
  long first = 0;
  for (long size : kOptimisedSizes) {
    if (size == n) break;
    first += size;
  }
  ExactCode code;
  code.dimension = 3;
  code.rational.resize(n, 3);
  for (long i = 0; i < n; ++i)
    for (long k = 0; k < 3; ++k) code.rational(i, k) = kOptimisedRows[first + i][k];
  return code;
}

}  // namespace shatterproof
