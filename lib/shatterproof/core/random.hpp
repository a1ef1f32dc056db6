#pragma once
#include <cstdint>
#include <memory>
#include <vector>

namespace shatterproof {

/// The seed of an independent stream of `seed`, so that drawing more of one thing does not change another.
[[nodiscard]] std::uint64_t stream_seed(std::uint64_t seed, std::uint64_t stream, std::uint64_t index = 0);

/// Seeded pseudo-random numbers that are the same on every machine (mt19937_64 with Boost's distributions).
class Random {
 public:
  explicit Random(std::uint64_t seed);
  ~Random();
  Random(Random&&) noexcept;

  double uniform();                                 ///< in [0, 1)
  double normal();                                  ///< mean 0, variance 1
  std::uint64_t below(std::uint64_t bound);         ///< uniform in 0..bound-1; requires bound >= 1
  std::vector<double> unit_vector(int dimension);   ///< uniform on the sphere S^{d-1}, up to rounding
  std::vector<double> in_unit_ball(int dimension);  ///< uniform in the closed unit ball of R^d, up to rounding

 private:
  struct Engine;
  std::unique_ptr<Engine> engine_;
};

}  // namespace shatterproof
