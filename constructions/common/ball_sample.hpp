#pragma once
#include <cstdint>
#include <vector>

#include "shatterproof/linalg/matrix.hpp"

namespace shatterproof {

/// n points of the closed unit ball of R^d, exact doubles, drawn uniformly up to rounding.
struct BallSample {
  long count = 0, dimension = 0;
  std::vector<double> coordinates;  ///< row-major, count x dimension
  std::vector<double> norms;        ///< |x_i|, relative error below 1e-14
  [[nodiscard]] const double* point(long i) const { return coordinates.data() + i * dimension; }
};

/// Independent streams of one seed, so that e.g. changing n does not change the signs.
enum class Stream : std::uint64_t { data = 1, signs, truth_signs, noise, monte_carlo };
[[nodiscard]] std::uint64_t stream_seed(std::uint64_t seed, Stream stream, std::uint64_t index = 0);

/// Draws the sample. Guarantee: every point lies in the closed unit ball (checked exactly where rounding leaves doubt).
/// Requires count >= 1, dimension >= 1 and count * dimension within kMostNumbers, else PreconditionError.
[[nodiscard]] BallSample sample_ball(long count, long dimension, std::uint64_t seed);

/// Largest number of coordinates that is kept in memory at once, for data and centres together.
inline constexpr long kMostNumbers = 12'000'000;

/// Throws PreconditionError, before anything is allocated, if n samples and N neurons in R^d are too many.
void require_memory(long samples, long neurons, long dimension);

/// The points as an n x d matrix without rounding.
template <class Scalar>
[[nodiscard]] Matrix<Scalar> exact_matrix(const BallSample& sample);

}  // namespace shatterproof
