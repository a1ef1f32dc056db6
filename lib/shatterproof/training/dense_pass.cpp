#include "shatterproof/training/dense_pass.hpp"

#include <algorithm>

#include "shatterproof/core/parallel.hpp"
#include "shatterproof/training/pass_tiles.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

constexpr Index kWorthThreads = 1 << 19;  // multiplications

template <class T>
using RunTiles = void (*)(const PassWork<T>& work, Index from, Index to);

/// The best code for this processor. Sums are contracted where it can, so another one may round differently.
template <class T>
RunTiles<T> best_tiles() {
#if defined(SHATTERPROOF_X86_TILES)
  if (__builtin_cpu_supports("avx512f")) return pass_tiles_avx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return pass_tiles_avx2;
#endif
  return pass_tiles_portable;
}

}  // namespace

template <class T>
SampleColumns<T>::SampleColumns(const Matrix<double>& X)
    : samples_(X.rows()),
      lifted_(X.cols() + 1),
      stride_((X.rows() + kPassTile<T> - 1) / kPassTile<T> * kPassTile<T>),
      entries_(static_cast<std::size_t>(stride_ * lifted_)) {
  for (Index j = 0; j < lifted_; ++j)
    for (Index i = 0; i < samples_; ++i)
      entries_[static_cast<std::size_t>(j * stride_ + i)] = j < X.cols() ? static_cast<T>(X(i, j)) : T(-1);
}

template <class T>
void dense_pass(const SampleColumns<T>& samples, const LaneRows<T>& weights, const AlignedVector<T>& v,
                AlignedVector<T>& outputs, PassSigns<T>* signs) {
  PassWork<T> work{samples.column(0),
                   samples.padded(),
                   samples.lifted_dimension(),
                   weights.row(0),
                   weights.width(),
                   weights.rows(),
                   v.data(),
                   outputs.data(),
                   nullptr,
                   nullptr,
                   nullptr,
                   0,
                   0};
  if (signs != nullptr) {
    work.bits = signs->active.group(0);
    work.near = signs->near.group(0);
    work.bands = signs->bands.data();
    work.groups = signs->active.groups();
    work.bits_stride = round_to_lanes(signs->active.columns());
  }
  static const RunTiles<T> run_tiles = best_tiles<T>();
  const Index tiles = samples.padded() / kPassTile<T>;
  const bool large = samples.padded() * weights.rows() * samples.lifted_dimension() > kWorthThreads;
  const Index parts = large ? std::min<Index>(tiles, thread_count()) : 1;
  const auto part = [&](std::size_t p) {
    const auto at = [&](std::size_t s) { return tiles * static_cast<Index>(s) / parts * kPassTile<T>; };
    run_tiles(work, at(p), at(p + 1));
  };
  if (parts == 1) return part(0);
  parallel_for(static_cast<std::size_t>(parts), part);
}

template class SampleColumns<double>;
template class SampleColumns<float>;
template void dense_pass(const SampleColumns<double>&, const LaneRows<double>&, const AlignedVector<double>&,
                         AlignedVector<double>&, PassSigns<double>*);
template void dense_pass(const SampleColumns<float>&, const LaneRows<float>&, const AlignedVector<float>&,
                         AlignedVector<float>&, PassSigns<float>*);

}  // namespace shatterproof
