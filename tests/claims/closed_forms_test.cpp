#include <catch2/catch.hpp>

#include "claims/run_procedure.hpp"
#include "shatterproof/core/error.hpp"

using namespace shatterproof;
using testing::run_procedure;

namespace {

ProcedureResult sampled(const std::string& forall, const std::string& claim) {
  return run_procedure("sampled_claim", {{"forall", {forall}}, {"claim", {claim}}});
}

}  // namespace

TEST_CASE("a claim that holds at every sample point is supported, never proved") {
  const auto result = sampled("d in 1..8, h in (0, 1/4]", "ball_tail(d, h) <= c3(d) * h^((d+1)/2)");
  CHECK(result.verdict == Verdict::supported);
  CHECK(result.instances == 8 * 41);
  CHECK_THAT(result.detail, Catch::Contains("not a proof"));
  CHECK(result.slack.empty());
}

TEST_CASE("a claim that fails somewhere is refuted with an exact witness and both sides") {
  const auto result = sampled("d in 1..8, h in (0, 1]", "d < 8 or h < 1");
  CHECK(result.verdict == Verdict::refuted);
  CHECK_THAT(result.detail, Catch::Contains("d = 8, h = 1:"));
  // Only the closed end breaks it, and only points near an open end break these.
  CHECK(sampled("h in [0, 1)", "h > 0").verdict == Verdict::refuted);
  CHECK(sampled("h in (0, 1)", "h > 1e-20").verdict == Verdict::refuted);
  CHECK(sampled("h in (0, 1)", "h < 1 - 1e-20").verdict == Verdict::refuted);
  CHECK(sampled("h in (0, 1)", "h > 0 and h < 1").verdict == Verdict::supported);
  CHECK(sampled("d in 1..1000", "d < 1000").verdict == Verdict::refuted);
  CHECK(sampled("k in {1, 1/2}", "k > 1/2").verdict == Verdict::refuted);
}

TEST_CASE("what no precision decides stays undecided") {
  CHECK(sampled("x in [2, 2]", "sqrt(x)^2 <= 2").verdict == Verdict::supported);  // by its closed form
  CHECK(sampled("x in {2, 3}", "exp(log(x)) = x").verdict == Verdict::undecided);
  CHECK(sampled("x in {2}", "log(x^2) <= 2*log(x)").verdict == Verdict::undecided);
}

TEST_CASE("the largest ratio gives the slack") {
  const auto result =
      run_procedure("sampled_claim", {{"forall", {"x in [0, 1]"}}, {"claim", {"x <= 2"}}, {"ratio_of", {"x", "2"}}});
  CHECK_THAT(result.slack, Catch::StartsWith("2.0000x at x = 1"));
}

TEST_CASE("parameters that make no sense are refused") {
  CHECK_THROWS_AS(sampled("d in 1..2", "d < e"), PreconditionError);
  CHECK_THROWS_AS(sampled("d in 1..2", "d + 1"), PreconditionError);
  CHECK_THROWS_AS(sampled("d in 2..1", "d > 0"), PreconditionError);
  CHECK_THROWS_AS(sampled("h in (1, 1]", "h > 0"), PreconditionError);
  CHECK_THROWS_AS(sampled("d in 1/2..3", "d > 0"), PreconditionError);
  CHECK_THROWS_AS(sampled("h in (0, pi)", "h > 0"), PreconditionError);
  CHECK_THROWS_AS(sampled("h in (0, 3)", "ball_tail(2, h) >= 0"), PreconditionError);
  CHECK_THROWS_AS(sampled("a in 1..64, b in 1..64, c in 1..64", "a > 0"), PreconditionError);
  CHECK_THROWS_AS(
      run_procedure("sampled_claim", {{"forall", {"x in [0, 1]"}}, {"claim", {"x < 2"}}, {"points", {"3"}}}),
      PreconditionError);
  CHECK_THROWS_AS(
      run_procedure("sampled_claim", {{"forall", {"x in [0, 1]"}}, {"claim", {"x < 2"}}, {"ratio_of", {"x"}}}),
      PreconditionError);
  CHECK_THROWS_AS(run_procedure("e4_constants", {{"dims", {"1..3"}}, {"side", {"left"}}}), PreconditionError);
}

TEST_CASE("Proposition E.4: the lower constant is vacuous from dimension 5, the upper one is not") {
  const auto lower = run_procedure("e4_constants", {{"dims", {"1..30"}}, {"side", {"lower"}}});
  CHECK(lower.verdict == Verdict::vacuous);
  CHECK_THAT(lower.detail, Catch::Contains("from d = 5 on"));
  CHECK(run_procedure("e4_constants", {{"dims", {"1..4"}}, {"side", {"lower"}}}).verdict == Verdict::supported);
  CHECK(run_procedure("e4_constants", {{"dims", {"1..30"}}, {"side", {"upper"}}}).verdict == Verdict::supported);
}
