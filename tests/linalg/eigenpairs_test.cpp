#include "shatterproof/linalg/eigenpairs.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "shatterproof/core/error.hpp"
#include "shatterproof/linalg/real_traits.hpp"

using namespace shatterproof;

namespace {

template <class Scalar>
SymmetricOperator<Scalar> diagonal(const std::vector<double>& entries, const Scalar& scale = 1) {
  Vector<Scalar> d(static_cast<Eigen::Index>(entries.size()));
  for (Eigen::Index i = 0; i < d.size(); ++i) d(i) = Scalar(entries[static_cast<std::size_t>(i)]) * scale;
  return {d.size(), [d](const Vector<Scalar>& x) -> Vector<Scalar> { return d.cwiseProduct(x); }};
}

/// 2 on the diagonal, -1 beside it: eigenvalues 2 - 2 cos(k pi/(n+1)).
template <class Scalar>
SymmetricOperator<Scalar> second_difference(Eigen::Index n) {
  return {n, [n](const Vector<Scalar>& x) -> Vector<Scalar> {
            Vector<Scalar> y(n);
            for (Eigen::Index i = 0; i < n; ++i)
              y(i) = 2 * x(i) - (i > 0 ? x(i - 1) : Scalar(0)) - (i + 1 < n ? x(i + 1) : Scalar(0));
            return y;
          }};
}

}  // namespace

TEST_CASE("the largest eigenvalue by Lanczos, whatever the scale") {
  for (const double scale : {1.0, 1e-16, 1e-120, 1e120}) {
    INFO(scale);
    const auto pair = approx_largest_eigenpair(diagonal<double>({3, -7, 1, 5, 0.5, 4.999}, scale));
    CHECK(pair.converged);
    CHECK(pair.value == Approx(5 * scale).epsilon(1e-13));
    CHECK(std::abs(pair.vector(3)) == Approx(pair.vector.norm()));
  }
  const double pi = std::acos(-1.0);
  const auto pair = approx_largest_eigenpair(second_difference<double>(60));
  CHECK(pair.value == Approx(2 - 2 * std::cos(60 * pi / 61)).epsilon(1e-13));
}

TEST_CASE("Lanczos in binary128 has more than 30 digits") {
  const auto pair = approx_largest_eigenpair(second_difference<Float128>(20));
  REQUIRE(pair.converged);
  const RealPrecisionScope scope(60);
  const Real pi = acos(Real(-1));
  const Real expected = 2 - 2 * cos(20 * pi / 21);
  const Rational error = abs(exact_rational(pair.value) - exact_rational(expected));
  CHECK(error < parse_rational("1e-31"));
}

TEST_CASE("degenerate operators") {
  CHECK_THROWS_AS(approx_largest_eigenpair(SymmetricOperator<double>{}), PreconditionError);
  CHECK(approx_largest_eigenpair(diagonal<double>({-2.5})).value == -2.5);
  CHECK(approx_largest_eigenpair(diagonal<double>({1, 2})).value == Approx(2));
  const auto zero = approx_largest_eigenpair(diagonal<double>({0, 0, 0, 0}));
  CHECK(zero.converged);
  CHECK(zero.value == 0);
  CHECK(approx_largest_eigenpair(diagonal<double>({-1, -2, -3})).value == Approx(-1));
  CHECK(approx_largest_eigenpair(diagonal<double>({2, 2, 2, 2, 2})).value == Approx(2));
  CHECK_FALSE(approx_largest_eigenpair(diagonal<double>({1, NAN, 2})).converged);
  CHECK_FALSE(approx_largest_eigenpair(diagonal<double>({1, INFINITY, 2})).converged);
  CHECK_FALSE(approx_largest_eigenpair(diagonal<double>({NAN})).converged);
}

TEST_CASE("all eigenvalues of a dense matrix in double and in mpfr") {
  const RealPrecisionScope scope(60);
  Matrix<Real> hilbert(8, 8);
  for (long i = 0; i < 8; ++i)
    for (long j = 0; j < 8; ++j) hilbert(i, j) = Real(1) / Real(i + j + 1);
  const Vector<Real> values = approx_eigenvalues(hilbert);
  Real product = 1, sum = 0, trace = 0;
  for (long i = 0; i < 8; ++i) {
    product *= values(i);
    sum += values(i);
    trace += hilbert(i, i);
    if (i > 0) CHECK((values(i) < values(i - 1)));
  }
  // The determinant of the Hilbert matrix is the reciprocal of an integer.
  CHECK((abs(1 / product - Real("365356847125734485878112256000000")) < Real("1e-10")));
  CHECK((abs(sum - trace) < Real("1e-57")));
  Matrix<double> A(2, 2);
  A << 2, 1, 1, 2;
  CHECK(approx_eigenvalues(A)(0) == Approx(3));
  CHECK(approx_eigenvalues(A)(1) == Approx(1));
  A(0, 0) = NAN;
  CHECK_THROWS_AS(approx_eigenvalues(A), PreconditionError);
  CHECK_THROWS_AS(approx_eigenvalues(Matrix<double>(0, 0)), PreconditionError);
  CHECK_THROWS_AS(approx_eigenvalues(Matrix<double>(2, 3)), PreconditionError);
}
