#include "shatterproof/linalg/short_lanczos.hpp"

#include <Eigen/Eigenvalues>
#include <cmath>

namespace shatterproof {
namespace {

using Index = Eigen::Index;

constexpr Index kRun = 4 * kLanes;  // entries whose products are added before they enter the sum in double

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

SHATTERPROOF_CLONES double dot(const double* x, const double* y, Index size) { return dot_of(x, y, size); }
SHATTERPROOF_CLONES double dot(const float* x, const float* y, Index size) { return dot_of(x, y, size); }
SHATTERPROOF_CLONES double recur(double* w, double a, const double* x, double b, const double* y, Index size) {
  return step_back(w, a, x, b, y, size);
}
SHATTERPROOF_CLONES double recur(float* w, float a, const float* x, float b, const float* y, Index size) {
  return step_back(w, a, x, b, y, size);
}
SHATTERPROOF_CLONES void add(double* w, double a, const double* x, Index size) { add_multiple(w, a, x, size); }
SHATTERPROOF_CLONES void add(float* w, float a, const float* x, Index size) { add_multiple(w, a, x, size); }

template <class T>
void scale(AlignedVector<T>& x, double factor) {
  for (T& entry : x) entry = static_cast<T>(entry * factor);
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
  scale(start, 1 / norm);
  std::vector<AlignedVector<T>> basis{std::move(start)};
  AlignedVector<T> w(static_cast<std::size_t>(size));
  Tridiagonal matrix;
  for (;;) {
    const auto j = static_cast<int>(basis.size()) - 1;
    const AlignedVector<T>& x = basis.back();
    apply(x.data(), w.data());
    const double a = dot(x.data(), w.data(), size);
    const AlignedVector<T>& before = basis[static_cast<std::size_t>(std::max(0, j - 1))];
    const double b = std::sqrt(recur(w.data(), static_cast<T>(a), x.data(),
                                     static_cast<T>(j > 0 ? matrix.below.back() : 0), before.data(), size));
    matrix.diagonal.push_back(a);
    result.products = j + 1;
    const bool last = result.products >= goal.most_products || !(b > 1e-14 * std::abs(a));
    if (last || j < 2 || j < 24 || j % 4 == 0) {
      if (!matrix.solve()) return result;
      result.value = matrix.value;
      result.residual = b * std::abs(matrix.coefficients(j));
      result.gap = j > 0 ? matrix.value - matrix.second : goal.gap;
      result.converged = reached(result.value, result.residual, result.gap, goal) || !(b > 1e-14 * std::abs(a));
      if (last || result.converged) break;
    }
    matrix.below.push_back(b);
    scale(w, 1 / b);
    basis.push_back(w);
  }
  result.vector.assign(static_cast<std::size_t>(size), 0);
  for (std::size_t i = 0; i < basis.size(); ++i)
    add(result.vector.data(), static_cast<T>(matrix.coefficients(static_cast<Index>(i))), basis[i].data(), size);
  result.converged = result.converged && std::isfinite(result.value);
  return result;
}

template RitzPair<double> approx_top_ritz_pair(const std::function<void(const double*, double*)>&,
                                               AlignedVector<double>, const LanczosGoal&);
template RitzPair<float> approx_top_ritz_pair(const std::function<void(const float*, float*)>&, AlignedVector<float>,
                                              const LanczosGoal&);

}  // namespace shatterproof
