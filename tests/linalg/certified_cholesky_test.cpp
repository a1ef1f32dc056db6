#include "shatterproof/linalg/certified_cholesky.hpp"

#include <Eigen/Cholesky>
#include <catch2/catch.hpp>
#include <cmath>

#include "shatterproof/core/error.hpp"
#include "shatterproof/core/random.hpp"

using namespace shatterproof;

namespace {

Matrix<Ball> balls(const Matrix<double>& A) {
  Matrix<Ball> B(A.rows(), A.cols());
  for (Eigen::Index j = 0; j < A.cols(); ++j)
    for (Eigen::Index i = 0; i < A.rows(); ++i) B(i, j) = Ball::exact(A(i, j));
  return B;
}

bool accepts(const Matrix<double>& A) { return is_certainly_positive_definite(balls(A)); }

Matrix<double> two_by_two(double a, double b, double c, double d) {
  Matrix<double> A(2, 2);
  A << a, b, c, d;
  return A;
}

Matrix<double> random_gram(Eigen::Index n, Eigen::Index rank, std::uint64_t seed) {
  Random random(seed);
  Matrix<double> B(n, rank);
  for (Eigen::Index j = 0; j < rank; ++j)
    for (Eigen::Index i = 0; i < n; ++i) B(i, j) = static_cast<double>(random.below(17)) - 8;
  return B * B.transpose();  // small integers: exact
}

}  // namespace

TEST_CASE("positive definite matrices are proved") {
  CHECK(accepts(Matrix<double>::Identity(1, 1)));
  CHECK(accepts(two_by_two(2, 1, 1, 2)));
  for (Eigen::Index n : {3, 10, 40}) {
    const Matrix<double> A = random_gram(n, 2 * n, static_cast<std::uint64_t>(n));
    const auto L = certified_cholesky(balls(A));
    REQUIRE(L);
    for (Eigen::Index i = 0; i < n; ++i)
      for (Eigen::Index j = 0; j <= i; ++j) {
        Ball entry(0);
        for (Eigen::Index k = 0; k <= j; ++k) entry += (*L)(i, k) * (*L)(j, k);
        CHECK(entry.contains(exact_rational(A(i, j))));
      }
    // Solving A x = b encloses a solution chosen beforehand.
    Vector<Ball> x(n), b(n);
    for (Eigen::Index i = 0; i < n; ++i) x(i) = Ball(static_cast<long>(i) - 3);
    for (Eigen::Index i = 0; i < n; ++i) {
      b(i) = Ball(0);
      for (Eigen::Index j = 0; j < n; ++j) b(i) += Ball::exact(A(i, j)) * x(j);
    }
    const Vector<Ball> solved = solve_with_factor(*L, b);
    for (Eigen::Index i = 0; i < n; ++i) {
      CHECK(solved(i).contains(x(i)));
      CHECK(solved(i).radius().upper_double() < 1e-6);
    }
  }
}

TEST_CASE("what is not positive definite is never proved") {
  CHECK_FALSE(accepts(Matrix<double>(0, 0)));
  CHECK_FALSE(accepts(Matrix<double>::Zero(1, 1)));
  CHECK_FALSE(accepts(Matrix<double>::Identity(2, 3)));
  CHECK_FALSE(accepts(two_by_two(1, 1, 1, 1)));    // singular
  CHECK_FALSE(accepts(two_by_two(1, 2, 2, 1)));    // indefinite
  CHECK_FALSE(accepts(two_by_two(-1, 0, 0, 1)));   // wrong sign
  CHECK_FALSE(accepts(two_by_two(4, 100, 1, 4)));  // only the lower triangle looks definite
  CHECK_FALSE(accepts(two_by_two(4, 1, 100, 4)));
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Matrix<double> A = random_gram(8, 7, seed);  // rank 7
    CHECK_FALSE(accepts(A));
    CHECK_FALSE(accepts(A - 1e-9 * Matrix<double>::Identity(8, 8)));
  }
}

TEST_CASE("NaN and infinity, which pass Eigen's factorisations, prove nothing") {
  const double nan = std::nan("");
  // The reason for the rule: the library reports success.
  Eigen::MatrixXd poisoned = Eigen::MatrixXd::Identity(3, 3);
  poisoned(1, 1) = nan;
  CHECK(Eigen::LLT<Eigen::MatrixXd>(poisoned).info() == Eigen::Success);
  CHECK(Eigen::LDLT<Eigen::MatrixXd>(poisoned).info() == Eigen::Success);
  for (const double bad : {nan, double{INFINITY}, double{-INFINITY}})
    for (Eigen::Index i = 0; i < 3; ++i)
      for (Eigen::Index j = 0; j < 3; ++j) {
        Matrix<double> A = Matrix<double>::Identity(3, 3);
        A(i, j) = bad;  // on, below and above the diagonal
        CHECK_FALSE(accepts(A));
      }
  Matrix<Ball> A = balls(Matrix<double>::Identity(2, 2));
  A(0, 1) = A(1, 0) = Ball::hull(Ball(-1), Ball::exact(INFINITY));
  CHECK_FALSE(is_certainly_positive_definite(A));
}

TEST_CASE("wide balls and few bits prove nothing") {
  Matrix<Ball> A = balls(two_by_two(2, 0, 0, 2));
  A(1, 0) = A(0, 1) = Ball::hull(Ball(-2), Ball(2));  // contains a singular matrix
  CHECK_FALSE(is_certainly_positive_definite(A));
  A(1, 0) = A(0, 1) = Ball::hull(Ball(-1), Ball(1));
  CHECK(is_certainly_positive_definite(A));
  // Hilbert matrix of order 12: condition 1e16.
  const auto hilbert = [] {
    Matrix<Ball> H(12, 12);
    for (long i = 0; i < 12; ++i)
      for (long j = 0; j < 12; ++j) H(i, j) = Ball(1) / Ball(i + j + 1);
    return H;
  };
  PrecisionScope coarse(40);
  CHECK_FALSE(is_certainly_positive_definite(hilbert()));
  PrecisionScope fine(160);
  CHECK(is_certainly_positive_definite(hilbert()));
}

TEST_CASE("shapes of the solver") {
  const auto L = certified_cholesky(balls(Matrix<double>::Identity(2, 2)));
  REQUIRE(L);
  CHECK_THROWS_AS(solve_with_factor(*L, Vector<Ball>(3)), PreconditionError);
  CHECK_THROWS_AS(solve_with_factor(Matrix<Ball>(), Vector<Ball>()), PreconditionError);
}
