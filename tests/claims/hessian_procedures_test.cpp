#include <algorithm>
#include <catch2/catch.hpp>

#include "claims/run_procedure.hpp"
#include "shatterproof/claims/procedures/second_differences.hpp"
#include "shatterproof/core/error.hpp"

using namespace shatterproof;
using testing::run_procedure;

namespace {

Problem<Rational> one_neuron() {
  Problem<Rational> p{{Matrix<Rational>(1, 1), Vector<Rational>(1), Vector<Rational>(1), 3},
                      {Matrix<Rational>(1, 1), Vector<Rational>(1), 1}};
  p.network.W(0, 0) = 2;
  p.network.b(0) = Rational(1, 3);
  p.network.v(0) = 5;
  p.data.X(0, 0) = Rational(1, 2);
  p.data.y(0) = 0;
  return p;
}

}  // namespace

TEST_CASE("second differences of polynomials of degree four are exact") {
  // beta^3 v + w^2 b^2 in the order (beta, v, w, b) = (3, 5, 2, 1/3).
  const auto value = [](const Problem<Rational>& p) -> Rational {
    const Rational &beta = p.network.beta, &v = p.network.v(0), &w = p.network.W(0, 0), &b = p.network.b(0);
    return beta * beta * beta * v + w * w * b * b;
  };
  const Matrix<Rational> H = SecondDifferences(one_neuron(), value).matrix();
  Matrix<Rational> expected = Matrix<Rational>::Constant(4, 4, Rational(0));
  expected(0, 0) = 6 * 3 * 5;
  expected(0, 1) = expected(1, 0) = 27;
  expected(2, 2) = Rational(2, 9);
  expected(2, 3) = expected(3, 2) = Rational(8, 3);
  expected(3, 3) = 8;
  for (int p = 0; p < 4; ++p)
    for (int q = 0; q < 4; ++q) CHECK(H(p, q) == expected(p, q));
  Problem<Rational> tied = one_neuron();
  tied.network.b(0) = 1;
  CHECK_THROWS_AS(SecondDifferences(tied, value), PreconditionError);
}

TEST_CASE("procedures on random networks are supported, never proved, and repeat themselves") {
  for (const char* name : {"hessian_structure", "hessian_inertia", "lambda_max_routes"}) {
    const auto result = run_procedure(name, {{"dims", {"1..2"}}, {"instances", {"2"}}, {"seed", {"5"}}});
    CHECK(result.verdict == Verdict::supported);
    CHECK(result.instances == 4);
    CHECK(run_procedure(name, {{"dims", {"1..2"}}, {"instances", {"2"}}, {"seed", {"5"}}}).detail == result.detail);
  }
  for (const char* constant : {"paper", "sharp"})
    CHECK(run_procedure("lemma_c1", {{"dims", {"1", "3"}}, {"seed", {"5"}}, {"constant", {constant}}}).verdict ==
          Verdict::supported);
  CHECK(run_procedure("lemma_c1", {{"dims", {"2"}}, {"seed", {"5"}}, {"constant", {"paper"}}}).slack == "2.83x at R=1");
  for (const char* direction : {"silent", "active"})
    CHECK(run_procedure("prop_i2", {{"dims", {"1", "4"}}, {"seed", {"5"}}, {"direction", {direction}}}).verdict ==
          Verdict::supported);
}

TEST_CASE("the flat set is vacuous exactly beyond eta = 2") {
  const auto verdict = [](const std::string& eta) {
    return run_procedure("theta_flat_empty", {{"dims", {"1"}}, {"seed", {"5"}}, {"eta", {eta}}}).verdict;
  };
  CHECK(verdict("2") == Verdict::supported);
  CHECK(verdict("2.000000000000000000000000001") == Verdict::vacuous);
  CHECK_THROWS_AS(verdict("0"), PreconditionError);
  CHECK_THROWS_AS(verdict("nan"), PreconditionError);
}

TEST_CASE("parameters that make no sense are refused") {
  CHECK_THROWS_AS(run_procedure("lemma_c1", {{"dims", {"1"}}, {"seed", {"5"}}}), PreconditionError);
  CHECK_THROWS_AS(run_procedure("lemma_c1", {{"dims", {"1"}}, {"seed", {"5"}}, {"constant", {"best"}}}),
                  PreconditionError);
  CHECK_THROWS_AS(run_procedure("prop_i2", {{"dims", {"1"}}, {"seed", {"5"}}, {"direction", {"up"}}}),
                  PreconditionError);
  CHECK_THROWS_AS(run_procedure("hessian_structure", {{"dims", {"0"}}, {"seed", {"5"}}}), PreconditionError);
  CHECK_THROWS_AS(run_procedure("hessian_structure", {{"dims", {"1"}}, {"seed", {"5"}}, {"instances", {"0"}}}),
                  PreconditionError);
}

TEST_CASE("random instances in high dimension are drawn in finite time") {
  const auto result = run_procedure("theta_flat_empty", {{"dims", {"40"}}, {"seed", {"1"}}, {"eta", {"3"}}});
  CHECK(result.verdict == Verdict::vacuous);
}

TEST_CASE("a budget of H.4 is proved for every packing, refuted by one, or neither") {
  const auto verdict = [](const char* d, const char* budget) {
    return run_procedure(
        "h4_family", {{"dims", {d}}, {"eps", {"1/2"}}, {"budget", {budget}}, {"points", {"1000"}}, {"seed", {"11"}}});
  };
  CHECK(verdict("2", "1/16").verdict == Verdict::proved);
  const auto refuted = verdict("2", "0.06");
  CHECK(refuted.verdict == Verdict::refuted);
  CHECK_THAT(refuted.detail, Catch::Contains("4 caps") && Catch::Contains("1/16"));
  // In dimension 5 ten caps are packed and thirteen not excluded: the budget lies between.
  CHECK(verdict("5", "0.0028").verdict == Verdict::undecided);
}
