#include <catch2/catch.hpp>

#include "claims/run_procedure.hpp"
#include "shatterproof/claims/procedures/random_problem.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/network/evaluate.hpp"

using namespace shatterproof;
using testing::run_procedure;

TEST_CASE("random problems lie in the ball, have no ties, and repeat with their seed") {
  for (const long d : {1L, 3L, 6L}) {
    Random first(5), second(5);
    const Rational R(5, 2);
    const Problem<Rational> p = random_problem(first, d, 7, 20, R), same = random_problem(second, d, 7, 20, R);
    CHECK((p.network.W == same.network.W && p.data.y == same.data.y));
    CHECK_NOTHROW(activation_pattern(p));
    for (Eigen::Index i = 0; i < 20; ++i) {
      Rational norm2 = 0;
      for (Eigen::Index j = 0; j < d; ++j) norm2 += p.data.X(i, j) * p.data.X(i, j);
      CHECK(norm2 <= R * R);
    }
  }
}

TEST_CASE("stationary problems have gradient exactly 0 and a positive loss") {
  Random random(3);
  for (const long d : {1L, 2L, 4L}) {
    Problem<Rational> p = random_problem(random, d, 2, 2 * (d + 1) + 3, 1);
    const ActivationPattern pattern = activation_pattern(p);
    REQUIRE(make_stationary(random, p, pattern));
    const Vector<Rational> g = gradient(p, pattern);
    for (const Rational& entry : g) CHECK(entry == 0);
    CHECK(loss(p, pattern) > 0);
  }
  // One sample leaves no residual but 0.
  Problem<Rational> one = random_problem(random, 1, 1, 1, 1);
  CHECK_FALSE(make_stationary(random, one, activation_pattern(one)));
}

TEST_CASE("the extremal network refutes smaller constants and no sufficient one") {
  const auto verdict = [](const char* share, const char* radius, const char* samples = "300") {
    return run_procedure("theorem_3_2_extremal", {{"radii", {radius}}, {"share", {share}}, {"samples", {samples}}})
        .verdict;
  };
  CHECK(verdict("0.7", "1") == Verdict::refuted);
  CHECK(verdict("0.98", "7/3") == Verdict::refuted);
  CHECK(verdict("1", "1") == Verdict::supported);
  CHECK(verdict("2.8284", "1") == Verdict::supported);
  // A short family does not reach the constant: what it does not refute it does not refute.
  CHECK(verdict("0.99", "1", "20") == Verdict::supported);
}

TEST_CASE("a general theorem is supported by random instances, never proved") {
  for (const char* constant : {"paper", "sharp", "data-dependent"}) {
    const ProcedureResult r = run_procedure(
        "theorem_3_2", {{"dims", {"1..3"}}, {"constant", {constant}}, {"instances", {"4"}}, {"seed", {"1"}}});
    CHECK(r.verdict == Verdict::supported);
    CHECK(r.instances == 12);
  }
  CHECK(run_procedure("corollary_3_3", {{"dims", {"2"}}, {"instances", {"4"}}, {"seed", {"1"}}}).verdict ==
        Verdict::supported);
  CHECK(run_procedure("theorem_3_2_stationary",
                      {{"dims", {"2"}}, {"instances", {"4"}}, {"neurons", {"2"}}, {"seed", {"1"}}})
            .verdict == Verdict::supported);
}

TEST_CASE("Example 3.1 without merging is refuted by a witness") {
  const ProcedureResult r = run_procedure("example_3_1_unmerged", {{"dims", {"1..4"}}, {"seed", {"3"}}});
  CHECK(r.verdict == Verdict::refuted);
  CHECK_THAT(r.detail, Catch::Contains("exactly 0"));
}

TEST_CASE("parameters that make no sense are refused") {
  CHECK_THROWS_AS(run_procedure("theorem_3_2", {{"dims", {"1"}}, {"constant", {"best"}}, {"seed", {"1"}}}),
                  PreconditionError);
  CHECK_THROWS_AS(run_procedure("theorem_3_2", {{"dims", {"1"}}, {"constant", {"paper"}}}), PreconditionError);
  CHECK_THROWS_AS(run_procedure("theorem_3_2", {{"dims", {"0"}}, {"constant", {"paper"}}, {"seed", {"1"}}}),
                  PreconditionError);
  CHECK_THROWS_AS(run_procedure("corollary_3_3", {{"dims", {"1"}}, {"radius", {"-1"}}, {"seed", {"1"}}}),
                  PreconditionError);
  CHECK_THROWS_AS(run_procedure("theorem_3_2_extremal", {{"radii", {"0"}}, {"share", {"1"}}, {"samples", {"9"}}}),
                  PreconditionError);
}
