#include <catch2/catch.hpp>
#include <random>

#include "shatterproof/claims/expression/catalogue.hpp"
#include "shatterproof/claims/expression/chart.hpp"
#include "shatterproof/claims/expression/evaluate.hpp"
#include "shatterproof/core/error.hpp"

using namespace shatterproof;
using namespace shatterproof::expression;

namespace {

/// An expression in x with the interval in which its points are taken.
struct Case {
  const char* text;
  Rational low, high;
  bool smooth_on_boxes = true;
};

std::vector<Case> cases() {
  const Rational quarter(1, 4), zero = 0, near_zero(1, 20);
  std::vector<Case> all{{"sqrt(x)", quarter, 3},
                        {"exp(x)", -2, 2},
                        {"expm1(x)", -2, 2},
                        {"log(x)", quarter, 5},
                        {"log1p(x)", Rational(-1, 2), 3},
                        {"sin(x)", -3, 3},
                        {"cos(x)", -3, 3},
                        {"asin(x)", Rational(-3, 4), Rational(3, 4)},
                        {"acos(x)", Rational(-3, 4), Rational(3, 4)},
                        {"atan(x)", -3, 3},
                        {"tanh(x)", -2, 2},
                        {"erfc(x)", -2, 3},
                        {"gamma(x)", quarter, 6},
                        {"gamma(x)", Rational(-7, 4), Rational(-5, 4)},
                        {"lgamma(x)", quarter, 9},
                        {"beta(x, 2*x+1)", quarter, 3},
                        {"abs(x)", quarter, 2},
                        {"min(x, 3, 1+x)", quarter, 2},
                        {"max(x^2, x/8)", quarter, 2},
                        {"x^(5/2)", quarter, 2},
                        {"x^-3", quarter, 2},
                        {"x^pi", quarter, 2},
                        {"2^x", -2, 2},
                        {"x^x", quarter, 2},
                        {"1/(1+x^2)", -2, 2},
                        {"gegenbauer(5, 3/2, x)", -1, 1},
                        {"binomial_tail(12, x, 5)", near_zero, Rational(9, 10)},
                        {"binomial_cdf(12, x, 5)", near_zero, Rational(9, 10)},
                        {"poisson_tail(x, 4)", quarter, 9},
                        {"poisson_cdf(x, 4)", quarter, 9},
                        {"sum(k, 1, 5, x^k/k)", -1, 1},
                        {"product(k, 1, 4, x+k)", -1, 1},
                        {"bpsk_mmse(x)", quarter, 4}};
  for (const char* d : {"1", "2", "3", "6", "11"})
    for (const char* name :
         {"ball_tail", "ball_first_moment", "ball_tail_mean", "ball_excess", "ball_weight_plus", "cap_mass",
          "ball_tail_ratio", "ball_first_moment_ratio", "ball_excess_ratio", "ball_gap_ratio", "ball_weight_ratio"}) {
      static std::vector<std::string> texts(200);
      static std::size_t used = 0;
      texts[used] = std::string(name) + "(" + d + ", x)";
      all.push_back({texts[used++].c_str(), near_zero, Rational(19, 10)});
    }
  for (const char* text :
       {"ball_weight(5, x)", "atom_norm2(4, x)", "atom_norm2_lebesgue(5, x)", "atom_norm2_ratio(6, x)",
        "atom_norm2_ratio(1, x)", "cap_area_fraction(2, x)", "cap_area_fraction(5, x)"})
    all.push_back({text, near_zero, Rational(19, 20)});
  all.push_back({"ball_weight(5, x)", Rational(21, 20), Rational(39, 20)});
  return all;
}

/// The series of the expression in x around the middle of the ball t (x = anchor + t with anchor = low).
std::vector<Value> series_of(const Expression& e, const Rational& low, const Value& t, int order) {
  const Chart chart{{"x", {Coordinate::Kind::above, low, t}}};
  const LocalForm form = local_form(e, chart, {}, "x", order);
  REQUIRE(form.powers.empty());
  return form.series;
}

Ball value_at(const Expression& e, const Rational& x) { return evaluate(e, {{"x", x}}).ball(); }

Rational random_point(std::mt19937_64& random, const Rational& low, const Rational& high) {
  return low + (high - low) * Rational(static_cast<long>(random() % 999 + 1), 1000L);
}

}  // namespace

