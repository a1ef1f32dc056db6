// The prover on claims whose truth is known: tight at ends and inside, false by little, undefined somewhere.
#include <catch2/catch.hpp>

#include "shatterproof/claims/expression/catalogue.hpp"
#include "shatterproof/claims/expression/evaluate.hpp"
#include "shatterproof/claims/prover/prove.hpp"
#include "shatterproof/claims/prover/report.hpp"
#include "shatterproof/core/error.hpp"

using namespace shatterproof;
using namespace shatterproof::prover;

namespace {

Proof prove_text(const std::string& statement, const std::string& given = "", long effort = 20000) {
  Question question;
  question.claim = statement;
  question.given = given;
  question.effort.boxes = effort;
  return prove(parse_question(question).statement, question.effort);
}

void check_verdict(const std::string& statement, Verdict expected, const std::string& given = "") {
  INFO(statement << (given.empty() ? "" : " given " + given));
  const Proof proof = prove_text(statement, given);
  CHECK(to_text(proof.verdict) == to_text(expected));
  CHECK(proof.witness.has_value() == (expected == Verdict::refuted));
}

}  // namespace

TEST_CASE("true claims that are tight at an end or inside are proved") {
  for (const char* statement : {
           "forall x in [-1, 1]: exp(x) >= 1 + x",
           "forall x in [0, 4]: sin(x) <= x",
           "forall x in (0, 4]: sin(x) < x",
           "forall x in [0, 1/2]: sin(x) >= x - x^3/6",
           "forall x in [-1, 1]: cos(x) >= 1 - x^2/2",
           "forall x in [-3, 5]: x^2 >= 2*x - 1",
           "forall x in [-1, 2]: 3*x^2 - 2*x + 1/3 >= 0",
           "forall x in [0, 1]: x^2 - 2*x^4 + x^6 >= 0",
           "forall x in [0, 1]: x^3 >= 0",
           "forall n in 1..12, x in [-1, 1]: (1+x)^n >= 1 + n*x",
           "forall x in [0, 2]: x*(2-x) <= 1 and x >= 0",
           "forall x in [0, 1]: sqrt(x) >= x",
           "forall x in [0, 1], y in [0, 1]: x + y - x*y <= 1",
           "forall x in [-1, 2], y in [-1, 3]: x^2 + y^2 >= 2*x/3 + 2*y/7 - 1/9 - 1/49",
           "forall x in [0, 2], y in [0, 1], z in [0, 1]: x*y*z <= 2",
           "forall x in [1, inf): 1/x <= 1",
           "forall x in (-inf, inf): x^2/(1+x^2) < 1",
           "forall x in [-1, 1]: x <= 0 or sqrt(x) >= x",
       })
    check_verdict(statement, Verdict::proved);
}

TEST_CASE("constants of the uniform ball are proved for all depths, up to the singular end") {
  for (const char* statement : {
           "forall d in 1..8, h in (0, 1/4]: c2(d)*h^((d+1)/2) <= ball_tail(d, h) <= c3(d)*h^((d+1)/2)",
           "forall d in 1..8, h in (0, 1/4]: ball_tail(d, h) <= c3(d)/sqrt(2)*h^((d+1)/2)",
           "forall d in 1..8, h in (0, 1]: ball_weight(d, h) < ball_weight_limit(d)*h^(d+2)",
           "forall d in 2..8, h in (0, 2): 2/(d+3)*h <= ball_tail_mean(d, h) - (1-h)",
       })
    check_verdict(statement, Verdict::proved);
}

