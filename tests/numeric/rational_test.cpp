#include "shatterproof/numeric/rational.hpp"

#include <catch2/catch.hpp>
#include <limits>

#include "shatterproof/core/error.hpp"

using namespace shatterproof;

TEST_CASE("rationals are read exactly") {
  CHECK(parse_rational("-3/7") == Rational(-3, 7));
  CHECK(parse_rational("6/4") == Rational(3, 2));
  CHECK(parse_rational("0.125") == Rational(1, 8));
  CHECK(parse_rational(".5") == Rational(1, 2));
  CHECK(parse_rational("-1.5e-2") == Rational(-3, 200));
  CHECK(parse_rational("+2E3") == Rational(2000));
  CHECK(to_text_exact(parse_rational("0.1")) == "1/10");
  CHECK(parse_rational("0.1") != exact_rational(0.1));
  CHECK(parse_rational("007") == 7);
}

TEST_CASE("text that is not one exact number is refused") {
  for (const char* text : {"", " ", "1 ", "nan", "inf", "-", ".", "1/0", "1/-2", "1/2/3", "0x10", "1e", "1e999999999", "1.2/3", "1,5", "--1"})
    CHECK_THROWS_AS(parse_rational(text), PreconditionError);
  CHECK_THROWS_AS(exact_rational(std::numeric_limits<double>::quiet_NaN()), PreconditionError);
  CHECK_THROWS_AS(exact_rational(std::numeric_limits<double>::infinity()), PreconditionError);
}

TEST_CASE("powers and floors of rationals") {
  CHECK(power(Rational(2, 3), -2) == Rational(9, 4));
  CHECK(power(Rational(0), 0) == 1);
  CHECK_THROWS_AS(power(Rational(0), -1), PreconditionError);
  CHECK(floor(Rational(-7, 2)) == -4);
}
