#include <Spectra/SymEigsSolver.h>

#include <algorithm>

#include "shatterproof/core/error.hpp"
#include "shatterproof/linalg/dot.hpp"
#include "shatterproof/linalg/eigenpairs.hpp"
#include "shatterproof/linalg/real_traits.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;
using std::isfinite;
using std::sqrt;

constexpr Index kMostLanczosVectors = 40;  // for few eigenvalues
constexpr Index kMostRestarts = 1000;

template <class Scalar>
bool all_finite(const Vector<Scalar>& x) {
  return std::all_of(x.begin(), x.end(), [](const Scalar& c) { return isfinite(c); });
}

/// A / scale, in the shape that Spectra asks for.
template <class S>
class ScaledOperator {
 public:
  using Scalar = S;
  ScaledOperator(const SymmetricOperator<S>& A, S scale) : A_(A), scale_(scale) {}
  [[nodiscard]] Index rows() const { return A_.size; }
  [[nodiscard]] Index cols() const { return A_.size; }
  void perform_op(const S* x, S* y) const {
    const Vector<S> product = A_.apply(Eigen::Map<const Vector<S>>(x, A_.size));
    for (Index i = 0; i < A_.size; ++i) y[i] = product(i) / scale_;
  }

 private:
  const SymmetricOperator<S>& A_;
  S scale_;
};

/// ||A x|| / ||x|| after a few power steps from a vector without symmetries; 0 only if the products are.
template <class Scalar>
Scalar approx_norm(const SymmetricOperator<Scalar>& A) {
  Vector<Scalar> x(A.size);
  for (Index i = 0; i < A.size; ++i) x(i) = Scalar(1) + Scalar(i % 7) / Scalar(11) - Scalar(i % 3);
  Scalar norm = 0;
  for (int step = 0; step < 5; ++step) {
    Scalar largest = 0;
    for (const Scalar& c : x) largest = std::max(largest, c < 0 ? Scalar(-c) : c);
    if (!(largest > 0) || !isfinite(largest)) return largest;
    x /= largest;
    norm = sqrt(dot(x, x));
    x /= norm;
    x = A.apply(x);
    if (!all_finite(x)) return std::numeric_limits<Scalar>::quiet_NaN();
    norm = sqrt(dot(x, x));
    if (!(norm > 0)) return norm;
  }
  return norm;
}

template <class Scalar>
struct TopPairs {
  Vector<Scalar> values;   ///< descending; empty if the solver did not converge
  Matrix<Scalar> vectors;  ///< in columns
};

/// norm: about ||A||, positive and finite. count < A.size.
template <class Scalar>
TopPairs<Scalar> approx_top_pairs(const SymmetricOperator<Scalar>& A, const Scalar& norm, Index count) {
  ScaledOperator<Scalar> scaled(A, norm);
  const Index vectors = std::min(A.size, std::max(kMostLanczosVectors, 2 * count + 20));
  Spectra::SymEigsSolver<ScaledOperator<Scalar>> solver(scaled, count, vectors);
  try {
    solver.init();
    const Scalar tolerance = 16 * std::numeric_limits<Scalar>::epsilon();
    const Index found = solver.compute(Spectra::SortRule::LargestAlge, kMostRestarts, tolerance);
    if (found == count && solver.info() == Spectra::CompInfo::Successful)
      return {solver.eigenvalues() * norm, solver.eigenvectors(count)};
  } catch (const std::runtime_error&) {
    // Spectra throws when its small problem does not converge, as it does for NaN.
  }
  return {};
}

}  // namespace

template <class Scalar>
ApproxEigenpair<Scalar> approx_largest_eigenpair(const SymmetricOperator<Scalar>& A) {
  require(A.size >= 1, "approx_largest_eigenpair: the operator is empty");
  Vector<Scalar> unit = Vector<Scalar>::Constant(A.size, Scalar(0));
  unit(0) = 1;
  if (A.size == 1) {
    const Scalar value = A.apply(unit)(0);
    return {value, unit, isfinite(value)};
  }
  const Scalar norm = approx_norm(A);
  if (!isfinite(norm)) return {norm, unit, false};
  if (norm == 0) return {0, unit, true};
  const TopPairs<Scalar> top = approx_top_pairs(A, norm, 1);
  if (top.values.size() == 1) return {top.values(0), top.vectors.col(0), true};
  return {std::numeric_limits<Scalar>::quiet_NaN(), unit, false};
}

Vector<double> approx_largest_eigenvalues(const SymmetricOperator<double>& A, Index count) {
  require(count >= 1 && count < A.size, "approx_largest_eigenvalues: ask for 1 eigenvalue or more, less than the size");
  const double norm = approx_norm(A);
  if (norm == 0) return Vector<double>::Zero(count);
  Vector<double> values;
  if (isfinite(norm)) values = approx_top_pairs(A, norm, count).values;
  if (values.size() != count)
    throw UndecidedError("Lanczos did not converge, or the numbers leave the range of double");
  return values;
}

template ApproxEigenpair<double> approx_largest_eigenpair(const SymmetricOperator<double>&);
template ApproxEigenpair<Float128> approx_largest_eigenpair(const SymmetricOperator<Float128>&);

}  // namespace shatterproof
