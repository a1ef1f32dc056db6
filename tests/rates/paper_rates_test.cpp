// The rates of the paper and the refined ones against reference values computed elsewhere, and shifted ones refuted.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "shatterproof/rates/check.hpp"

namespace shatterproof::rates {
namespace {

const nlohmann::json& golden() {
  static const nlohmann::json all = [] {
    const char* root = std::getenv("SHATTERPROOF_SOURCE");
    REQUIRE(root != nullptr);
    return nlohmann::json::parse(std::ifstream(std::string(root) + "/tests/golden/upper-bounds-and-siblings.json"));
  }();
  return all;
}

/// Reference formulas are written with ** for powers.
std::string formula(const std::string& key) {
  std::string text = golden().at(key).get<std::string>();
  for (auto at = text.find("**"); at != std::string::npos; at = text.find("**")) text.replace(at, 2, "^");
  return text;
}

const std::string kCore = "A^(d/(2*d+3)) * eps^(-d*(d+2)/(2*d+3)) * M^(3*(d+2)/(2*d+3)) * n^(-(d+3)/(4*d+6))";

/// The balances behind the rates, derived from their terms.
BlockText derivations() {
  return {.define = {"t_star = balance(M*t, M^2*(C/t)^(d/(d+3))*n^(-1/2), t)",
                     "entropy_gap = substitute(M*t, t, t_star)", "annulus = M^2*eps", "core = " + kCore,
                     "paper_gap = leading(minimum(annulus + core, eps, floor = n^(-1/(2*d+4))))",
                     "refined_gap = leading(minimum(annulus + core, eps))",
                     "chaining_core = substitute(M^((d+6)/(d+3))*C^(d/(d+3))*n^(-1/2), C, A*eps^-(d+2))",
                     "chaining_gap = leading(minimum(annulus + chaining_core, eps))",
                     "explicit_gap = leading(minimum(annulus + M*A*n^(-1/2)*eps^(-3*(d+1)/4), eps))",
                     "r = balance((sigma^2/n)^(1/2)*integral((C/r0)^(d/(d+3)), r0), r0^2, r0)",
                     "mse_core = substitute(r^2, C, A*eps^-(d+2))",
                     "refined_mse = leading(minimum(annulus + mse_core, eps))"},
          .claims = {}};
}

Verdict verdict(const std::string& claim) {
  BlockText text = derivations();
  text.claims = {claim};
  const auto result = check(parse_block(text));
  INFO(claim << ": " << result.claims.front().detail);
  return result.verdict;
}

TEST_CASE("derived exponents equal the reference formulas for all real d >= 1") {
  const std::vector<std::pair<std::string, std::string>> pairs{{"exponent(entropy_gap, C)", "rate.F5.C"},
                                                               {"exponent(entropy_gap, M)", "rate.F5.M"},
                                                               {"exponent(entropy_gap, n)", "rate.F5.n"},
                                                               {"exponent(paper_gap, n)", "rate.T35.n.constrained"},
                                                               {"exponent(refined_gap, n)", "rate.T35.n.unconstrained"},
                                                               {"exponent(chaining_gap, n)", "rate.gap.chaining"},
                                                               {"exponent(explicit_gap, n)", "rate.gap.explicit"},
                                                               {"exponent(r^2, C)", "rate.G2.C"},
                                                               {"exponent(r^2, n)", "rate.G2.n"},
                                                               {"exponent(refined_mse, n)", "rate.mse.refined"}};
  for (const auto& [derived, key] : pairs) {
    INFO(derived);
    CHECK(verdict(derived + " = " + formula(key)) == Verdict::proved);
    CHECK(verdict(derived + " = " + formula(key) + " + 1/2") == Verdict::refuted);
    CHECK(verdict(derived + " < " + formula(key)) == Verdict::refuted);
  }
}

TEST_CASE("the table of exponents of 1/n") {
  const std::map<std::string, std::string> columns{{"paper_gap", "paper_gap_mse"},
                                                   {"refined_gap", "refined_gap"},
                                                   {"chaining_gap", "chaining_gap"},
                                                   {"explicit_gap", "explicit"},
                                                   {"refined_mse", "refined_mse"}};
  for (const auto& [d, row] : golden().at("rate.table").items())
    for (const auto& [derived, column] : columns) {
      const std::string value = row.at(column).get<std::string>();
      CHECK(verdict("-exponent(" + derived + ", n) = " + value + " at d = " + d) == Verdict::proved);
      CHECK(verdict("-exponent(" + derived + ", n) = " + value + "+1/1000000 at d = " + d) == Verdict::refuted);
    }
}

TEST_CASE("the active constraint explains the exponent of A") {
  BlockText text{.terms = {"annulus = M^2*eps", "core = " + kCore},
                 .minimise = "eps",
                 .floor = "n^(-1/(2*d+4))",
                 .claims = {"active = floor", "exponent(rate, A) = 0", "rate = M^2*n^(-1/(2*d+4))"}};
  CHECK(check(parse_block(text)).verdict == Verdict::proved);
  text.floor.reset();
  text.claims = {"active = annulus, core", "exponent(rate, A) = d/(d^2+4*d+3)", "exponent(rate, n) = -1/(2*d+2)"};
  const auto free = check(parse_block(text));
  CHECK(free.verdict == Verdict::proved);
  REQUIRE(free.optimum.size() == 1);
  CHECK(free.optimum[0].find("balance of annulus and core") != std::string::npos);
}

TEST_CASE("the Beta family: two parameters, all alpha > 0 and d >= 1") {
  BlockText text{.parameters = {"d >= 1", "alpha > 0"},
                 .terms = {"annulus = eps^alpha", "core = (eps^-(d+2*alpha))^(d/(2*d+3))*n^(-(d+3)/(4*d+6))"},
                 .minimise = "eps",
                 .claims = {"-exponent(rate, n) = " + formula("rate.beta.upper"), "active = annulus, core"}};
  CHECK(check(parse_block(text)).verdict == Verdict::proved);
  for (const auto& [alpha, row] : golden().at("rate.beta.d5").items()) {
    text.claims = {"-exponent(rate, n) = " + row.at(0).get<std::string>() + " at d = 5; alpha = " + alpha};
    CHECK(check(parse_block(text)).verdict == Verdict::proved);
  }
  text.claims = {"-exponent(rate, n) = " + formula("rate.beta.upper") + " + 1/2"};
  CHECK(check(parse_block(text)).verdict == Verdict::refuted);
}

}  // namespace
}  // namespace shatterproof::rates
