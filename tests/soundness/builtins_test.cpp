// Every function of the catalogue against an independent route, at random points and precisions, and its derivatives
// against divided differences (the mean value theorem: one of order k lies among the values of f^(k)/k!).
#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "routes.hpp"
#include "shatterproof/claims/expression/catalogue.hpp"
#include "shatterproof/claims/expression/chart.hpp"
#include "shatterproof/claims/expression/evaluate.hpp"
#include "shatterproof/claims/expression/expression_error.hpp"
#include "shatterproof/claims/expression/polynomial.hpp"
#include "shatterproof/core/random.hpp"

using namespace soundness;
using namespace shatterproof;
using namespace shatterproof::expression;

namespace {

constexpr int kPoints = 3;

std::string call(const Route& route, const std::vector<long>& integers) {
  std::vector<std::string> arguments;
  for (const long n : integers) arguments.push_back(std::to_string(n));
  const auto place = static_cast<std::ptrdiff_t>(std::min(route.before, arguments.size()));
  if (route.low < route.high) arguments.insert(arguments.begin() + place, "x");
  std::string text;
  for (const std::string& argument : arguments) text += (text.empty() ? "(" : ", ") + argument;
  return route.name + text + (text.empty() ? "" : ")");
}

/// Inside the range, and now and then very near its low end.
Rational draw(const Route& route, Random& random) {
  const long grains = 1L << 30;
  Rational share(static_cast<long>(random.below(grains - 1)) + 1, grains);
  share.canonicalize();
  if (random.below(3) == 0) share *= Rational(1, 1L << 40);
  return route.low + (route.high - route.low) * share;
}

Ball reference(const Route& route, const std::vector<long>& integers, const Rational& x) {
  const RealPrecisionScope digits(700);
  const Real value = route.value(integers, rounded_real(x));
  const Ball ball = exact_ball(value);  // the recurrence loses up to 300 digits in a thin cap
  const Ball error = power(Ball(10), -route.digits);
  return ball * Ball::hull(Ball(1) - error, Ball(1) + error);
}

Ball value_at(const Expression& f, const Rational& x, Bits bits) {
  const PrecisionScope scope(bits);
  return evaluate(f, {{"x", x}}).ball();
}

Truth truth_at(const std::string& claim, const Value& x) { return decide(parse_claim(claim, {"x"}), {{"x", x}}).truth; }

Value infinite() {
  Ball ball;
  arb_zero_pm_inf(ball.get());
  return ball;
}

}  // namespace

TEST_CASE("every function of the catalogue has an independent route, or another test is named") {
  std::set<std::string> covered{
      "levenshtein",                         // reference values, and equalities at sharp codes: tests/sphere
      "floor",       "ceil",                 // of exact numbers only: tests/claims/expression_test
      "sum",         "product", "integral",  // closed forms: tests/claims/expression_language_test
  };
  for (const Route& route : routes()) covered.insert(route.name);
  for (const Function& function : catalogue()) {
    CAPTURE(function.name);
    CHECK(covered.count(function.name) == 1);
  }
}

TEST_CASE("values agree with the independent route; more bits give overlapping, smaller balls") {
  Random random(1);
  for (const Route& route : routes())
    for (const auto& integers : route.integers) {
      const Expression f = parse_expression(call(route, integers), {"x"});
      for (int i = 0; i < kPoints; ++i) {
        const Rational x = draw(route, random);
        CAPTURE(call(route, integers), x.get_str());
        const PrecisionScope scope(400);
        const Ball exact = reference(route, integers, x);
        long accuracy = 0;
        for (const Bits bits : {40, 90, 256, 700}) {
          const Ball value = value_at(f, x, bits);
          CHECK(value.overlaps(exact));
          CHECK((value.is_exact() || value.accuracy_bits() > accuracy));
          accuracy = value.accuracy_bits();
        }
        CHECK(accuracy > 300);
      }
    }
}

TEST_CASE("indeterminate and infinite arguments decide nothing that depends on them") {
  const PrecisionScope scope(128);
  Random random(2);
  for (const Route& route : routes()) {
    if (route.low == route.high) continue;
    const std::string f = call(route, route.integers.back());
    const std::string at = to_text_exact(draw(route, random));
    std::string constant = f;
    constant.replace(constant.find('x', route.name.size()), 1, at);
    CAPTURE(f, constant);
    for (const Value& x : {Value::indeterminate(), infinite()})
      for (const char* relation : {" <= ", " < ", " >= ", " > ", " = "}) {
        Truth truth = Truth::unknown;
        try {
          truth = truth_at(f + relation + constant, x);
        } catch (const ExpressionError&) {
        }
        CHECK(truth == Truth::unknown);
      }
  }
}

