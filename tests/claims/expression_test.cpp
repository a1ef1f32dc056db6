#include <catch2/catch.hpp>

#include "evaluated.hpp"
#include "shatterproof/claims/expression/catalogue.hpp"
#include "shatterproof/claims/expression/expression_error.hpp"
#include "shatterproof/claims/expression/sample.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"

using namespace shatterproof;
using namespace shatterproof::expression;

namespace {

Rational exact_of(const std::string& text) {
  const Value value = value_of(text);
  CAPTURE(text);
  REQUIRE(value.exact());
  return *value.exact();
}

std::string message_of(const std::string& text, const std::vector<std::string>& names = {}) {
  try {
    (void)evaluate(parse_expression(text, names));
  } catch (const ExpressionError& e) {
    return e.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("arithmetic on rationals is exact and groups as usual") {
  CHECK(exact_of("-2^2") == -4);
  CHECK(exact_of("(-2)^2") == 4);
  CHECK(exact_of("2^3^2") == 512);
  CHECK(exact_of("2^-1") == Rational(1, 2));
  CHECK(exact_of("1 - 2 - 3") == -4);
  CHECK(exact_of("8/4/2") == 1);
  CHECK(exact_of("2*-3") == -6);
  CHECK(exact_of("--3 + +1") == 4);
  CHECK(exact_of("1 + 2*3^2") == 19);
  CHECK(exact_of("0.1 + 0.2") == Rational(3, 10));
  CHECK(exact_of("1e-3*1E3") == 1);
  CHECK(exact_of(".5") == Rational(1, 2));
  CHECK(exact_of("sqrt(9/4)") == Rational(3, 2));
  CHECK(exact_of("min(3, 1/2, 2) + max(1, 7)") == Rational(15, 2));
  CHECK(exact_of("abs(-1/3)") == Rational(1, 3));
  CHECK(exact_of("binomial(5, 2) + binomial(3, 4)") == 10);
  CHECK(exact_of("0^0") == 1);
  CHECK_FALSE(value_of("2^(-9223372036854775808)").exact());  // the least long has no absolute value
  CHECK_FALSE(value_of("2^9223372036854775807").exact());
  CHECK(exact_of("levenshtein(8, 1/2)") == 240);
  CHECK(exact_of("ball_tail(3, 0)") == 0);
}

TEST_CASE("an integer argument is recognised however it is written") {
  for (const char* d : {"3", "6/2", "2+1", "sqrt(9)", "max(1,3)", "3.0", "30e-1"})
    CHECK(value_of("ball_tail(" + std::string(d) + ", 1/4)").ball().contains(Rational(11, 256)));
  CHECK(value_of("ball_tail(d, h)", {{"d", 3L}, {"h", Rational(1, 4)}}).ball().contains(Rational(11, 256)));
  CHECK(value_of("ball_tail(d, h)", {{"d", Ball(3)}, {"h", Ball(1) / Ball(4)}}).ball().contains(Rational(11, 256)));
}

TEST_CASE("functions are those of the library") {
  const PrecisionScope scope(200);
  const Ball h(Rational(1, 4));
  const auto same = [](const std::string& text, const Ball& b) {
    CAPTURE(text);
    const Ball found = value_of(text).ball();
    CHECK(found.overlaps(b));
    CHECK(found.accuracy_bits() > 150);
  };
  same("ball_first_moment(7, 1/4)", uniform_ball::first_moment(7, h));
  same("ball_tail_mean(7, 1/4)", uniform_ball::tail_mean(7, h));
  same("ball_excess(7, 1/4)", uniform_ball::excess(7, h));
  same("ball_weight(7, 7/4)", uniform_ball::weight_plus(7, h));
  same("ball_weight_ratio(7, 0)", uniform_ball::weight_limit(7));
  same("c7(5)^2", uniform_ball::c7_squared(5));
  same("atom_norm2_lebesgue(5, 1/4)", uniform_ball::volume(5) * uniform_ball::atom_norm2(5, h));
  same("gamma(1/2)", sqrt(Ball::pi()));
  same("beta(2, 3)", Ball(1) / Ball(12));
  same("lgamma(10)", log(Ball(362880)));
  same("exp(1) * exp(-1) + sin(pi/6)", Ball(3) / Ball(2));
  same("erfc(0) + log1p(1) - log(2)", Ball(1));
  same("2^(1/2) * (1/2)^0.5", Ball(1));
  same("4*atan(1)", Ball::pi());
}

TEST_CASE("mistakes are told with place and remedy") {
  const auto says = [](const std::string& text, const std::string& part) {
    CAPTURE(text);
    CHECK_THAT(message_of(text, {"unused"}), Catch::Contains(part));
  };
  says("bal_tail(3, 1)", "nearest known: ball_tail");
  says("bal_tail(3, 1)", "column 1:");
  says("weight", "ball_weight");
  says("1 + ball_tail(3)", "expected ball_tail(d, h)");
  says("1 + ball_tail(3)", "column 5");
  says("c1", "needs its arguments");
  says("1/0", "division by zero");
  says("1/(2-2)", "division by zero");
  says("log(-1)", "must be > 0, found -1");
  says("log(0)", "must be > 0");
  says("sqrt(-2)", ">= 0");
  says("asin(3/2)", "from -1 to 1");
  says("ball_tail(0, 1)", "an integer >= 1, found 0");
  says("ball_tail(5/2, 1)", "found 5/2");
  says("ball_tail(pi, 1)", "integer");
  says("ball_tail(3, 2.0001)", "argument h must be from 0 to 2");
  says("ball_tail(3, -pi)", "argument h");
  says("atom_norm2(3, 1.5)", "from 0 to 1");
  says("levenshtein(3, 1)", "< 1");
  says("bpsk_mmse(-1)", ">= 0");
  says("gamma(-3)", "negative integer");
  says("(-1)^(1/2)", "negative base");
  says("0^(-1/2)", "negative power");
  says("(1 + 2", "')' to match");
  says("1 +* 2", "found '*'");
  says("1 2", "an operator or the end");
  says("", "found the end");
  says("f(", "unknown function 'f'");
  says("2 $ 3", "no meaning");
  says("1 <= 2", "expected a number");
  says("(1 < 2) + 1", "expected a number");
  says("1e100001", "exponent");
  says("and", "expected a number, a name");
  says("1 +\n 2 +\n x", "line 3, column 2");
  CHECK_THROWS_AS(parse_claim("1 + 2"), ExpressionError);
  CHECK_THROWS_AS(parse_claim("1 < 2 and 3"), ExpressionError);
  CHECK_THROWS_AS(evaluate(parse_expression("d", {"d"})), PreconditionError);
}

TEST_CASE("deep nesting is refused, not followed") {
  const std::size_t many = 100000;
  std::string chain = "1", powers = "1";
  for (std::size_t i = 0; i < many; ++i) chain += "+1", powers += "^1";
  for (const std::string& text : {std::string(many, '(') + "1" + std::string(many, ')'), chain, powers,
                                  std::string(many, '('), std::string(many, '-') + "x"})
    CHECK_THROWS_AS(parse_expression(text), ExpressionError);
  std::string deep = "1";
  for (int i = 0; i < 400; ++i) deep = "sqrt(" + deep + ")";
  CHECK(exact_of(deep) == 1);
  CHECK(exact_of(std::string(many, '-') + "1") == 1);
}

TEST_CASE("claims are decided only when certain") {
  CHECK(truth_of("1 < 2 and 2 <= 2") == Truth::yes);
  CHECK(truth_of("1 < 2 < 2") == Truth::no);
  CHECK(truth_of("3 > 2 or 1/0 > 1") == Truth::yes);
  CHECK(truth_of("(1 > 2 or 2 >= 2) and 1/3 = 2/6") == Truth::yes);
  CHECK(truth_of("pi > 3.14159 and pi < 3.1416") == Truth::yes);
  CHECK(truth_of("pi = 22/7") == Truth::no);
  CHECK(truth_of("exp(log(2)) = 2") == Truth::unknown);  // no closed form tells
  CHECK(truth_of("exp(log(2)) <= 2") == Truth::unknown);
  CHECK(truth_of("exp(log(2)) < 2") == Truth::unknown);
  CHECK(truth_of("sqrt(2)^2 = 2") == Truth::yes);  // here it does
  CHECK(truth_of("sqrt(2)^2 < 2") == Truth::no);
  CHECK(truth_of("pi <= pi") == Truth::yes);
  CHECK(truth_of("x <= 1", {{"x", Ball::hull(Ball(0), Ball(2))}}) == Truth::unknown);
  CHECK(truth_of("x < 2", {{"x", Ball::indeterminate()}}) == Truth::unknown);
  CHECK(truth_of("x < 2 or x >= 2", {{"x", Ball::indeterminate()}}) == Truth::unknown);
  CHECK(truth_of("1/3 < 1/3") == Truth::no);
  const Claim close = parse_claim("pi < 3.14159265358979323846264338327950288419716939937511");
  CHECK(decide_refining(close, {}, 1024).truth == Truth::yes);
  CHECK(decide_refining(parse_claim("exp(log(2)) <= 2"), {}, 512).truth == Truth::unknown);
}

TEST_CASE("digits are reached by raising the precision") {
  const Digits thousand = evaluate_to_digits(parse_expression("pi"), 1000);
  REQUIRE(thousand.reached);
  CHECK(thousand.value.ball().accuracy_bits() > 3320);
  const Digits cancelled = evaluate_to_digits(parse_expression("(1 + 1e-60) - 1 + pi - pi + sqrt(1e-200)"), 20);
  REQUIRE(cancelled.reached);
  CHECK(cancelled.value.ball().accuracy_bits() > 60);
  CHECK_FALSE(evaluate_to_digits(parse_expression("exp(log(2)) - 2"), 5).reached);
  CHECK_FALSE(evaluate_to_digits(parse_expression("exp(exp(exp(10)))"), 5).reached);
  CHECK_FALSE(evaluate_to_digits(parse_expression("exp(-exp(50))"), 5).reached);
  CHECK(evaluate_to_digits(parse_expression("1/8 + 0*pi + pi/pi"), 3).reached);  // a tie between 1.12 and 1.13
}

TEST_CASE("ranges of variables") {
  const auto ranges = parse_ranges("d in 1..24, k in {1, 2, d}, h in (0, 1/4]");
  REQUIRE(ranges.size() == 3);
  CHECK(ranges[0].variable == "d");
  CHECK(ranges[0].integers);
  CHECK(*evaluate(ranges[0].high).exact() == 24);
  CHECK(ranges[1].listed.size() == 3);
  CHECK_FALSE(ranges[2].integers);
  CHECK_FALSE(ranges[2].low_closed);
  CHECK(ranges[2].high_closed);
  for (const char* bad :
       {"", "d", "d in", "d in 1", "d in 1..", "in 1..2", "d in 1..2,", "d in (0, 1", "d in (0 1)", "h in {}",
        "d in 1..2, d in 1..2", "pi in 1..2", "h in (0, k)", "c1 in 1..2", "and in 1..2"}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(parse_ranges(bad), ExpressionError);
  }
}

TEST_CASE("every entry of the catalogue is documented, found by name and checks its arguments") {
  for (const Function& f : catalogue()) {
    CAPTURE(f.name);
    CHECK(find_function(f.name) == &f);
    CHECK_FALSE(f.definition.empty());
    if (f.arguments.empty()) continue;
    std::string arguments = "1e100000^9";  // enormous: either outside the domain or a value, never a crash
    for (std::size_t i = 1; i < f.arguments.size() && f.arguments[i] != "..."; ++i) arguments += ", -3/2";
    try {
      (void)value_of(f.name + "(" + arguments + ")");
    } catch (const PreconditionError&) {
    }
    CHECK_THROWS_AS(parse_expression(f.name + "()"), ExpressionError);
  }
}

TEST_CASE("sample points keep to their ranges and reach closed ends only") {
  const auto points = sample_points(parse_ranges("d in 1..3, h in (0, 1/d]"), {});
  CHECK(points.size() == 3 * 41);
  Rational least = 1, most = 0;
  for (const Bindings& point : points) {
    const Rational d = *point.at("d").exact(), h = *point.at("h").exact();
    CHECK(h > 0);
    CHECK(h * d <= 1);
    least = std::min(least, h);
    most = std::max(most, h);
  }
  CHECK(most == 1);
  CHECK(least < Rational(1, 1000000000));
  const auto capped = sample_points(parse_ranges("d in 1..1000000"), {});
  CHECK(capped.size() == 64);
  CHECK(text_of(capped.front()) == "d = 1");
  CHECK(text_of(capped.back()) == "d = 1000000");
  CHECK(sample_points(parse_ranges("d in 4..4, h in [1/3, 1/3]"), {}).size() == 1);
}
