#include "shatterproof/training/list_sums.hpp"

#include "shatterproof/linalg/strip.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;
using List = std::vector<std::uint32_t>;

constexpr int kMostGroups = 5;  // of lanes, held in registers

template <int N, class T>
SHATTERPROOF_INLINE void scatter_row(const List& list, const T* row, Index stride, T* sums) {
  Lanes<T> added[N];
  for (int q = 0; q < N; ++q) added[q] = load_lanes(row + q * kLanes);
  for (const std::uint32_t i : list)
    for (int q = 0; q < N; ++q) {
      T* at = sums + i * stride + q * kLanes;
      store_lanes<T>(at, load_lanes(at) + added[q]);
    }
}

/// Calls work.run<N>(at) for strips of N groups of lanes that begin at `at`.
template <class Work>
SHATTERPROOF_INLINE void in_strips(Index width, const Work& work) {
  for (Index at = 0; at < width; at += kMostGroups * kLanes) {
    const Index groups = std::min<Index>(kMostGroups, (width - at) / kLanes);
    if (groups == 1) work.template run<1>(at);
    if (groups == 2) work.template run<2>(at);
    if (groups == 3) work.template run<3>(at);
    if (groups == 4) work.template run<4>(at);
    if (groups == 5) work.template run<5>(at);
  }
}

template <class T>
struct Gather {
  const List& list;
  const T* rows;
  Index width;
  T* sum;
  template <int N>
  SHATTERPROOF_INLINE void run(Index at) const {
    sum_listed_rows<N>(list.data(), list.data() + list.size(), rows + at, width, sum + at);
  }
};
template <class T>
struct Scatter {
  const List& list;
  const T* row;
  Index width;
  T* sums;
  template <int N>
  SHATTERPROOF_INLINE void run(Index at) const {
    scatter_row<N>(list, row + at, width, sums + at);
  }
};

}  // namespace

SHATTERPROOF_CLONES void gather(const List& list, const LaneRows<double>& rows, double* sum) {
  in_strips(rows.width(), Gather<double>{list, rows.row(0), rows.width(), sum});
}
SHATTERPROOF_CLONES void gather(const List& list, const LaneRows<float>& rows, float* sum) {
  in_strips(rows.width(), Gather<float>{list, rows.row(0), rows.width(), sum});
}
SHATTERPROOF_CLONES void scatter(const List& list, const double* row, LaneRows<double>& sums) {
  in_strips(sums.width(), Scatter<double>{list, row, sums.width(), sums.row(0)});
}
SHATTERPROOF_CLONES void scatter(const List& list, const float* row, LaneRows<float>& sums) {
  in_strips(sums.width(), Scatter<float>{list, row, sums.width(), sums.row(0)});
}

}  // namespace shatterproof