TEST_CASE("claims that fail by little are refuted with a point of the range") {
  for (const char* statement : {
           "forall x in [-1, 1]: exp(x) >= 1 + x + 1e-9",
           "forall x in [-1, 2]: x^2 >= 2*x/3 - 1/9 + 1e-9",
           "forall d in 1..4, h in (0, 1/4]: ball_tail(d, h) <= c3(d)/sqrt(2)*(1-1e-6)*h^((d+1)/2)",
           "forall d in 1..4, h in (0, 1]: ball_weight(d, h) <= ball_weight_limit(d)*(1-1e-9)*h^(d+2)",
           "forall x in [0, 1]: x*(1-x) <= 1/4 - 1e-9",
           "forall x in [0, 1]: x < 1",
           "forall x in [0, 1]: x > 0",
           "forall x in [0, 1], y in [0, 1]: x*y <= 1 - 1e-9",
           "forall n in 1..20: n < 20",
           "forall x in [0, 10]: sin(x) <= 1 - 1e-6",
           "forall x in [1, inf): 1/x >= 1e-9",
           "forall x in [-1, 1]: x = x^2",
       })
    check_verdict(statement, Verdict::refuted);
  const Proof proof = prove_text("forall d in {3}, x in [1/4, 1]: 4*x <= d");
  REQUIRE(proof.witness);
  CHECK(*proof.witness->point.at("x").exact() == 1);
  CHECK(proof.witness->text() == "fails at d = 3, x = 1: left 4, right 3");
}

TEST_CASE("open and closed ends differ") {
  check_verdict("forall x in [0, 1): x < 1", Verdict::proved);
  check_verdict("forall x in (0, 1]: x > 0", Verdict::proved);
  check_verdict("forall x in (0, 1): x*(1-x) > 0", Verdict::proved);
  check_verdict("forall x in [0, 1): x*(1-x) > 0", Verdict::refuted);
}

TEST_CASE("a claim that is undefined somewhere in its range is an error") {
  for (const char* statement : {
           "forall h in [1, 3]: ball_tail(3, h) <= 1",
           "forall h in [19/10, 21/10): ball_tail(3, h) <= 1",
           "forall x in [-1, 1]: sqrt(x) >= 0",
           "forall x in (-1e-30, 1]: sqrt(x) >= 0",
           "forall x in [-1, 1]: 1/x < 2 or 1/x >= 2",
           "forall x in [0, 2]: acos(x) <= 4",
       })
    CHECK_THROWS_AS(prove_text(statement), PreconditionError);
}

TEST_CASE("a domain left only between the sample points is never proved") {
  for (const char* statement : {
           "forall x in [0, 1]: sqrt((x-0.3141592653589793)^2 - 1e-24) >= 0",
           "forall x in [0, 1]: 1/(x-0.3141592653589793)^2 >= 0",
           "forall x in [0, 1]: log(abs(x-0.3141592653589793)) <= 1",
       }) {
    INFO(statement);
    Verdict verdict = Verdict::refuted;
    try {
      verdict = prove_text(statement, "", 2000).verdict;
    } catch (const PreconditionError&) {
      verdict = Verdict::undecided;  // found out to be undefined
    }
    CHECK(verdict == Verdict::undecided);
  }
}

TEST_CASE("a hypothesis restricts the claim, and an empty one is vacuous") {
  check_verdict("forall x in [-1, 1]: sqrt(x) <= 1", Verdict::proved, "x >= 0");
  check_verdict("forall x in [0, 1], y in [0, 1]: x + y < 1", Verdict::proved, "x + y < 0.9");
  check_verdict("forall x in [0, 1]: x <= 1/2", Verdict::proved, "x < 1/2");
  check_verdict("forall x in [0, 1]: x <= 1/2", Verdict::refuted, "x < 0.51");
  check_verdict("forall x in [0, 1]: x <= -1", Verdict::vacuous, "x > 2");
  CHECK(prove_text("forall x in [0, 1]: x <= -1", "x > 2").vacuous.find("hypothesis") != std::string::npos);
}

TEST_CASE("where the claim is trivial it is vacuous") {
  Question question;
  question.forall = "d in 1..10, x in [0, 1]";
  question.claim = "x >= 4 - d - 10";
  question.trivial_when = "d >= 4";
  CHECK(answer(question).proof.verdict == Verdict::vacuous);
  CHECK(answer(question).detail == "trivial for 7 of 10 instances: from d = 4 to d = 10");
  question.trivial_when = "d > 10";
  CHECK(answer(question).proof.verdict == Verdict::proved);
}

