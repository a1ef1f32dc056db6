#include "shatterproof/linalg/short_lanczos.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "shatterproof/linalg/in_parts.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

constexpr Index kRun = 4 * kLanes;  // entries whose products are added side by side

template <class T>
SHATTERPROOF_INLINE double dot_of(const T* x, const T* y, Index size) {
  Lanes<T> sums[4] = {};
  Index i = 0;
  for (; i + kRun <= size; i += kRun)
    for (Index q = 0; q < 4; ++q) sums[q] += load_lanes(x + i + q * kLanes) * load_lanes(y + i + q * kLanes);
  for (; i < size; i += kLanes) sums[0] += load_lanes(x + i) * load_lanes(y + i);
  return static_cast<double>(sum_of<T>((sums[0] + sums[1]) + (sums[2] + sums[3])));
}

/// w -= a x + b y; returns |w|^2.
template <class T>
SHATTERPROOF_INLINE double step_back(T* w, T a, const T* x, T b, const T* y, Index size) {
  Lanes<T> even = {}, odd = {};
  for (Index i = 0; i < size; i += kLanes) {
    const Lanes<T> next = load_lanes(w + i) - a * load_lanes(x + i) - b * load_lanes(y + i);
    store_lanes<T>(w + i, next);
    (i / kLanes % 2 == 0 ? even : odd) += next * next;
  }
  return static_cast<double>(sum_of<T>(even + odd));
}

template <class T>
SHATTERPROOF_INLINE void add_multiple(T* w, T a, const T* x, Index size) {
  for (Index i = 0; i < size; i += kLanes) store_lanes<T>(w + i, load_lanes(w + i) + a * load_lanes(x + i));
}

template <class T>
SHATTERPROOF_INLINE void scale_all(const T* x, T factor, T* scaled, Index size) {
  for (Index i = 0; i < size; i += kLanes) store_lanes<T>(scaled + i, factor * load_lanes(x + i));
}

SHATTERPROOF_CLONES double dot_piece(const double* x, const double* y, Index size) { return dot_of(x, y, size); }
SHATTERPROOF_CLONES double dot_piece(const float* x, const float* y, Index size) { return dot_of(x, y, size); }
SHATTERPROOF_CLONES double recur_piece(double* w, double a, const double* x, double b, const double* y, Index size) {
  return step_back(w, a, x, b, y, size);
}
SHATTERPROOF_CLONES double recur_piece(float* w, float a, const float* x, float b, const float* y, Index size) {
  return step_back(w, a, x, b, y, size);
}
SHATTERPROOF_CLONES void add_piece(double* w, double a, const double* x, Index size) { add_multiple(w, a, x, size); }
SHATTERPROOF_CLONES void add_piece(float* w, float a, const float* x, Index size) { add_multiple(w, a, x, size); }
SHATTERPROOF_CLONES void scale_piece(const double* x, double factor, double* scaled, Index size) {
  scale_all(x, factor, scaled, size);
}
SHATTERPROOF_CLONES void scale_piece(const float* x, float factor, float* scaled, Index size) {
  scale_all(x, factor, scaled, size);
}

/// The sum of work(first, size) over pieces of the numbers 0 .. size - 1; it does not depend on the number of threads.
template <class Work>
double sum_in_pieces(Index size, const Work& work) {
  constexpr Index kPiece = 1 << 11;
  std::vector<double> sums(static_cast<std::size_t>((size + kPiece - 1) / kPiece));
  const auto pieces = static_cast<Index>(sums.size());
  in_parts(pieces, worthwhile_parts(size), [&](Index from, Index to) {
    for (Index p = from; p < to; ++p)
      sums[static_cast<std::size_t>(p)] = work(p * kPiece, std::min(kPiece, size - p * kPiece));
  });
  return std::accumulate(sums.begin(), sums.end(), 0.0);
}

template <class T>
double dot(const T* x, const T* y, Index size) {
  return sum_in_pieces(size, [&](Index at, Index count) { return dot_piece(x + at, y + at, count); });
}

/// w -= a x + b y; returns |w|^2.
template <class T>
double recur(T* w, T a, const T* x, T b, const T* y, Index size) {
  return sum_in_pieces(size, [&](Index at, Index count) { return recur_piece(w + at, a, x + at, b, y + at, count); });
}

/// Calls work(first, size) for parts of the numbers 0 .. size - 1.
template <class Work>
void in_lane_parts(Index size, const Work& work) {
  in_parts(size / kLanes, worthwhile_parts(size),
           [&](Index from, Index to) { work(from * kLanes, (to - from) * kLanes); });
}

