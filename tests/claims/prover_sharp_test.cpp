// Best constants against values that are known.
#include <catch2/catch.hpp>

#include "shatterproof/claims/prover/report.hpp"
#include "shatterproof/core/error.hpp"

using namespace shatterproof;
using namespace shatterproof::prover;

namespace {

Report sharp_of(const std::string& forall, const std::string& sharp, const std::string& constant = "") {
  Question question;
  question.forall = forall;
  question.claim = "0 < 1";
  question.sharp = sharp;
  question.constant = constant;
  return answer(question);
}

/// lower <= truth <= upper, and at least 9 digits.
void check_encloses(const SharpText& found, const std::string& truth) {
  const PrecisionScope scope(128);
  const Rational lower = parse_rational(found.lower), upper = parse_rational(found.upper);
  const Ball value = Ball::decimal(truth);
  INFO("[" << found.lower << ", " << found.upper << "] " << truth);
  CHECK(certainly_less_or_equal(Ball(lower), value));
  CHECK(certainly_less_or_equal(value, Ball(upper)));
  CHECK(upper - lower <= abs(upper) / 1000000000);
}

}  // namespace

TEST_CASE("suprema inside, at an end and in a limit") {
  const SharpText inside = sharp_of("x in [0, 2]", "sup over x of x^2*(1-x)").sharp.at(0);
  check_encloses(inside, "0.148148148148148148148");  // 4/27 is above by less than 1e-20
  CHECK(inside.where.rfind("attained at x", 0) == 0);

  const SharpText at_end = sharp_of("x in [0, 3]", "sup over x of x^2").sharp.at(0);
  CHECK(at_end.where == "attained at x = 3");
  check_encloses(at_end, "9");

  const SharpText limit = sharp_of("x in (0, 1]", "sup over x of sin(x)/x").sharp.at(0);
  CHECK(limit.where == "approached as x -> 0");
  check_encloses(limit, "1");

  const SharpText least = sharp_of("x in [0, 2]", "inf over x of x^3 - x").sharp.at(0);
  const PrecisionScope scope(128);
  CHECK(parse_rational(least.lower) < parse_rational("-0.384900179459750509"));
  CHECK(parse_rational(least.upper) > parse_rational("-0.384900179459750510"));
}

TEST_CASE("several variables, integers among them") {
  const SharpText both = sharp_of("x in [-1, 1], y in [0, 1]", "sup over x, y of x*y - x^2 - y^2 + y").sharp.at(0);
  check_encloses(both, "0.333333333333333333333");
  const Report powers = sharp_of("n in 1..20, x in [0, 1]", "sup over n, x of n*x^n*(1-x)");
  REQUIRE(powers.sharp.size() == 1);
  CHECK(powers.sharp[0].where.find("n = 20") != std::string::npos);
  check_encloses(powers.sharp[0], "0.358942364640953049997925");
  CHECK(sharp_of("n in 1..5, x in [0, 1]", "sup over x of n*x^n*(1-x)").sharp.size() == 5);
}

TEST_CASE("equal maxima end, and what is unbounded says so") {
  const SharpText waves = sharp_of("x in [0, 10]", "sup over x of sin(x)^2").sharp.at(0);
  check_encloses(waves, "1");
  const SharpText pole = sharp_of("x in (0, 1]", "sup over x of 1/x").sharp.at(0);
  CHECK(pole.lower == "inf");
  CHECK(pole.upper == "inf");
  CHECK(pole.where.rfind("unbounded", 0) == 0);
}

TEST_CASE("the constant of a paper is compared with the sharp one") {
  const Report loose = sharp_of("d in 2..4, h in (0, 1/4]", "sup over h of ball_tail(d, h)/h^((d+1)/2)", "c3(d)");
  REQUIRE(loose.sharp.size() == 3);
  for (const SharpText& c : loose.sharp) {
    CHECK(c.slack == "1.414x");  // sqrt 2, spec flatness-and-weights 6
    CHECK(c.where == "approached as h -> 0");
  }
  CHECK(loose.wrong.empty());
  const Report wrong = sharp_of("x in [0, 1]", "sup over x of x*(1-x)", "0.2499999999");
  CHECK(wrong.wrong.find("wrong side") != std::string::npos);
  CHECK(wrong.detail.find("wrong side") != std::string::npos);
  CHECK(sharp_of("x in [0, 1]", "inf over x of 1+x", "1").wrong.empty());
  CHECK_FALSE(sharp_of("x in [0, 1]", "inf over x of 1+x", "1.001").wrong.empty());
}

TEST_CASE("mistakes in a sharp goal are errors") {
  CHECK_THROWS_AS(sharp_of("x in [0, 1]", "supremum of x"), PreconditionError);
  CHECK_THROWS_AS(sharp_of("x in [0, 1]", "sup over y of x"), PreconditionError);
  CHECK_THROWS_AS(sharp_of("x in [0, 1], y in [0, 1]", "sup over y of x"), PreconditionError);
  CHECK_THROWS_AS(sharp_of("x in [-1, 1]", "sup over x of sqrt(x)"), PreconditionError);
}