TEST_CASE("series are the derivatives: finite differences at random points") {
  std::mt19937_64 random(20);
  const PrecisionScope scope(260);
  const Rational step = power(Rational(1, 2), 50);
  for (const Case& c : cases()) {
    CAPTURE(c.text);
    const Expression e = parse_expression(c.text, {"x"});
    const bool first_only = std::string(c.text).find("mmse") != std::string::npos;
    for (int repeat = 0; repeat < 2; ++repeat) {
      const Rational x = random_point(random, c.low, c.high);
      CAPTURE(to_text_exact(x));
      const auto series = series_of(e, c.low - 7, Value(Rational(x - c.low + 7)), 2);
      const Ball before = value_at(e, x - step), at = value_at(e, x), after = value_at(e, x + step);
      const Ball first = (after - before) / Ball(Rational(2 * step)),
                 second = (after + before - Ball(2) * at) / Ball(Rational(2 * step * step));
      const Ball slack = Ball::hull(Ball(-1), Ball(1)) * Ball(Rational(power(Rational(1, 2), first_only ? 40 : 70)));
      CHECK(series[0].ball().overlaps(at));
      CHECK((series[1].ball() + slack).overlaps(first));
      CHECK(series[1].ball().radius().upper_double() < 1e-9);
      if (first_only) continue;
      CHECK((series[2].ball() + slack).overlaps(second));
      CHECK(series[2].ball().radius().upper_double() < 1e-9);
    }
  }
}

TEST_CASE("series over a ball contain those of its points") {
  std::mt19937_64 random(21);
  for (const Case& c : cases()) {
    CAPTURE(c.text);
    const Expression e = parse_expression(c.text, {"x"});
    const Rational x = random_point(random, c.low, c.high), y = random_point(random, c.low, c.high);
    const Rational low = x < y ? x : y, high = x < y ? y : x, from = c.low - 7;
    const auto over = series_of(e, from, Value(Ball::hull(Ball(Rational(low - from)), Ball(Rational(high - from)))), 3);
    for (int repeat = 0; repeat < 3; ++repeat) {
      const Rational inner = low + (high - low) * Rational(repeat, 2);
      const auto at = series_of(e, from, Value(Rational(inner - from)), 3);
      for (std::size_t k = 0; k < at.size(); ++k) {
        CAPTURE(k, to_text_exact(low), to_text_exact(high), to_text_exact(inner));
        CHECK((!over[k].is_finite() || !at[k].is_finite() || over[k].ball().overlaps(at[k].ball())));
      }
    }
    CHECK(over[0].is_finite());
  }
}

TEST_CASE("more bits give overlapping, smaller balls") {
  for (const Case& c : cases()) {
    CAPTURE(c.text);
    const Expression e = parse_expression(c.text, {"x"});
    const Rational x = (2 * c.low + 3 * c.high) / 5, from = c.low - 7;
    const auto at = [&](Bits bits) {
      const PrecisionScope scope(bits);
      return series_of(e, from, Value(Rational(x - from)), 1);
    };
    const auto few = at(64), many = at(192);
    for (std::size_t k = 0; k < 2; ++k) {
      CHECK(few[k].ball().overlaps(many[k].ball()));
      CHECK((many[k].exact() || many[k].ball().radius().upper_double() <= few[k].ball().radius().upper_double()));
    }
  }
}

TEST_CASE("integer arguments must not move") {
  const Chart chart{{"x", {Coordinate::Kind::above, 1, Rational(1, 2)}}};
  for (const char* text :
       {"ball_tail(x, 1/2)", "binomial(x, 2)", "binomial_tail(x, 1/2, 1)", "sum(k, 1, x, k)", "factorial(x)"})
    CHECK_THROWS_AS(local_form(parse_expression(text, {"x"}), chart, {}, "x", 1), PreconditionError);
}
