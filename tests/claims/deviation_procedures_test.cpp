#include <catch2/catch.hpp>

#include "claims/run_procedure.hpp"

// Procedures behind the notes E.5 and E.5-prime: a bound that is too small must not pass.

using namespace shatterproof;
using testing::run_claim;
using testing::run_procedure;

TEST_CASE("pathwise bound on the line: each sample is decided") {
  const auto at = [](const char* share) {
    return run_procedure("weight_deviation_pathwise",
                         {{"samples", {"1", "3", "20"}}, {"draws", {"4"}}, {"seed", {"5"}}, {"share", {share}}});
  };
  const ProcedureResult whole = at("1");
  CHECK(whole.verdict == Verdict::proved);
  CHECK(whole.instances == 12);
  const ProcedureResult small = at("1/50");
  CHECK(small.verdict == Verdict::refuted);
  CHECK_THAT(small.detail, Catch::Contains("above"));
  CHECK(at("1/1000000").verdict == Verdict::refuted);
  // Where the least slack of the samples lies, the verdict turns.
  const double slack = std::stod(whole.slack.substr(std::string("at least ").size()));
  REQUIRE(slack > 1);
  CHECK(at(std::to_string(0.98 / slack).c_str()).verdict == Verdict::refuted);
  CHECK(at(std::to_string(1.02 / slack).c_str()).verdict == Verdict::proved);
  for (const char* share : {"0", "-1", "x"})
    CHECK(run_claim("weight_deviation_pathwise", {{"samples", {"3"}}, {"draws", {"1"}}, {"share", {share}}}).malformed);
}

TEST_CASE("bound on random samples: never proved, and not supported where it fails") {
  const auto at = [](const char* n, const char* share) {
    return run_procedure("weight_deviation_bound", {{"dims", {"1"}},
                                                    {"samples", {n}},
                                                    {"draws", {"4"}},
                                                    {"delta", {"1/20"}},
                                                    {"seed", {"6"}},
                                                    {"share", {share}}});
  };
  CHECK(at("5", "1").verdict == Verdict::vacuous);         // the bound exceeds the largest deviation there is
  CHECK(at("2000", "1/2").verdict == Verdict::supported);  // at d = 1 it is loose by more than that
  const ProcedureResult false_bound = at("2000", "1/1000");
  CHECK(false_bound.verdict == Verdict::undecided);
  CHECK_THAT(false_bound.detail, Catch::StartsWith("4 of 4 draws above the bound"));
  CHECK(
      run_claim("weight_deviation_bound", {{"dims", {"1"}}, {"samples", {"5"}}, {"draws", {"0"}}, {"delta", {"1/20"}}})
          .malformed);
}

TEST_CASE("transfer by (40): the pair of laws refutes it, and must lie in the disc") {
  CHECK(run_procedure("weight_transfer", {{"a", {"3/5"}}}).verdict == Verdict::refuted);
  for (const char* a : {"0", "-3/5", "4/5"}) CHECK(run_claim("weight_transfer", {{"a", {a}}}).malformed);
}
