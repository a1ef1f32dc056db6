#include "shatterproof/rates/check.hpp"

#include <catch2/catch.hpp>

#include "shatterproof/core/error.hpp"

namespace shatterproof::rates {
namespace {

using Catch::Matchers::Contains;

BlockResult run(const BlockText& text) { return check(parse_block(text)); }

/// The verdict on one claim without terms.
ClaimResult on(const std::string& claim, const std::string& range = "d >= 1") {
  return run({.parameters = {range}, .claims = {claim}}).claims.front();
}

TEST_CASE("rates are compared for all real d, with a witness where the order fails") {
  CHECK(on("n^(-1/(2*d+4)) >= n^(-2/(d+1))").verdict == Verdict::proved);
  CHECK(on("n^(-1/(2*d+4)) > n^(-1/(2*d+2))").verdict == Verdict::proved);
  // 4/(3d+5) = 2/(d+1) exactly at d = 3 is false, 4(d+1) = 2(3d+5) at d = -3: never in the range.
  CHECK(on("4/(3*d+5) < 2/(d+1)").verdict == Verdict::proved);
  const auto explicit_chain = on("2/(3*d+7) <= 1/(2*d+2)");
  CHECK(explicit_chain.verdict == Verdict::refuted);
  CHECK_THAT(explicit_chain.detail, Contains("fails at d = 4: left 2/19, right 1/10; fails for d > 3"));
  CHECK(on("2/(3*d+7) <= 1/(2*d+2)", "d in [1, 3]").verdict == Verdict::proved);
  CHECK(on("2/(3*d+7) < 1/(2*d+2)", "d in [1, 3]").verdict == Verdict::refuted);
  CHECK(on("2/(3*d+7) < 1/(2*d+2)", "d in [1, 3)").verdict == Verdict::proved);
}

TEST_CASE("a sign that changes at an irrational d is reported with an interval around it") {
  const auto result = on("d^2 <= 5");
  CHECK(result.verdict == Verdict::refuted);
  CHECK_THAT(result.detail, Contains("fails at d = 3") && Contains("the root of d^2-5 in ["));
  // Holds on both sides of the root and fails only there.
  const auto root = on("max(d^2 - 5, 5 - d^2) > 0");
  CHECK(root.verdict == Verdict::refuted);
  CHECK_THAT(root.detail, Contains("fails at d = the root of"));
  CHECK(on("max(d^2 - 5, 5 - d^2) >= 0").verdict == Verdict::proved);
}

TEST_CASE("a pole in the range is never proved") {
  const auto pole = on("n^(1/(d-3)^2) >= 1");
  CHECK(pole.verdict == Verdict::undecided);
  CHECK_THAT(pole.detail, Contains("no value at d = 3: division by zero"));
  CHECK(on("n^(1/(d-3)^2) >= 1", "d > 3").verdict == Verdict::proved);
  // Also a pole that cancels: 0/0 is no value.
  CHECK(on("(d-2)/(d-2) = 1").verdict == Verdict::undecided);
  // Failing somewhere outweighs having no value elsewhere.
  CHECK(on("1/(d-3) > 0").verdict == Verdict::refuted);
}

TEST_CASE("equality needs all exponents; orders look at what grows") {
  CHECK(run({.quantities = {"A", "M"}, .claims = {"A*n^-1 = M*n^-1"}}).verdict == Verdict::refuted);
  CHECK(run({.quantities = {"A", "M"}, .claims = {"A*n^-1 <= M*n^-1", "A*n^-1 >= M*n^-1"}}).verdict == Verdict::proved);
  CHECK(on("n^(1/d) = n^(1/2)").verdict == Verdict::refuted);
  CHECK(on("n^(1/d) = n^(1/2) at d = 2").verdict == Verdict::proved);
  CHECK(on("n^(1/d) = n^(1/2) at d = 2, 3").verdict == Verdict::refuted);
  CHECK(run({.grows = "1/eps", .claims = {"eps^2 < eps"}}).verdict == Verdict::proved);
}

TEST_CASE("the optimum changes with d: every piece is listed with its break") {
  const BlockText text{.terms = {"a = v", "b = n^-1/v", "c = n^(-1/d)"},
                       .minimise = "v",
                       .claims = {"rate = n^(-1/2)"},
                       .show = {"exponent(rate, n)"}};
  const auto result = run(text);
  CHECK(result.verdict == Verdict::refuted);  // for d > 2 the third term is larger
  REQUIRE(result.shown.size() == 2);
  CHECK_THAT(result.shown[1], Contains("d > 2: -1/d"));
  CHECK(run({.parameters = {"d in [1, 2]"}, .terms = text.terms, .minimise = "v", .claims = text.claims}).verdict ==
        Verdict::proved);
}

TEST_CASE("what is active can be claimed") {
  BlockText text{
      .terms = {"up = v", "down = n^(-1/d)/v"}, .minimise = "v", .claims = {"active = balance of up and down"}};
  CHECK(run(text).verdict == Verdict::proved);
  text.floor = "n^(-1/4)";
  const auto with_floor = run(text);
  CHECK(with_floor.verdict == Verdict::refuted);
  CHECK_THAT(with_floor.claims.front().detail, Contains("active: floor") && Contains("fails for d = 1; 1 < d < 2"));
  text.claims = {"active = floor at d = 1, 3/2", "active = up and down at d = 5",
                 "active = floor and up and down at d = 2"};
  CHECK(run(text).verdict == Verdict::proved);
  text.claims = {"active = floor"};
  CHECK(run(text).verdict == Verdict::refuted);
  text.parameters = {"d in [1, 2)"};
  CHECK(run(text).verdict == Verdict::proved);
}

TEST_CASE("terms may be named definitions; substitutions change the terms only") {
  const auto result = run({.define = {"up = v", "down = k/v"},
                           .terms = {"up", "down"},
                           .substitute = {"k = n^-1"},
                           .minimise = "v",
                           .claims = {"rate = n^(-1/2)", "active = up and down", "at_optimum(down) = n^(-1/2)"}});
  for (const ClaimResult& claim : result.claims) {
    INFO(claim.claim << ": " << claim.detail);
    CHECK(claim.verdict == Verdict::proved);
  }
}

TEST_CASE("two parameters: proved for all, refuted by a point, or left open") {
  const std::vector<std::string> both{"d >= 1", "alpha > 0"};
  CHECK(run({.parameters = both, .claims = {"d^2 - 2*d + 3 + 6*alpha*d > 0"}}).verdict == Verdict::proved);
  const auto refuted = run({.parameters = both, .claims = {"3*d + 3*alpha - 2*alpha*d > 0"}});
  CHECK(refuted.verdict == Verdict::refuted);
  CHECK_THAT(refuted.claims.front().detail, Contains("fails at alpha = "));
  // Zero on the curve d = alpha only, which no box shows: true, but not proved.
  const auto open = run({.parameters = both, .claims = {"(d - alpha)^2 >= 0"}});
  CHECK(open.verdict == Verdict::undecided);
  CHECK_THAT(open.claims.front().detail, Contains("not resolved"));
}

TEST_CASE("functions of the language") {
  BlockText text{.parameters = {"d > 1"}, .define = {"K = (C/t)^(1/d)"}, .claims = {}};
  text.claims = {"integral(K, t) = C^(1/d)*t^(1-1/d)",
                 "sqrt(C^2*n) = C*n^(1/2)",
                 "substitute(K, t, C*n) = n^(-1/d)",
                 "balance(t, C*n/t, t) = (C*n)^(1/2)",
                 "leading(n + C + n^2*C) = C*n^2",
                 "exponent(n + C*n^2, C) = 1",
                 "max(n, n^2) >= n^2",
                 "max(1/2, 2/3, 1/3) = 2/3",
                 "optimum(t + n^-1/t, t, floor = n^(-1/4)) = n^(-1/4)",
                 "leading(minimum(t + n^-1/t, t)) = n^(-1/2)",
                 "(n + C)^2 = n^2 + C^2 + n*C"};
  const auto result = run(text);
  for (std::size_t i = 0; i + 1 < result.claims.size(); ++i) {
    INFO(result.claims[i].claim << ": " << result.claims[i].detail);
    CHECK(result.claims[i].verdict == Verdict::proved);
  }
  // Up to constants (n + C)^2 is n^2 + C^2, and the sums are compared term by term.
  CHECK(result.claims.back().verdict == Verdict::refuted);
  text.parameters = {"d >= 1"};
  text.claims = {"integral(K, t) = C^(1/d)*t^(1-1/d)"};
  CHECK_THAT(run(text).claims.front().detail, Contains("diverges"));
}

TEST_CASE("blocks that make no sense are refused") {
  const auto fails = [](const BlockText& text, const std::string& part) {
    INFO(part);
    CHECK_THROWS_WITH(run(text), Contains(part));
  };
  fails({}, "at least one claim");
  fails({.claims = {"k <= n"}}, "unknown name 'k'");
  fails({.claims = {"f(n) <= n"}}, "unknown function 'f'");
  fails({.claims = {"2*n <= n"}}, "constants are not tracked");
  fails({.claims = {"n - n <= n"}}, "cannot be subtracted");
  fails({.claims = {"n^n <= n"}}, "a number is needed");
  fails({.claims = {"2^d <= 3"}}, "only be raised to an integer");
  fails({.claims = {"rate <= n"}}, "needs the key minimise");
  fails({.claims = {"active = floor"}}, "needs the key minimise");
  fails({.define = {"a = b", "b = a"}, .claims = {"a <= n"}}, "needs itself");
  fails({.define = {"a = n", "a = n"}, .claims = {"a <= n"}}, "defined twice");
  fails({.define = {"d = n"}, .claims = {"n <= n"}}, "defined twice");
  fails({.define = {"rate = n"}, .claims = {"n <= n"}}, "reserved");
  fails({.define = {"sqrt = n"}, .claims = {"n <= n"}}, "is a function");
  fails({.terms = {"a"}, .claims = {"n <= n"}}, "the term 'a' is not defined");
  fails({.define = {"a = n"}, .terms = {"a", "a"}, .claims = {"n <= n"}}, "occurs twice");
  fails({.minimise = "v", .claims = {"n <= n"}}, "needs terms");
  fails({.floor = "n", .claims = {"n <= n"}}, "need the key minimise");
  fails({.claims = {"n <= n at d = 0"}}, "is not in d >= 1");
  fails({.claims = {"n <= n at k = 0"}}, "'k' is no parameter");
  fails({.parameters = {"d >= 1", "a > 0"}, .claims = {"n <= n at d = 1"}}, "every parameter once");
  fails({.define = {"a = n + 1"}, .claims = {"n/a <= n"}}, "cannot divide by the sum");
  fails({.terms = {"a = v"}, .minimise = "v", .floor = "v", .claims = {"rate = n"}}, "may not contain v");
  fails({.claims = {"balance(n, n) <= n"}}, "takes 3 arguments");
  fails({.claims = {"optimum(n, n, 3) <= n"}}, "expected floor = ");
}

}  // namespace
}  // namespace shatterproof::rates
