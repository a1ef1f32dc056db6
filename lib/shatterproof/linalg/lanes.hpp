#pragma once
#include <algorithm>
#include <cstring>
#include <vector>

#include "shatterproof/core/block_memory.hpp"
#include "shatterproof/linalg/matrix.hpp"

// Compiles a function for several instruction sets; the processor's best is taken when the program starts. Products and
// sums are never contracted (module flags), so that all versions give the same bits. clang 14 does not allow helpers
// that return lanes in such a function.
#if defined(__x86_64__) && !defined(__clang__)
#define SHATTERPROOF_CLONES [[gnu::target_clones("avx512f", "avx2", "default")]]
#else
#define SHATTERPROOF_CLONES
#endif
// A helper of such a function: it has to become part of each version.
#define SHATTERPROOF_INLINE [[gnu::always_inline]] inline

namespace shatterproof {

constexpr Eigen::Index kLanes = 8;

template <class T>
struct LanesOf {
  using Type __attribute__((vector_size(kLanes * sizeof(T)))) = T;
};

/// Eight numbers that are added and multiplied side by side.
template <class T>
using Lanes = typename LanesOf<T>::Type;

template <class T>
SHATTERPROOF_INLINE Lanes<T> load_lanes(const T* from) {
  Lanes<T> lanes;
  std::memcpy(&lanes, from, sizeof lanes);
  return lanes;
}

template <class T>
SHATTERPROOF_INLINE void store_lanes(T* to, const Lanes<T>& lanes) {
  std::memcpy(to, &lanes, sizeof lanes);
}

/// Three additions deep.
template <class T>
SHATTERPROOF_INLINE T sum_of(const Lanes<T>& a) {
  return ((a[0] + a[4]) + (a[2] + a[6])) + ((a[1] + a[5]) + (a[3] + a[7]));
}

/// sum_j x_j y_j over `width` numbers, a multiple of kLanes: width/8 + 3 roundings on every path.
template <class T>
SHATTERPROOF_INLINE T row_dot(const T* x, const T* y, Eigen::Index width) {
  Lanes<T> sum = load_lanes(x) * load_lanes(y);
  for (Eigen::Index j = kLanes; j < width; j += kLanes) sum += load_lanes(x + j) * load_lanes(y + j);
  return sum_of<T>(sum);
}

[[nodiscard]] constexpr Eigen::Index round_to_lanes(Eigen::Index count) {
  return (count + kLanes - 1) / kLanes * kLanes;
}

/// Memory that starts on a cache line, so that no group of lanes straddles two.
template <class T>
struct CacheLineAllocator {
  using value_type = T;
  CacheLineAllocator() = default;
  template <class U>
  explicit CacheLineAllocator(const CacheLineAllocator<U>&) {}
  T* allocate(std::size_t count) { return static_cast<T*>(take_block(count * sizeof(T))); }
  void deallocate(T* memory, std::size_t count) { give_block(memory, count * sizeof(T)); }
  bool operator==(const CacheLineAllocator&) const { return true; }
};
template <class T>
using AlignedVector = std::vector<T, CacheLineAllocator<T>>;

/// Leaves numbers unset that are not given a value.
template <class T>
struct UnsetAllocator : CacheLineAllocator<T> {
  using CacheLineAllocator<T>::CacheLineAllocator;
  template <class U>
  void construct(U* place) {
    ::new (static_cast<void*>(place)) U;
  }
};

/// Rows of `width` numbers, a multiple of kLanes, one after the other; zero at first.
template <class T>
class LaneRows {
 public:
  using Index = Eigen::Index;
  LaneRows() = default;
  LaneRows(Index rows, Index columns) : LaneRows(unset(rows, columns)) {
    std::fill(entries_.begin(), entries_.end(), T(0));
  }
  /// For what writes every number, the last lanes of each row included, before it reads one.
  [[nodiscard]] static LaneRows unset(Index rows, Index columns) {
    LaneRows result;
    result.rows_ = rows;
    result.width_ = round_to_lanes(columns);
    result.entries_.resize(static_cast<std::size_t>(rows * result.width_));
    return result;
  }
  [[nodiscard]] Index rows() const { return rows_; }
  [[nodiscard]] Index width() const { return width_; }
  [[nodiscard]] T* row(Index i) { return entries_.data() + i * width_; }
  [[nodiscard]] const T* row(Index i) const { return entries_.data() + i * width_; }
  [[nodiscard]] T& operator()(Index i, Index j) { return row(i)[j]; }
  [[nodiscard]] const T& operator()(Index i, Index j) const { return row(i)[j]; }

 private:
  Index rows_ = 0, width_ = 0;
  std::vector<T, UnsetAllocator<T>> entries_;
};

}  // namespace shatterproof
