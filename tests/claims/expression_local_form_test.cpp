#include <catch2/catch.hpp>

#include "shatterproof/claims/expression/chart.hpp"
#include "shatterproof/claims/expression/evaluate.hpp"
#include "shatterproof/core/error.hpp"

using namespace shatterproof;
using namespace shatterproof::expression;

namespace {

using Kind = Coordinate::Kind;

LocalForm form_of(const std::string& text, Kind kind, const Rational& anchor, const Value& t, int order = 2) {
  return local_form(parse_expression(text, {"x", "d"}), {{"x", {kind, anchor, t}}}, {{"d", 4L}}, "x", order);
}

Value ball(const Rational& low, const Rational& high) { return Ball::hull(Ball(low), Ball(high)); }

Rational point(Kind kind, const Rational& anchor, const Rational& t) {
  switch (kind) {
    case Kind::above:
      return anchor + t;
    case Kind::below:
      return anchor - t;
    case Kind::infinity:
      return 1 / t;
    default:
      return -1 / t;
  }
}

/// t^powers * series[0].
Ball value_of(const LocalForm& form, const Rational& t) {
  Ball value = form.series[0].ball();
  for (const auto& [variable, power] : form.powers) value *= shatterproof::power(Ball(t), Ball(power));
  return value;
}

}  // namespace

TEST_CASE("a local form is the plain value at every point") {
  const PrecisionScope scope(160);
  const char* const near_zero[] = {"ball_tail(d, x)",
                                   "ball_weight(d, x)",
                                   "ball_excess(d, 2*x)*x^(-1/2)",
                                   "atom_norm2(d, x)",
                                   "sin(x)/x",
                                   "expm1(x)*log1p(x^2)",
                                   "sqrt(x^3+x^5)",
                                   "x^(1/2) + x^(1/3) - 2*x",
                                   "max(x, x^2, 2*x^3)",
                                   "abs(-x)/x",
                                   "log(x)*x",
                                   "exp(-1/x)",
                                   "tanh(x)^2",
                                   "(1-ball_tail_mean(d, x))/x",
                                   "x^d - x^2",
                                   "sum(k, 1, 4, x^k)",
                                   "1/sqrt(x) - 1/x"};
  for (const Kind kind : {Kind::above, Kind::infinity}) {
    for (const char* source : near_zero) {
      std::string text = source;
      if (kind == Kind::infinity)
        for (std::size_t at = 0; at < text.size(); ++at)
          if (text[at] == 'x' && text.compare(at, 2, "xp") != 0 &&
              (at == 0 || !std::isalpha(static_cast<unsigned char>(text[at - 1]))))
            text.replace(at, 1, "(1/x)"), at += 4;
      CAPTURE(text);
      const Expression e = parse_expression(text, {"x", "d"});
      const LocalForm whole = form_of(text, kind, 0, ball(0, Rational(1, 8)));
      for (const Rational& t : {Rational(1, 100), Rational(1, 9), Rational(1, 1000)}) {
        const Ball plain = evaluate(e, {{"x", point(kind, 0, t)}, {"d", 4L}}).ball();
        const LocalForm exact = form_of(text, kind, 0, t);
        CHECK(value_of(exact, t).overlaps(plain));
        CHECK(value_of(exact, t).accuracy_bits() > 100);
        CHECK((!whole.series[0].is_finite() || value_of(whole, t).overlaps(plain)));
      }
    }
  }
}

TEST_CASE("the weight against its limit: equality at 0 is seen, and the sign of the slope") {
  const Expression left = parse_expression("ball_weight(d, x)", {"d", "x"}),
                   right = parse_expression("ball_weight_limit(d)*x^(d+2)", {"d", "x"});
  for (long d : {1, 2, 3, 8, 25, 64}) {
    CAPTURE(d);
    const Bindings constants{{"d", d}};
    const auto difference = [&](const Value& t) {
      return local_difference(left, right, {{"x", {Kind::above, 0, t}}}, constants, "x", 1);
    };
    const LocalForm limit = difference(0L);
    CHECK(limit.powers.at("x") == d + 2);
    CHECK(limit.series[0].is_exactly(0));
    CHECK(certainly_positive(limit.series[1].ball()));
    const LocalForm box = difference(ball(0, Rational(1, 32 * d)));
    CHECK(certainly_positive(box.series[1].ball()));
  }
}

