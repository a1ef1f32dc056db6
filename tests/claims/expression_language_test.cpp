#include <catch2/catch.hpp>

#include "evaluated.hpp"
#include "shatterproof/claims/expression/expression_error.hpp"

using namespace shatterproof;
using namespace shatterproof::expression;

namespace {

Value value_of(const std::string& text, const Definitions& definitions) {
  return evaluate(parse_expression(text, {}, definitions));
}

template <typename Action>
std::string message_of(const Action& action) {
  try {
    action();
  } catch (const PreconditionError& e) {
    return e.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("closed forms decide equality") {
  for (const char* text :
       {"sqrt(8) = 2*sqrt(2)", "sqrt(2)*sqrt(3) = sqrt(6)", "1/sqrt(2) = sqrt(2)/2", "2^(1/3)*4^(1/3) = 2",
        "c1(2)*pi = 2", "ball_volume(3) = 4*pi/3", "c3(5)/sqrt(2) = cap_mass_upper(5)",
        "ball_weight_ratio(6, 0) = ball_weight_limit(6)", "ball_weight(5, 3/2) = ball_weight(5, 1/2)",
        "exp(1)*exp(1) = exp(1)^2", "ball_tail(5, 1) = 1/2", "sqrt(pi)^2 = pi", "(1+sqrt(2))*3 = 3*(sqrt(2)+1)",
        "ball_tail(7, 1/4)*4^4 = ball_tail_ratio(7, 1/4)", "exp(0) = 1", "sin(7*pi) = cos(pi/2)", "cos(3*pi) = -1",
        "log(1) = 0"}) {
    CAPTURE(text);
    CHECK(truth_of(text) == Truth::yes);
  }
}

TEST_CASE("closed forms never equate different numbers") {
  for (const char* text :
       {"sqrt(8) = 2*sqrt(3)", "sqrt(2) = 1.41421356237", "pi = 355/113", "exp(1) = exp(1.0000000001)", "c1(2) = c1(4)",
        "ball_tail(5, 1/4) = ball_tail(5, 1/4 + 1e-9)", "ball_tail(5, 1/4) = ball_tail(6, 1/4)", "2^(1/3) = 2^(1/2)",
        "ball_weight_ratio(6, 0)*(1+1e-12) = ball_weight_limit(6)", "-sqrt(2) = sqrt(2)", "sqrt(2)+sqrt(3) = sqrt(10)",
        "1+sqrt(2) = 1+sqrt(3)", "sqrt(997*1009) = sqrt(997*1013)", "exp(1) = log(1+1)",
        "ball_weight(5, 3/2) = ball_weight(5, 1/3)", "sqrt(2)-1 = 1-sqrt(2)",
        "binomial_tail(9, 1/3, 4) = binomial_cdf(9, 1/3, 4)"}) {
    CAPTURE(text);
    CHECK(truth_of(text) == Truth::no);
  }
  CHECK(truth_of("sqrt(2)+sqrt(3) = sqrt(5+2*sqrt(6))") == Truth::unknown);  // true, but no closed form tells
}

TEST_CASE("definitions are put in where they are used") {
  Definitions definitions;
  definitions.add("c(d) = d + 1/2", "notes.md, line 3");
  definitions.add("half = 1/2");
  definitions.add("twice(x) = sum(k, 1, 2, x)");
  definitions.add("small(h) = h < half");
  CHECK(value_of("c(2)*half", definitions).exact() == Rational(5, 4));
  CHECK(value_of("sum(k, 1, 3, twice(k))", definitions).is_exactly(12));  // its own k is another one
  CHECK(value_of("twice(twice(3))", definitions).is_exactly(12));
  CHECK(decide(parse_claim("small(1/3) and not_small(1)", {},
                           [&] {
                             definitions.add("not_small(h) = h >= half");
                             return definitions;
                           }()))
            .truth == Truth::yes);
  std::string name = "f0", before;
  definitions.add("f0(x) = x + 1");
  for (int i = 1; i < 60; ++i) {  // 2^59 additions written out; equal parts are computed once
    before = name, name = "f" + std::to_string(i);
    definitions.add(name + "(x) = " + before + "(x) + " + before + "(x)");
  }
  CHECK(value_of("f59(1)", definitions).exact() == Rational(Integer(2) << 59));
}

TEST_CASE("definitions that make no sense are refused") {
  Definitions definitions;
  definitions.add("c(d) = 1/(d-1)", "notes.md, line 3");
  const auto says = [&](const std::string& text, const std::string& part) {
    CAPTURE(text);
    CHECK_THAT(message_of([&] { definitions.add(text, "here"); }), Catch::Contains(part));
  };
  says("f(x) = f(x) + 1", "refers to itself");
  says("f = 1 + f", "refers to itself");
  says("f(x) = g(x)", "unknown function 'g'");
  says("f(x, x) = 1", "already taken");
  says("exp(x) = 1", "already taken");
  says("c(d) = 2", "already taken");
  says("f(pi) = 1", "already taken");
  says("f(x) 1", "'='");
  says("f(x) = ", "found the end");
  says("= 1", "a definition such as");
  says("f(x) = y", "unknown variable");
  says("f(x) = 1 +", "(here)");
  CHECK_THAT(message_of([&] { (void)value_of("c(1)", definitions); }),
             Catch::Contains("definition 'c' (notes.md, line 3)"));
  CHECK_THAT(message_of([&] { (void)value_of("c(1, 2)", definitions); }), Catch::Contains("expected c(d)"));
  Definitions other;
  other.add("c(d) = 3");
  CHECK_THROWS_AS(definitions.add(other), PreconditionError);
}

TEST_CASE("sums, products and discrete functions against closed forms") {
  CHECK(value_of("sum(k, 0, 10, binomial(10, k))").is_exactly(1024));
  CHECK(value_of("product(k, 1, 10, k)").is_exactly(3628800));
  CHECK(value_of("sum(k, 3, 2, k)").is_exactly(0));
  CHECK(value_of("sum(i, 1, 4, sum(j, 1, i, j))").is_exactly(20));
  CHECK(truth_of("binomial_tail(30, 2/7, 11) = sum(k, 11, 30, binomial(30, k)*(2/7)^k*(5/7)^(30-k))") == Truth::yes);
  CHECK(truth_of("binomial_tail(30, 2/7, 11) + binomial_cdf(30, 2/7, 10) = 1") == Truth::yes);
  const Ball tail = value_of("poisson_tail(7/2, 5)").ball();
  CHECK(tail.overlaps(value_of("1 - exp(-7/2)*sum(k, 0, 4, (7/2)^k/factorial(k))").ball()));
  CHECK(tail.accuracy_bits() > 100);
  const Ball large = value_of("binomial_tail(100000, 1/3, 33400)").ball();
  CHECK(large.accuracy_bits() > 60);
  CHECK((large + value_of("binomial_cdf(100000, 1/3, 33399)").ball()).contains(Rational(1)));
  CHECK(value_of("gegenbauer(3, 1/2, 1/3)").exact() == Rational(-11, 27));  // Legendre: (5x^3-3x)/2
  CHECK(value_of("floor(-7/2) + ceil(7/2) + factorial(5)").is_exactly(120));
}

TEST_CASE("integrals against closed forms") {
  const auto same = [](const std::string& integral, const std::string& closed, long bits = 80) {
    CAPTURE(integral);
    const Ball found = value_of(integral).ball();
    CHECK(found.overlaps(value_of(closed).ball()));
    CHECK(found.accuracy_bits() > bits);
  };
  CHECK(value_of("integral(x, 0, 1, x^2)").exact() == Rational(1, 3));
  CHECK(value_of("integral(x, 2, 2, 1/x)").is_exactly(0));
  same("integral(x, 0, pi, sin(x))", "2");
  same("integral(x, -1, 1, sqrt(1-x^2))", "pi/2");
  same("integral(x, 1, 0, sqrt(x))", "-2/3");
  same("integral(x, 0, 1, x^(-1/2))", "2");
  same("integral(x, 0, 1, log(x))", "-1");
  same("integral(x, 1, 3, 1/x)", "log(3)");
  same("integral(x, 0, inf, exp(-x)*x^3)", "6");
  same("integral(x, -inf, inf, 1/(1+x^2))", "pi");
  same("integral(x, 0, 1/4, ball_tail(4, x))", "ball_excess(4, 1/4)");
  same("sum(k, 1, 3, integral(x, 0, k, exp(x)))", "exp(1)+exp(2)+exp(3)-3");
  CHECK_FALSE(value_of("integral(x, 1, inf, 1/x)").is_finite());
  CHECK_FALSE(value_of("integral(x, 0, 1, 1/x)").is_finite());
}

TEST_CASE("ranges to infinity and quantified statements") {
  const auto ranges = parse_ranges("x in [1, inf), y in (-inf, 2), z in (0, x]");
  CHECK(ranges[0].high_infinite);
  CHECK(ranges[1].low_infinite);
  CHECK_FALSE(ranges[2].high_infinite);
  const Quantified q = parse_quantified("forall d in 1..50, h in (0,1] given h < 1/2 and d > 1: d*h >= 0");
  CHECK(q.ranges.size() == 2);
  CHECK(q.given.has_value());
  CHECK(parse_quantified("for all x in [0, 1]: x <= 1").ranges.size() == 1);
  CHECK(parse_quantified("1 < 2").ranges.empty());
  for (const char* bad :
       {"forall", "forall x in [0, 1] x < 1", "forall x in [0,1]: x", "forall x in [0,1] given x: x < 1", "x < 1",
        "forall x in [0, 1]: y < 1", "forall x in [0, inf]: x > 0", "forall x in (inf, 0): x > 0",
        "forall x in [0,1]: x < 1 and", "forall given 1 < 2: 2 < 3", "forall x in [0,1]: : x < 1"}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(parse_quantified(bad), ExpressionError);
  }
}

TEST_CASE("garbage in sums and integrals is refused") {
  for (const char* bad : {"sum(k, 1, 2)",
                          "sum(1, 1, 2, 3)",
                          "sum(pi, 1, 2, 3)",
                          "sum(k, 1, k, k)",
                          "sum(k, 1, 2, k) + k",
                          "sum",
                          "integral(x, 0, 1, x",
                          "integral(x, 0, inf)",
                          "1 + inf",
                          "inf",
                          "sum(k, 1, 2, k < 1)",
                          "sum(k, 1, 1/2, k)",
                          "sum(k, 1, 10000000, k)",
                          "sum(k, 1, pi, k)",
                          "integral(x, inf, 0, x)",
                          "sum(k, 1, 2, sum(k, 1, 2, k))",
                          "floor(pi)",
                          "binomial_tail(5, 2, 1)",
                          "poisson_tail(-1, 2)",
                          "factorial(-1)"}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(value_of(bad), PreconditionError);
  }
}