template <class T>
LaneRows<T> scaled(const AlignedVector<T>& x, double factor) {
  const auto size = static_cast<Index>(x.size());
  auto result = LaneRows<T>::unset(1, size);
  in_lane_parts(size, [&](Index at, Index count) {
    scale_piece(x.data() + at, static_cast<T>(factor), result.row(0) + at, count);
  });
  return result;
}

/// The sum of c_i x_i.
template <class T>
AlignedVector<T> combination(const std::vector<LaneRows<T>>& vectors, const Vector<double>& c) {
  const Index size = vectors.front().width();
  AlignedVector<T> sum(static_cast<std::size_t>(size));
  in_lane_parts(size, [&](Index at, Index count) {
    for (std::size_t i = 0; i < vectors.size(); ++i)
      add_piece(sum.data() + at, static_cast<T>(c(static_cast<Index>(i))), vectors[i].row(0) + at, count);
  });
  return sum;
}

/// The tridiagonal matrix of the recurrence so far.
struct Tridiagonal {
  std::vector<double> diagonal, below;
  Vector<double> coefficients;  // of the top Ritz vector
  double value = 0, second = 0;

  bool solve() {
    const auto m = static_cast<Index>(diagonal.size());
    const Vector<double> d = Vector<double>::Map(diagonal.data(), m), e = Vector<double>::Map(below.data(), m - 1);
    if (!d.allFinite() || !e.allFinite()) return false;
    Eigen::SelfAdjointEigenSolver<Matrix<double>> solver;
    solver.computeFromTridiagonal(d, e);
    value = solver.eigenvalues()(m - 1);
    second = m > 1 ? solver.eigenvalues()(m - 2) : 0;
    coefficients = solver.eigenvectors().col(m - 1);
    return solver.info() == Eigen::Success;
  }
};

bool reached(double value, double residual, double gap, const LanczosGoal& goal) {
  return residual <= goal.residual * std::abs(value) || residual * residual <= goal.value * std::abs(value) * gap;
}

}  // namespace

template <class T>
RitzPair<T> approx_top_ritz_pair(const std::function<void(const T*, T*)>& apply, AlignedVector<T> start,
                                 const LanczosGoal& goal) {
  const auto size = static_cast<Index>(start.size());
  const double norm = std::sqrt(dot(start.data(), start.data(), size));
  RitzPair<T> result;
  if (!(norm > 0) || !std::isfinite(norm)) return result;
  std::vector<LaneRows<T>> basis;
  basis.push_back(scaled(start, 1 / norm));
  AlignedVector<T>& w = start;  // what `apply` leaves alone in a product is 0 in a start
  Tridiagonal matrix;
  for (;;) {
    const auto j = static_cast<int>(basis.size()) - 1;
    const T *x = basis.back().row(0), *before = basis[static_cast<std::size_t>(std::max(0, j - 1))].row(0);
    apply(x, w.data());
    const double a = dot(x, w.data(), size);
    const double b =
        std::sqrt(recur(w.data(), static_cast<T>(a), x, static_cast<T>(j > 0 ? matrix.below.back() : 0), before, size));
    matrix.diagonal.push_back(a);
    result.products = j + 1;
    const bool last = result.products >= goal.most_products || !(b > 1e-14 * std::abs(a));
    if (last || j < 2 || j < 24 || j % 4 == 0) {
      if (!matrix.solve()) return result;
      result.value = matrix.value;
      result.residual = b * std::abs(matrix.coefficients(j));
      // The second of two Ritz values is far below the second eigenvalue.
      result.gap = j > 1 ? matrix.value - matrix.second : goal.gap;
      result.converged = reached(result.value, result.residual, result.gap, goal) || !(b > 1e-14 * std::abs(a));
      if (last || result.converged) break;
    }
    matrix.below.push_back(b);
    basis.push_back(scaled(w, 1 / b));
  }
  result.vector = combination(basis, matrix.coefficients);
  result.converged = result.converged && std::isfinite(result.value);
  return result;
}

template RitzPair<double> approx_top_ritz_pair(const std::function<void(const double*, double*)>&,
                                               AlignedVector<double>, const LanczosGoal&);
template RitzPair<float> approx_top_ritz_pair(const std::function<void(const float*, float*)>&, AlignedVector<float>,
                                              const LanczosGoal&);

}  // namespace shatterproof
