#pragma once
// Internal to forward_pass: pre-activations of eight samples at a time, in float or double, neurons side by side.
#include <cstdint>
#include <vector>

#include "shatterproof/linalg/lanes.hpp"
#include "shatterproof/network/problem.hpp"

namespace shatterproof {

/// Neurons that are done together, and again in double if a sign of theirs is left open; a multiple of every kTile.
constexpr Eigen::Index kChunk = 512;

/// The network and the samples in one precision, filled up with neurons that are never active.
template <class T>
struct SideBySide {
  static constexpr Eigen::Index kTile = 128 / sizeof(T);  // neurons: two cache lines of numbers
  Eigen::Index neurons, dimension;                        // neurons: a multiple of kTile
  AlignedVector<T> weights, thresholds, tolerances;       // weights: component by component
  AlignedVector<T> samples;                               // sample by sample

  std::vector<double> error_squares;  // of each chunk: the sum of the squared tolerances

  /// tolerance: how far a pre-activation of each neuron may be off in this precision.
  SideBySide(const Problem<double>& problem, const Vector<double>& tolerance);
};

/// Neurons first .. last - 1, multiples of kTile, on `count` <= 8 samples from `sample` on.
struct Chunk {
  Eigen::Index sample, count, first, last;
};
struct ChunkResult {
  double squares = 0;   ///< sum of h_ik^2: at most last - first additions deep in this precision
  bool decided = true;  ///< every value is certainly larger than its tolerance, so that all signs are right
};

/// Sets the neurons' bytes: bit s is 1{value on sample + s > 0}.
[[nodiscard]] ChunkResult run_chunk(const SideBySide<double>& network, const Chunk& chunk, std::uint8_t* bytes);
[[nodiscard]] ChunkResult run_chunk(const SideBySide<float>& network, const Chunk& chunk, std::uint8_t* bytes);

}  // namespace shatterproof
