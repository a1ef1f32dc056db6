#include "shatterproof/rates/syntax.hpp"

#include <catch2/catch.hpp>

#include "shatterproof/core/error.hpp"

namespace shatterproof::rates {
namespace {

using Catch::Matchers::Contains;

TEST_CASE("definitions and statements are read") {
  CHECK(parse_definition("core = A^(d/(2*d+3)) * eps^-d").name == "core");
  const Statement claim = parse_statement("-exponent(rate, n) = 1/6, 1/8 at d = 1, 2; alpha = 1/2");
  CHECK(claim.relation == "=");
  CHECK(claim.right.size() == 2);
  REQUIRE(claim.at.size() == 2);
  CHECK(claim.at[1].second == std::vector<Rational>{Rational(1, 2), Rational(1, 2)});
  CHECK(parse_statement("active = balance of annulus and core").active == std::vector<std::string>{"annulus", "core"});
  CHECK(parse_statement("active = floor").active == std::vector<std::string>{"floor"});
  CHECK(parse_statement("rate <= n^(-1/2) at d = 3").right.size() == 1);
}

TEST_CASE("a mistake names the column and what was expected") {
  const auto message = [](const std::string& text) {
    try {
      (void)parse_statement(text);
    } catch (const PreconditionError& e) {
      return std::string(e.what());
    }
    return std::string("no error");
  };
  CHECK_THAT(message("rate <= n^("), Contains("column 12: found the end, expected a number, a name or '('"));
  CHECK_THAT(message("rate n"), Contains("column 6: found 'n', expected one of"));
  CHECK_THAT(message("rate = n^(1/2) extra"), Contains("column 16: found 'extra'"));
  CHECK_THAT(message("rate = (n"), Contains("expected ')'"));
  CHECK_THAT(message("rate = 1, 2"), Contains("several right sides need 'at"));
  CHECK_THAT(message("rate = 1, 2, 3 at d = 1, 2"), Contains("one right side, or one for each of the 2 places"));
  CHECK_THAT(message("rate = 1 at d = 1, 2, 3; a = 1, 2"), Contains("different lengths"));
  CHECK_THAT(message("rate = 1 at d = 1/0"), Contains("expected a denominator"));
  CHECK_THAT(message("active = "), Contains("expected a name"));
  CHECK_THAT(message("rate $ 1"), Contains("found '$'"));
  CHECK_THAT(message(std::string(300, '(') + "1"), Contains("less nesting"));
  CHECK_THAT(message(std::string(300, '-') + "1"), Contains("less nesting"));
  CHECK_THAT(message(std::string(5000, '1')), Contains("too long"));
  CHECK_THROWS_AS(parse_definition("2 = 3"), PreconditionError);
  CHECK_THROWS_AS(parse_definition("a b = 3"), PreconditionError);
  CHECK_THROWS_AS(parse_expression(""), PreconditionError);
}

}  // namespace
}  // namespace shatterproof::rates
