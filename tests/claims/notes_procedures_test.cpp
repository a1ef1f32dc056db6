#include <catch2/catch.hpp>

#include "claims/run_procedure.hpp"

// Procedures behind the notes 3.4, H.8, I.1', I.4, J.1 and S: what is false or says nothing must not be certified.

using namespace shatterproof;
using testing::run_claim;

namespace {

Verdict verdict(const std::string& procedure, const testing::Settings& settings) {
  const Outcome outcome = run_claim(procedure, settings);
  INFO(outcome.error);
  CHECK(outcome.error.empty());
  return outcome.result.verdict;
}

}  // namespace

TEST_CASE("Theorem 3.4: only the corrected factor agrees") {
  const auto gaussian = [](const char* factor) {
    return verdict("radon_gaussian", {{"dims", {"1", "3"}}, {"factor", {factor}}});
  };
  CHECK(gaussian("corrected") == Verdict::supported);
  CHECK(gaussian("printed") == Verdict::refuted);
  const auto network = [](const char* factor) {
    return verdict("radon_network",
                   {{"dims", {"3"}}, {"instances", {"2"}}, {"neurons", {"3"}}, {"seed", {"5"}}, {"factor", {factor}}});
  };
  CHECK(network("corrected") == Verdict::supported);
  CHECK(network("printed") == Verdict::refuted);
  CHECK(run_claim("radon_network",
                  {{"dims", {"2"}}, {"instances", {"1"}}, {"neurons", {"1"}}, {"seed", {"5"}}, {"factor", {"printed"}}})
            .malformed);
}

TEST_CASE("Fano: a constant above 1/2 is refuted") {
  const auto at = [](const char* constant) {
    return verdict("fano_squared", {{"constant", {constant}}, {"instances", {"20"}}, {"seed", {"8"}}});
  };
  CHECK(at("1/4") == Verdict::supported);
  CHECK(at("1/2") == Verdict::supported);
  CHECK(at("3/5") == Verdict::refuted);
}

TEST_CASE("empty cells of unequal masses: twice the exponent is refuted") {
  const auto at = [](const char* exponent) {
    return verdict("occupancy_masses",
                   {{"form", {"chernoff"}}, {"instances", {"30"}}, {"seed", {"102"}}, {"exponent", {exponent}}});
  };
  CHECK(at("1") == Verdict::supported);
  CHECK(at("2") == Verdict::refuted);
}

TEST_CASE("lower bounds as numbers: too large a share is never proved") {
  const auto bumps = [](const char* share) {
    return verdict("univariate_numbers", {{"route", {"assouad"}},
                                          {"sup_norms", {"1"}},
                                          {"seminorms", {"1"}},
                                          {"sigmas", {"1"}},
                                          {"samples", {"1e5"}},
                                          {"share", {share}}});
  };
  CHECK(bumps("0.05") == Verdict::proved);
  CHECK(bumps("0.06") == Verdict::undecided);
  const auto stable = [](const char* eta, const char* share) {
    return verdict("stable_cube_numbers", {{"dims", {"3"}},
                                           {"samples", {"1e4"}},
                                           {"amplitude", {"1"}},
                                           {"eta", {eta}},
                                           {"factor", {"1"}},
                                           {"share", {share}}});
  };
  CHECK(stable("1.9", "0.09") == Verdict::proved);
  CHECK(stable("1.9", "0.1") == Verdict::undecided);
  CHECK(stable("2", "0") == Verdict::vacuous);
  const auto slab = [](const char* factor) {
    return verdict("slab_numbers", {{"dims", {"2"}}, {"samples", {"100"}}, {"factor", {factor}}});
  };
  CHECK(slab("2") == Verdict::proved);
  CHECK(slab("3") == Verdict::undecided);
}

TEST_CASE("hats in one cap: exact, and refused beyond ten") {
  CHECK(verdict("slab_family", {{"dims", {"1..3"}}, {"slabs", {"1..4"}}, {"depth", {"1"}}}) == Verdict::proved);
  CHECK(run_claim("slab_family", {{"dims", {"2"}}, {"slabs", {"11"}}, {"depth", {"1/2"}}}).malformed);
  CHECK(run_claim("slab_family", {{"dims", {"2"}}, {"slabs", {"2"}}, {"depth", {"3/2"}}}).malformed);
}