TEST_CASE("what cannot be settled is undecided and says what is left") {
  const Proof line = prove_text("forall x in [0, 1], y in [0, 1]: 2*sin(x)*sin(y) <= sin(x)^2 + sin(y)^2", "", 500);
  CHECK(line.verdict == Verdict::undecided);
  CHECK(line.remaining > 0);
  CHECK_FALSE(line.first_remaining.empty());
  CHECK_FALSE(line.needed.empty());
  CHECK(prove_text("forall x in [1, 2]: x = x^1.5/x^0.5 and x < 3").verdict != Verdict::refuted);
  CHECK(prove_text("forall x in [0, 10]: sin(x)^2 + cos(x)^2 <= 1", "", 300).verdict == Verdict::undecided);
  CHECK(prove_text("forall x in [0, 1]: 1e9*(exp(x)-1.123456)^2 >= 1e-6*x - 1e-3", "", 1).verdict ==
        Verdict::undecided);
}

TEST_CASE("ranges that are empty, inexact or too many are errors") {
  for (const char* statement : {"forall x in [1, 0]: x < 2", "forall x in (1, 1]: x < 2", "forall n in 3..2: n < 2",
                                "forall x in [0, pi]: x < 4", "forall a in 1..3000, b in 1..3000: a < b"})
    CHECK_THROWS_AS(prove_text(statement), PreconditionError);
}

TEST_CASE("no function is taken across an end of its domain, however little") {
  for (const expression::Function& f : expression::catalogue()) {
    const std::size_t count = f.arguments.size();
    if (count == 0 || count > 3 || f.arguments.back() == "..." || f.name == "sum" || f.name == "product" ||
        f.name == "integral")
      continue;
    for (std::size_t moving = 0; moving < count; ++moving) {
      std::string call = f.name + "(";
      for (std::size_t i = 0; i < count; ++i) call += (i > 0 ? ", " : "") + std::string(i == moving ? "x" : "2");
      call += ")";
      for (const char* end : {"-1", "0", "1", "2", "3.1415926535897932384626433832795028842"}) {
        const std::string below = std::string("(") + end + ")-1e-30", above = std::string("(") + end + ")+1e-30";
        for (const bool upper : {false, true}) {
          const std::string range =
              upper ? "((" + std::string(end) + ")-1/2, " + above + ")" : "(" + below + ", (" + end + ")+1/2)";
          const std::string outside = upper ? "(" + std::string(end) + ")+5e-31" : "(" + std::string(end) + ")-5e-31";
          INFO(call << " on " << range);
          bool proved = false;
          try {
            proved = prove_text("forall x in " + range + ": " + call + " >= -1e30", "", 300).verdict == Verdict::proved;
          } catch (const PreconditionError&) {
          }
          if (!proved) continue;
          CHECK_NOTHROW(evaluate(expression::parse_expression(call, {"x"}),
                                 {{"x", evaluate(expression::parse_expression(outside))}}));
        }
      }
    }
  }
}

TEST_CASE("domains are asked for only where they matter") {
  check_verdict("forall x in [0, 1]: cap_area_fraction(3, pi*x) <= 2", Verdict::proved);
  check_verdict("forall x in [-1, 1]: x < 0 or ball_tail(3, x) <= 1", Verdict::proved);
  check_verdict("forall x in [-1, 1]: ball_tail(3, x) <= 1", Verdict::proved, "x >= 0");
  CHECK_THROWS_AS(prove_text("forall x in [0, 3]: ball_tail(3, x) <= 1 or x > 5"), PreconditionError);
  Question question;
  question.forall = "h in [1, 2+1e-40)";
  question.claim = "0 < 1";
  question.sharp = "sup over h of ball_tail(3, h)";
  CHECK_THROWS_AS(answer(question), PreconditionError);
}
