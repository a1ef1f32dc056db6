// Included by one source for each instruction set, which defines SHATTERPROOF_PASS_NAME.
#include <cstring>

#include "shatterproof/training/pass_tiles.hpp"
#ifdef __AVX512F__
#include <immintrin.h>
#endif

namespace shatterproof {
namespace {

using Place = std::ptrdiff_t;

template <class T>
struct WideOf {
  using Type __attribute__((vector_size(kPassBytes))) = T;
};
template <class T>
using Wide = typename WideOf<T>::Type;
template <class T>
constexpr Place kWide = kPassBytes / static_cast<Place>(sizeof(T));

template <class T>
[[gnu::always_inline]] inline Wide<T> load_wide(const T* from) {
  Wide<T> wide;
  std::memcpy(&wide, from, sizeof wide);
  return wide;
}

/// Bit j: number j is positive; number j is not at least `band` in absolute value.
#ifdef __AVX512F__
[[gnu::always_inline]] inline unsigned positive(const Wide<double>& a) {
  return _mm512_cmp_pd_mask(reinterpret_cast<__m512d>(a), _mm512_setzero_pd(), _CMP_GT_OQ);
}
[[gnu::always_inline]] inline unsigned positive(const Wide<float>& a) {
  return _mm512_cmp_ps_mask(reinterpret_cast<__m512>(a), _mm512_setzero_ps(), _CMP_GT_OQ);
}
[[gnu::always_inline]] inline unsigned within(const Wide<double>& a, double band) {
  return _mm512_cmp_pd_mask(_mm512_abs_pd(reinterpret_cast<__m512d>(a)), _mm512_set1_pd(band), _CMP_NGE_UQ);
}
[[gnu::always_inline]] inline unsigned within(const Wide<float>& a, float band) {
  return _mm512_cmp_ps_mask(_mm512_abs_ps(reinterpret_cast<__m512>(a)), _mm512_set1_ps(band), _CMP_NGE_UQ);
}
#else
template <class V>
[[gnu::always_inline]] inline unsigned positive(const V& a) {
  unsigned bits = 0;
  for (unsigned j = 0; j < sizeof(V) / sizeof(a[0]); ++j) bits |= static_cast<unsigned>(a[j] > 0) << j;
  return bits;
}
template <class V, class T>
[[gnu::always_inline]] inline unsigned within(const V& a, T band) {
  unsigned bits = 0;
  for (unsigned j = 0; j < sizeof(V) / sizeof(T); ++j)
    bits |= static_cast<unsigned>(!(a[j] >= band) && !(-a[j] >= band)) << j;
  return bits;
}
#endif

template <class T>
[[gnu::always_inline]] inline void store_bits(const PassWork<T>& work, std::uint8_t* to, Place sample, Place k,
                                              unsigned bits) {
  for (Place g = sample / 8; g < (sample + kWide<T>) / 8; ++g, bits >>= 8)
    if (g < work.groups) to[g * work.bits_stride + k] = static_cast<std::uint8_t>(bits);
}

/// A tile of samples from `first` on against N neurons from k on.
template <int N, class T>
[[gnu::always_inline]] inline void run_tile_of(const PassWork<T>& work, Place first, Place k, Wide<T>* sums) {
  Wide<T> a[N][kPassVectors] = {};
  for (Place j = 0; j < work.lifted; ++j) {
    Wide<T> z[kPassVectors];
    for (Place q = 0; q < kPassVectors; ++q) z[q] = load_wide(work.columns + j * work.stride + first + q * kWide<T>);
    for (int m = 0; m < N; ++m)
      for (Place q = 0; q < kPassVectors; ++q) a[m][q] += work.weights[(k + m) * work.width + j] * z[q];
  }
  for (int m = 0; m < N; ++m)
    for (Place q = 0; q < kPassVectors; ++q) {
      sums[q] += work.v[k + m] * (a[m][q] > 0 ? a[m][q] : Wide<T>{});
      const Place sample = first + q * kWide<T>;
      if (work.bits != nullptr) store_bits(work, work.bits, sample, k + m, positive(a[m][q]));
      if (work.near != nullptr) store_bits(work, work.near, sample, k + m, within(a[m][q], work.bands[k + m]));
    }
}

template <class T>
void run_tiles_of(const PassWork<T>& work, Place from, Place to) {
  constexpr int kNeurons = 8;
  for (Place first = from; first < to; first += kPassTile<T>) {
    Wide<T> sums[kPassVectors] = {};
    Place k = 0;
    for (; k + kNeurons <= work.neurons; k += kNeurons) run_tile_of<kNeurons>(work, first, k, sums);
    for (; k < work.neurons; ++k) run_tile_of<1>(work, first, k, sums);
    for (Place q = 0; q < kPassVectors; ++q)
      for (Place j = 0; j < kWide<T>; ++j) work.outputs[first + q * kWide<T> + j] += sums[q][j];
  }
}

}  // namespace

void SHATTERPROOF_PASS_NAME(const PassWork<double>& work, std::ptrdiff_t from, std::ptrdiff_t to) {
  run_tiles_of(work, from, to);
}
void SHATTERPROOF_PASS_NAME(const PassWork<float>& work, std::ptrdiff_t from, std::ptrdiff_t to) {
  run_tiles_of(work, from, to);
}

}  // namespace shatterproof
