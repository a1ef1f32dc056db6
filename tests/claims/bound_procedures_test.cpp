#include <catch2/catch.hpp>

#include "claims/run_procedure.hpp"

using namespace shatterproof;
using testing::run_claim;

TEST_CASE("closed caps: no witness is named where the midpoint does not exist") {
  CHECK(run_claim("closed_caps", {{"eps", {"1/2"}}}).result.verdict == Verdict::refuted);
  const Outcome antipodal = run_claim("closed_caps", {{"eps", {"1"}}});
  CHECK(antipodal.malformed);
  CHECK(antipodal.result.verdict == Verdict::undecided);
}

TEST_CASE("Lemma F.7: what is no probability is refused") {
  const auto at = [](const char* n, const char* p) {
    return run_claim("lemma_f7", {{"form", {"printed"}}, {"samples", {n}}, {"masses", {p}}, {"deltas", {"1/25"}}});
  };
  CHECK(at("1", "1/20").result.verdict == Verdict::refuted);
  for (const auto& [n, p] : {std::pair{"1", "3/2"}, {"1", "-1/2"}, {"0", "1/2"}}) CHECK(at(n, p).malformed);
}

TEST_CASE("Theorem 3.7: a search without success is not called vacuous") {
  const auto at = [](const char* d, const char* n) {
    return run_claim("theorem_3_7_numbers", {{"dims", {d}}, {"samples", {n}}}).result.verdict;
  };
  CHECK(at("2", "1000") == Verdict::proved);
  CHECK(at("1", "1000") == Verdict::vacuous);    // at most two caps, Varshamov-Gilbert needs 8
  CHECK(at("3", "1e50") == Verdict::undecided);  // the search stops at eps = 1e-8
}

TEST_CASE("Proposition I.1: an impossible event has no slack") {
  const auto result =
      run_claim("occupancy_i1", {{"dims", {"2"}}, {"samples", {"1"}}, {"kappa", {"1"}}, {"most_caps", {"2"}}}).result;
  CHECK(result.verdict == Verdict::proved);
  CHECK(result.slack.find("inf") == std::string::npos);
}

TEST_CASE("finite samples: a printed value beyond reach is not called met") {
  const auto at = [](const char* row) { return run_claim("finite_samples", {{"rows", {row}}}); };
  CHECK(at("3 1e2 3.021e-02 9.069e-03 7.021e-02").result.verdict == Verdict::proved);
  CHECK(at("3 1e2 3.121e-02 9.069e-03 7.021e-02").result.verdict == Verdict::undecided);
  CHECK(at("3 1e2 3.021e-02 1.1e-02 7.021e-02").result.verdict == Verdict::undecided);
  CHECK(at("3 1e2 3.021e-02 9.069e-03 7.1e-02").result.verdict == Verdict::undecided);
  for (const char* bad : {"", "3 1e2", "3 1e2 1 1", "3 1e2 1 1 1 1", "0 1e2 1 1 1", "3 1/2 1 1 1", "3 1e2 x 1 1"})
    CHECK(at(bad).malformed);
}

TEST_CASE("the constant of Lemma H.3 is recorded for each dimension") {
  const auto result = run_claim("cap_constants", {{"dims", {"3..4"}}, {"eps", {"0.366", "1/10"}}}).result;
  CHECK(result.verdict == Verdict::proved);
  REQUIRE(result.sharp.size() == 2);
  CHECK(result.sharp[0].instance == "d = 3");
  CHECK(result.sharp[0].where.find("c_inf = 1.81380") != std::string::npos);  // pi/sqrt 3
  CHECK(result.sharp[1].where.find("24-cell") != std::string::npos);
  CHECK(run_claim("cap_constants", {{"dims", {"11"}}, {"eps", {"1/2"}}}).malformed);
  CHECK(run_claim("cap_constants", {{"dims", {"3"}}, {"eps", {"2"}}}).malformed);
}
