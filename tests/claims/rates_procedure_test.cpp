#include <catch2/catch.hpp>

#include "claims/run_procedure.hpp"

// The procedure behind the blocks of rates: what is derived, and what must not pass.

using namespace shatterproof;
using testing::run_claim;
using testing::run_procedure;
using testing::Settings;

namespace {

/// Annulus and core of the generalisation gap, with the claims given.
Settings gap(std::vector<std::string> claims) {
  return {{"define", {"annulus = eps", "core = eps^(-d*(d+2)/(2*d+3))*n^(-(d+3)/(4*d+6))", "f(x) = x^2"}},
          {"terms", {"annulus", "core"}},
          {"minimise", {"eps"}},
          {"claim", std::move(claims)}};
}

Verdict verdict(std::vector<std::string> claims) { return run_procedure("rates", gap(std::move(claims))).verdict; }

}  // namespace

TEST_CASE("rates: a derived exponent is proved for all real d, a wrong one is not") {
  const ProcedureResult result = run_procedure("rates", gap({"exponent(rate, n) = -1/(2*d+2)"}));
  CHECK(result.verdict == Verdict::proved);
  CHECK(result.instances >= 1);
  CHECK(result.sharp.empty());
  CHECK(verdict({"exponent(rate, n) = -1/(2*d+4)"}) == Verdict::refuted);
  CHECK(verdict({"exponent(rate, n) = -1/(2*d+2) + 1/10^9"}) == Verdict::refuted);
  CHECK(verdict({"exponent(rate, n) = -1/(2*d+2) + (d-1)*(d-2)/10^9"}) == Verdict::refuted);  // right at d = 1 and 2
}

TEST_CASE("rates: orders, strict and not") {
  CHECK(verdict({"rate < n^(-1/(2*d+4))"}) == Verdict::proved);
  CHECK(verdict({"rate <= n^(-1/(2*d+2))"}) == Verdict::proved);
  CHECK(verdict({"rate < n^(-1/(2*d+2))"}) == Verdict::refuted);  // a tie
  CHECK(verdict({"rate < n^(-1/3)"}) == Verdict::refuted);
  CHECK(verdict({"rate <= n^(-1/4)"}) == Verdict::refuted);  // holds at d = 1 only
}

TEST_CASE("rates: one false claim among true ones refutes the block, and is named") {
  const ProcedureResult mixed =
      run_procedure("rates", gap({"exponent(rate, n) = -1/(2*d+2)", "rate < n^(-1/3)", "rate < 1"}));
  CHECK(mixed.verdict == Verdict::refuted);
  CHECK_THAT(mixed.detail, Catch::StartsWith("rate < n^(-1/3): "));
}

TEST_CASE("rates: the range of the dimension and the active constraint count") {
  const auto in = [](const char* dimension, const char* claim) {
    Settings settings = gap({claim});
    settings.push_back({"dimension", {dimension}});
    return run_procedure("rates", settings).verdict;
  };
  CHECK(in("d > 3", "rate > n^(-1/8)") == Verdict::proved);
  CHECK(in("d >= 3", "rate > n^(-1/8)") == Verdict::refuted);  // a tie at d = 3
  CHECK(in("d > 299/100", "rate > n^(-1/8)") == Verdict::refuted);
  CHECK(verdict({"active = balance of annulus and core"}) == Verdict::proved);
  Settings floored = gap({"active = balance of annulus and core"});
  floored.push_back({"floor", {"n^(-1/(2*d+4))"}});
  CHECK(run_procedure("rates", floored).verdict == Verdict::refuted);
}

TEST_CASE("rates: what cannot be read is malformed, not a verdict") {
  for (const char* claim : {"rate <", "rate < unknown", "", "exponent(rate, q) = 1"}) {
    CAPTURE(claim);
    const Outcome outcome = run_claim("rates", gap({claim}));
    CHECK(outcome.malformed);
    CHECK(outcome.result.verdict == Verdict::undecided);
  }
  CHECK(run_claim("rates", gap({})).malformed);
}
