#include "shatterproof/rates/cells.hpp"

#include <catch2/catch.hpp>

#include "parameters.hpp"
#include "shatterproof/core/error.hpp"

namespace shatterproof::rates {
namespace {

TEST_CASE("ranges of parameters are read and written") {
  for (const std::string text : {"d >= 1", "alpha > 0", "s in (0, 3/2]", "m in [1, 8)", "d = 5"})
    CHECK(to_text(parse_parameter_range(text)) == text);
  CHECK(to_text(parse_parameter_range("d in [2, inf)")) == "d >= 2");
  for (const std::string text : {"", "d", "d <= 3", "1 >= 2", "d in [1]", "d in [2, 1]", "d in (1, 1)", "d in [1, inf]",
                                 "d >= x", "d in 1..5"}) {
    INFO(text);
    CHECK_THROWS_AS(parse_parameter_range(text), PreconditionError);
  }
  CHECK_FALSE(parse_parameter_range("d > 1").contains(1));
  CHECK(parse_parameter_range("d >= 1").contains(1));
  CHECK_FALSE(parse_parameter_range("d in [1, 2)").contains(2));
}

TEST_CASE("one parameter: cells are the roots of what is asked and the intervals between") {
  // The second question is only asked above the root of the first.
  const auto run = [](Signs& signs) {
    if (signs.of(d * d - Polynomial(5)) > 0) signs.of(d - 4);
  };
  const auto cells = decompose({parse_parameter_range("d >= 1")}, run);
  REQUIRE(cells.size() == 6);  // 1, (1, sqrt 5), sqrt 5, (sqrt 5, 4), 4, (4, inf)
  CHECK(cells[0].text == "d = 1");
  CHECK(cells[1].sample.at("d").lower == Rational(3, 2));
  CHECK_FALSE(cells[2].sample.at("d").is_rational());
  CHECK(cells[4].text == "d = 4");
  CHECK(cells[5].text == "d > 4");
}

TEST_CASE("an excluded end is not a cell, an included one is") {
  const auto run = [](Signs& signs) { signs.of(d - 1); };
  CHECK(decompose({parse_parameter_range("d > 1")}, run).size() == 1);
  CHECK(decompose({parse_parameter_range("d >= 1")}, run).size() == 2);
  CHECK(decompose({parse_parameter_range("d in [0, 2]")}, run).size() == 5);
  CHECK(decompose({parse_parameter_range("d = 1")}, run).size() == 1);
}

TEST_CASE("two parameters: a sign that never changes is settled, one that does is not") {
  const std::vector<ParameterRange> domain{parse_parameter_range("d >= 1"), parse_parameter_range("alpha > 0")};
  const auto all_settled = [&](const Polynomial& p) {
    for (const Cell& cell : decompose(domain, [&](Signs& signs) { signs.of(p); }))
      if (!cell.settled) return false;
    return true;
  };
  CHECK(all_settled(d * d - d * Polynomial(2) + Polynomial(3) + Polynomial(6) * alpha * d));
  // (d - 2)^2 + (alpha - 1)^2 + 1/8 is positive, but only smaller boxes show it.
  CHECK(all_settled(power(d - 2, 2) + power(alpha - 1, 2) + Polynomial(Rational(1, 8))));
  CHECK_FALSE(all_settled(d - alpha * Polynomial(3)));
  // Touches zero at one irrational point.
  CHECK_FALSE(all_settled(power(d * d - Polynomial(2), 2) + power(alpha * alpha - Polynomial(2), 2)));
}

TEST_CASE("signs are exact, poles are reported") {
  ParameterPoint point{{"d", exact_number(2)}, {"alpha", exact_number(Rational(1, 2))}};
  Signs signs(point);
  CHECK(signs.of(d * alpha - Polynomial(1)) == 0);
  CHECK(signs.of(RationalFunction(d, alpha - 1)) == -1);
  CHECK_THROWS_AS(signs.of(RationalFunction(Polynomial(1), d - 2)), Undefined);
  CHECK_THROWS_AS(signs.of(Polynomial::parameter("other")), PreconditionError);
  CHECK(to_text(point) == "alpha = 1/2, d = 2");
}

}  // namespace
}  // namespace shatterproof::rates
