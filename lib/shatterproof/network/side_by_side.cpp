#include "shatterproof/network/side_by_side.hpp"

#include <algorithm>
#include <limits>
#include <type_traits>

#include "shatterproof/linalg/copy_rows.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

/// A cache line of numbers, so that float has twice as many side by side as double.
template <class T>
constexpr Index kLine = 64 / sizeof(T);
template <class T>
struct LineOf {
  using Type __attribute__((vector_size(kLine<T> * sizeof(T)))) = T;
  using Integer = std::conditional_t<sizeof(T) == 8, std::int64_t, std::int32_t>;
  using Bits __attribute__((vector_size(kLine<T> * sizeof(T)))) = Integer;
  using Bytes __attribute__((vector_size(kLine<T>))) = std::uint8_t;
};
template <class T>
using Line = typename LineOf<T>::Type;

template <class L, class T>
SHATTERPROOF_INLINE L load(const T* from) {
  L line;
  std::memcpy(&line, from, sizeof line);
  return line;
}

/// |a|: the sign bit cleared.
template <class T>
SHATTERPROOF_INLINE Line<T> absolute(const Line<T>& a) {
  using Bits = typename LineOf<T>::Bits;
  return reinterpret_cast<Line<T>>(reinterpret_cast<Bits>(a) & std::numeric_limits<typename LineOf<T>::Integer>::max());
}

/// R samples of a group from its sample `first` on against two lines of neurons.
template <int R, class T>
SHATTERPROOF_INLINE void run_tile(const SideBySide<T>& network, Index neuron, const T* samples, int first,
                                  Line<T>& squares, Line<T>& least, std::uint8_t* bytes) {
  using Bits = typename LineOf<T>::Bits;
  using Bytes = typename LineOf<T>::Bytes;
  Line<T> a[R][2];
  for (int h = 0; h < 2; ++h) {
    const Line<T> start = -load<Line<T>>(network.thresholds.data() + neuron + h * kLine<T>);
    for (int s = 0; s < R; ++s) a[s][h] = start;
  }
  for (Index j = 0; j < network.dimension; ++j)
    for (int h = 0; h < 2; ++h) {
      const auto w = load<Line<T>>(network.weights.data() + j * network.neurons + neuron + h * kLine<T>);
      for (int s = 0; s < R; ++s) a[s][h] += w * samples[s * network.dimension + j];
    }
  for (int h = 0; h < 2; ++h) {
    const Index at = neuron + h * kLine<T>;
    Line<T> smallest = absolute<T>(a[0][h]);
    Bits bits = {};
    for (int s = 0; s < R; ++s) {
      const Line<T> size = absolute<T>(a[s][h]);
      smallest = size < smallest ? size : smallest;
      const Bits on = a[s][h] > 0;
      bits |= on & (typename LineOf<T>::Integer(1) << (first + s));
      const auto hidden = reinterpret_cast<Line<T>>(on & reinterpret_cast<Bits>(a[s][h]));
      squares += hidden * hidden;
    }
    const Line<T> margin = smallest - load<Line<T>>(network.tolerances.data() + at);
    least = margin < least ? margin : least;
    const Bytes all = load<Bytes>(bytes + at) | __builtin_convertvector(bits, Bytes);
    std::memcpy(bytes + at, &all, sizeof all);
  }
}

/// R samples of the chunk, from its sample `first` on.
template <int R, class T>
SHATTERPROOF_INLINE void run_rows(const SideBySide<T>& network, const Chunk& chunk, int first, ChunkResult& result,
                                  std::uint8_t* bytes) {
  const T* samples = network.samples.data() + (chunk.sample + first) * network.dimension;
  Line<T> squares = {}, least = squares + 1;  // of |value| - tolerance
  for (Index neuron = chunk.first; neuron < chunk.last; neuron += SideBySide<T>::kTile)
    run_tile<R>(network, neuron, samples, first, squares, least, bytes);
  for (Index lane = 0; lane < kLine<T>; ++lane) {
    result.squares += static_cast<double>(squares[lane]);
    result.decided = result.decided && least[lane] > 0;
  }
}

template <class T>
SHATTERPROOF_INLINE ChunkResult run_samples(const SideBySide<T>& network, const Chunk& chunk, std::uint8_t* bytes) {
  ChunkResult result;
  std::fill(bytes + chunk.first, bytes + chunk.last, std::uint8_t(0));
  if (chunk.count == 8)
    run_rows<8>(network, chunk, 0, result, bytes);
  else
    for (int s = 0; s < chunk.count; ++s) run_rows<1>(network, chunk, s, result, bytes);
  return result;
}

// One function for each scalar: clones of templates are not made.
SHATTERPROOF_CLONES ChunkResult run_doubles(const SideBySide<double>& network, const Chunk& chunk,
                                            std::uint8_t* bytes) {
  return run_samples(network, chunk, bytes);
}
SHATTERPROOF_CLONES ChunkResult run_floats(const SideBySide<float>& network, const Chunk& chunk, std::uint8_t* bytes) {
  return run_samples(network, chunk, bytes);
}

template <class T>
void copy_rounded(const double* from, Index count, T* to) {
  std::transform(from, from + count, to, [](double x) { return static_cast<T>(x); });
}

}  // namespace

template <class T>
SideBySide<T>::SideBySide(const Problem<double>& problem, const Vector<double>& tolerance)
    : neurons((problem.network.neurons() + kTile - 1) / kTile * kTile), dimension(problem.network.dimension()) {
  const auto& [network, data] = problem;
  const Index K = network.neurons();
  const auto size = static_cast<std::size_t>(neurons);
  weights.assign(size * static_cast<std::size_t>(dimension), 0);
  thresholds.assign(size, 1);
  tolerances.assign(size, 0);
  for (Index j = 0; j < dimension; ++j) copy_rounded(network.W.data() + j * K, K, weights.data() + j * neurons);
  copy_rounded(network.b.data(), K, thresholds.data());
  copy_rounded(tolerance.data(), K, tolerances.data());
  samples.resize(static_cast<std::size_t>(data.X.size()));
  copy_rows(data.X, samples.data(), dimension);
  for (Index first = 0; first < K; first += kChunk)
    error_squares.push_back(tolerance.segment(first, std::min(kChunk, K - first)).squaredNorm());
}

ChunkResult run_chunk(const SideBySide<double>& network, const Chunk& chunk, std::uint8_t* bytes) {
  return run_doubles(network, chunk, bytes);
}
ChunkResult run_chunk(const SideBySide<float>& network, const Chunk& chunk, std::uint8_t* bytes) {
  return run_floats(network, chunk, bytes);
}

template struct SideBySide<double>;
template struct SideBySide<float>;

}  // namespace shatterproof