TEST_CASE("derivatives over an interval contain the divided differences of every order up to three") {
  const PrecisionScope scope(200);
  Random random(3);
  for (const Route& route : routes()) {
    if (route.low == route.high) continue;
    for (const auto& integers : route.integers) {
      const Expression f = parse_expression(call(route, integers), {"x"});
      for (int i = 0; i < kPoints; ++i) {
        const Rational a = draw(route, random), width = (route.high - a) * Rational(1 + (i % 3) * 30, 100);
        const Rational anchor = route.low - 1;  // far from the interval: no power is taken out
        Coordinate coordinate;
        coordinate.anchor = anchor;
        coordinate.t = Ball::interval(Ball(a - anchor), Ball(a + width - anchor));
        const LocalForm form = local_form(f, {{"x", coordinate}}, {}, "x", 3);
        CAPTURE(call(route, integers), a.get_str(), width.get_str());
        for (const auto& [variable, power] : form.powers) REQUIRE(power == 0);
        std::vector<Ball> differences;
        for (int k = 0; k <= 3; ++k) differences.push_back(value_at(f, a + width * k / 3, 600));
        CHECK(form.series.at(0).ball().overlaps(differences[0]));
        for (int k = 1; k <= (route.smooth ? 3 : 1); ++k) {
          for (int j = 0; j + k <= 3; ++j)
            differences[j] = (differences[j + 1] - differences[j]) / Ball(Rational(width * k / 3));
          const Ball enclosure = form.series.at(k).ball();
          CAPTURE(k, to_text(enclosure, 10).lower, to_text(enclosure, 10).upper, to_text(differences[0], 10).mid);
          CHECK((!enclosure.is_finite() || enclosure.overlaps(differences[0])));
        }
      }
    }
  }
}

TEST_CASE("a function that is taken for a polynomial of some degree agrees with it at more points than that") {
  const PrecisionScope scope(256);
  Random random(4);
  std::set<std::string> seen;
  for (const Route& route : routes()) {
    if (find_function(route.name)->degree == nullptr) continue;
    for (const auto& integers : route.integers) {
      const Expression f = parse_expression(call(route, integers), {"x"});
      const auto polynomial = polynomial_of(f.root, {"x"}, {});
      const bool odd_dimension = integers[0] % 2 == 1;
      CAPTURE(call(route, integers));
      CHECK(polynomial.has_value() == (odd_dimension || route.name == "gegenbauer" || route.name == "jacobi"));
      if (!polynomial) continue;
      seen.insert(route.name);
      for (long i = 0; i <= integers[0] + 3; ++i) {
        const Rational x = draw(route, random);
        const Rational value = polynomial->substitute("x", x).leading_coefficient();
        CHECK(value_at(f, x, 256).contains(value));
        CHECK(reference(route, integers, x).contains(value));
      }
    }
  }
  CHECK(seen.size() == 7);
}

TEST_CASE("multinomial tails: special cases, exact values, many draws") {
  const auto value = [](const std::string& text) { return evaluate(parse_expression(text)); };
  const auto rational = [&](const std::string& text) { return to_text_exact(value(text).exact().value()); };
  CHECK(rational("multinomial_max_tail(3, 3, 1/3, 2)") == "7/9");    // all in cells of their own: 3!/27
  CHECK(rational("multinomial_min_tail(6, 3, 1/3, 2)") == "10/81");  // 6!/(2! 2! 2!)/3^6
  CHECK(rational("multinomial_max_tail(23, 365, 1/365, 2) - 1 + product(k, 0, 22, 1 - k/365)") == "0");
  CHECK(rational("multinomial_max_tail(7, 1, 2/5, 3) - binomial_tail(7, 2/5, 3)") == "0");
  CHECK(rational("multinomial_min_tail(7, 1, 2/5, 3) - binomial_tail(7, 2/5, 3)") == "0");
  CHECK(rational("multinomial_max_tail(5, 3, 1/4, 0)") == "1");
  CHECK(rational("multinomial_min_tail(5, 3, 1/4, 2)") == "0");
  CHECK(rational("multinomial_max_tail(5, 3, 0, 1)") == "0");
  CHECK(rational("multinomial(2, 3, 4)") == "1260");
  CHECK(rational("jacobi(2, 0, 0, 1/2)") == "-1/8");
  const PrecisionScope scope(400);
  const Ball many = value("multinomial_max_tail(301, 7, 1/9, 60)").ball();  // in balls
  const Ball again =
      value("1 - sum(t, 0, 301, binomial(301, t)*(7/9)^t*(2/9)^(301-t)*(1-multinomial_max_tail(t, 7, 1/7, 60)))")
          .ball();
  CHECK(many.overlaps(again));
  CHECK(many.accuracy_bits() > 200);
  for (const char* outside : {"multinomial_max_tail(5, 3, 2/5, 2)", "multinomial_min_tail(5, 3, -1/5, 2)",
                              "multinomial_max_tail(-1, 3, 1/5, 2)", "multinomial_max_tail(5, 0, 1/5, 2)",
                              "multinomial(2, -1)", "jacobi(2, -1, 0, 1/2)", "multinomial_max_tail(10^6, 3, 1/5, 20)"})
    CHECK_THROWS_AS(value(outside), ExpressionError);
}