TEST_CASE("what cannot be enclosed is indeterminate, not an error") {
  CHECK_FALSE(form_of("sqrt(x) + x", Kind::above, 1, ball(0, 1), 2).series[0].exact());
  CHECK_FALSE(form_of("1 + sqrt(x)", Kind::above, 0, ball(0, 1), 2).series[1].is_finite());  // slope unbounded at 0
  CHECK(form_of("1 + sqrt(x)", Kind::above, 0, ball(0, 1), 2).series[0].is_finite());
  CHECK_FALSE(form_of("1/(x-1/2)", Kind::above, 0, ball(0, 1), 2).series[0].is_finite());
  CHECK_FALSE(form_of("exp(x)", Kind::infinity, 0, ball(0, 1), 2).series[0].is_finite());
  CHECK_FALSE(form_of("abs(x-1/2)", Kind::above, 0, ball(0, 1), 2).series[2].is_finite());
  CHECK_THROWS_AS(form_of("log(-x)", Kind::above, 1, ball(0, 1), 2), PreconditionError);
}

TEST_CASE("an integral that depends on the chart") {
  const PrecisionScope scope(64);
  const std::string text = "integral(y, 0, x, ball_tail(d, y)) - ball_excess(d, x) + integral(y, 0, 1, exp(-x*y))";
  const LocalForm form = form_of(text, Kind::above, Rational(1, 8), ball(0, Rational(1, 64)), 1);
  const LocalForm inner = form_of("(1-exp(-x))/x", Kind::above, Rational(1, 8), Rational(1, 100), 1);
  CHECK(form.series[0].ball().overlaps(inner.series[0].ball()));
  CHECK(form.series[1].ball().overlaps(inner.series[1].ball()));
  CHECK(form.series[1].ball().radius().upper_double() < 0.05);
}

TEST_CASE("limits at the ends") {
  CHECK(form_of("sin(x)/x", Kind::above, 0, 0L).series[0].is_exactly(1));
  CHECK(form_of("(x^2+1)/(2*x^2)", Kind::infinity, 0, 0L).series[0].exact() == Rational(1, 2));
  CHECK(form_of("sqrt(1+x^2)/x", Kind::infinity, 0, 0L).series[0].is_exactly(1));
  CHECK(form_of("ball_tail(d, x)", Kind::above, 0, 0L).powers.at("x") == Rational(5, 2));
  CHECK(form_of("exp(-x)", Kind::infinity, 0, 0L).series[0].is_exactly(0));
  CHECK(form_of("x^2/(1-cos(x))", Kind::above, 0, 0L).series[0].is_exactly(2));
  CHECK(form_of("(1-ball_tail_mean(d, x))/x", Kind::above, 0, 0L).series[0].exact() == Rational(5, 7));
}

TEST_CASE("zeros at an end are taken out where they would spoil an operation") {
  const LocalForm root = form_of("sqrt(1-x^2)", Kind::below, 1, ball(0, Rational(1, 64)));
  CHECK(root.powers.at("x") == Rational(1, 2));
  CHECK(root.series[2].is_finite());
  CHECK(root.series[0].ball().contains(
      form_of("sqrt(1-x^2)/sqrt(1-x)", Kind::below, 1, Rational(1, 100)).series[0].ball()));
  const LocalForm near = form_of("sqrt(1.0001-x^2)", Kind::below, 1, ball(0, Rational(1, 64)));  // no zero there
  CHECK(near.powers.empty());
}
