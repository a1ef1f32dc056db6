#pragma once
#include <cstdint>
#include <vector>

#include "shatterproof/sphere/exact_code.hpp"

namespace shatterproof {

/// Random sequential packing: of the points offered, in this order, each is kept if its inner product with every point
/// kept before, evaluated in double, is at most a limit. Batches are tested against a grid of what is kept and among
/// themselves, with the result of the plain sequential rule.
class GreedyPacking {
 public:
  /// Requires dimension >= 1 and -1 <= limit < 1.
  GreedyPacking(long dimension, double limit);

  /// Offers count x dimension numbers, unit vectors up to rounding (else PreconditionError, which names the row), until
  /// `most` are kept in all; returns how many of them were looked at.
  std::size_t offer(const double* points, std::size_t count, std::size_t most);

  [[nodiscard]] std::size_t size() const { return rows_.size() / std::size_t(dimension_); }
  [[nodiscard]] const std::vector<double>& rows() const { return rows_; }  ///< size() x dimension

 private:
  std::vector<std::uint32_t> free_of_kept(const double* points, std::size_t count) const;
  std::vector<std::uint32_t> free_of_each_other(const double* points, const std::vector<std::uint32_t>& chosen) const;
  [[nodiscard]] bool is_close(const double* x, const double* y) const;
  void require_unit(const double* points, std::size_t count) const;
  [[nodiscard]] double slack() const { return 1e-12 * double(dimension_); }  ///< of |x|^2, for rounding errors

  long dimension_;
  double limit_, reach_, surely_close_;
  std::vector<double> rows_;
};

/// At most `most` random points of S^(d-1) with u_i.u_j <= s, rounded to exact integer vectors; `candidates` are drawn.
/// The limit is stricter than s by 2^-36, so that the rounding leaves the caps disjoint: certify_separation proves it.
[[nodiscard]] ExactCode greedy_code(long d, const Rational& s, std::size_t most, std::size_t candidates,
                                    std::uint64_t seed);

}  // namespace shatterproof
