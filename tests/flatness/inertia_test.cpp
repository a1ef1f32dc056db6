#include "shatterproof/flatness/inertia.hpp"

#include <catch2/catch.hpp>

#include "flatness/random_problem.hpp"
#include "shatterproof/flatness/hessian.hpp"

using namespace shatterproof;

TEST_CASE("exact inertia of small matrices") {
  const auto check = [](Matrix<Rational> A, long positive, long negative, long zero) {
    const Inertia found = exact_inertia(std::move(A));
    CHECK(found.positive == positive);
    CHECK(found.negative == negative);
    CHECK(found.zero == zero);
  };
  Matrix<Rational> A(3, 3);
  A << 0, 1, 0, 1, 0, 0, 0, 0, 0;
  check(A, 1, 1, 1);
  A << 1, 1, 1, 1, 1, 1, 1, 1, 1;
  check(A, 1, 0, 2);
  A << 0, 0, 2, 0, -1, 0, 2, 0, 0;
  check(A, 1, 2, 0);
  check(Matrix<Rational>(0, 0), 0, 0, 0);
  CHECK_THROWS_AS(exact_inertia(Matrix<Rational>(2, 3)), PreconditionError);
  // Prescribed: C^T diag C with an invertible C.
  Matrix<Rational> C(4, 4), D = Matrix<Rational>::Constant(4, 4, Rational(0)), B(4, 4);
  C << 1, 2, 0, -1, 0, 1, 3, Rational(1, 2), 0, 0, 1, 5, 0, 0, 0, 1;
  D(0, 0) = -2, D(1, 1) = 3, D(3, 3) = Rational(-1, 7);
  for (int i = 0; i < 4; ++i)
    for (int j = 0; j < 4; ++j) {
      B(i, j) = 0;
      for (int k = 0; k < 4; ++k) B(i, j) += C(k, i) * D(k, k) * C(k, j);
    }
  check(B, 1, 2, 1);
}

TEST_CASE("the count by the reduction is the count for H itself") {
  for (std::uint64_t seed = 31; seed < 36; ++seed) {
    const auto problem = testing::random_problem(4, 3, 2, seed);
    const auto pattern = activation_pattern(problem);
    const Matrix<Rational> H = Hessian<Rational>(problem, pattern).dense();
    for (const Rational& sigma : {Rational(-3), Rational(-1, 7), Rational(1, 100), Rational(1), Rational(5, 2)}) {
      Matrix<Rational> shifted = H;
      for (Eigen::Index p = 0; p < H.rows(); ++p) shifted(p, p) -= sigma;
      CHECK(count_eigenvalues_above(problem, pattern, sigma) == exact_inertia(shifted).positive);
    }
    CHECK_THROWS_AS(count_eigenvalues_above(problem, pattern, 0), PreconditionError);
  }
}
