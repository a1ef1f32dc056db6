#pragma once
// Internal to dense_pass: one computation, compiled once for each instruction set.
#include <cstddef>
#include <cstdint>

namespace shatterproof {

/// What the tiles of one thread work on; plain pointers, because the code for another instruction set must not share
/// inline functions with the rest of the program.
template <class T>
struct PassWork {
  const T* columns;  ///< of the samples, stride apart
  std::ptrdiff_t stride, lifted;
  const T* weights;  ///< rows, width apart
  std::ptrdiff_t width, neurons;
  const T* v;
  T* outputs;
  std::uint8_t* bits;  ///< [w_k.z_i > 0], of a BitMatrix, groups bits_stride apart; or null
  std::uint8_t* near;  ///< [not |w_k.z_i| >= bands_k], alike; or null
  const T* bands;
  std::ptrdiff_t groups, bits_stride;
};

constexpr std::ptrdiff_t kPassBytes = 64;  // of samples side by side
constexpr std::ptrdiff_t kPassVectors = 2;
/// Samples of one tile; ranges start and end at multiples of it.
template <class T>
constexpr std::ptrdiff_t kPassTile = kPassVectors* kPassBytes / static_cast<std::ptrdiff_t>(sizeof(T));

#define SHATTERPROOF_PASS_TILES(name)                                              \
  void name(const PassWork<double>& work, std::ptrdiff_t from, std::ptrdiff_t to); \
  void name(const PassWork<float>& work, std::ptrdiff_t from, std::ptrdiff_t to);
SHATTERPROOF_PASS_TILES(pass_tiles_portable)
SHATTERPROOF_PASS_TILES(pass_tiles_avx2)
SHATTERPROOF_PASS_TILES(pass_tiles_avx512)
#undef SHATTERPROOF_PASS_TILES

}  // namespace shatterproof
