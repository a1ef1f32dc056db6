#include "shatterproof/numeric/ball.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <type_traits>

using namespace shatterproof;

template <class T>
concept Ordered = requires(T a, T b) {
  a < b;
};
static_assert(!Ordered<Ball>, "overlapping balls have no order");
static_assert(!std::is_convertible_v<double, Ball>, "no double becomes a ball without saying so");

TEST_CASE("tests on balls are true only when proved") {
  const Ball third = Ball(1) / Ball(3);
  CHECK(third.contains(Rational(1, 3)));
  CHECK_FALSE(third.is_exact());
  CHECK_FALSE(certainly_less(third, third));
  CHECK_FALSE(certainly_less_or_equal(third, third));
  CHECK(certainly_less_or_equal(Ball(2), Ball(2)));
  CHECK_FALSE(certainly_less(Ball(2), Ball(2)));
  CHECK_FALSE(certainly_positive(third - third));
}

TEST_CASE("an indeterminate ball certifies nothing") {
  for (const Ball& bad : {Ball::indeterminate(), Ball::exact(NAN), Ball::exact(INFINITY), sqrt(Ball(-1)), log(Ball(0)),
                          Ball(1) / Ball(0)}) {
    CHECK_FALSE(bad.is_finite());
    CHECK_FALSE(certainly_less(bad, Ball(1)));
    CHECK_FALSE(certainly_less(Ball(1), bad));
    CHECK_FALSE(certainly_less_or_equal(bad, bad));
    CHECK_FALSE(certainly_positive(bad));
    CHECK_FALSE(certainly_negative(bad));
    CHECK(bad.contains_zero());
    CHECK(to_text(bad, 10).lower == "nan");
  }
}

TEST_CASE("text of a ball is rounded outward") {
  PrecisionScope scope(256);
  const Ball root = sqrt(Ball(2));
  const BallText text = to_text(root, 12);
  CHECK(text.mid == "1.41421356237");
  CHECK(text.lower == "1.41421356237");
  CHECK(text.upper == "1.41421356238");
  const Rational low = parse_rational(text.lower), high = parse_rational(text.upper);
  CHECK(low * low < 2);
  CHECK(high * high > 2);
  const Rational error = parse_rational(text.rad);
  CHECK((parse_rational(text.mid) + error) * (parse_rational(text.mid) + error) > 2);
  CHECK(to_text_certain(root, 20) == "1.4142135623730950488");
  CHECK(to_text(Ball(0), 5).mid == "0");
  CHECK(to_text(Ball(-1500), 3).mid == "-1.50e3");
}

TEST_CASE("precision is that of the scope") {
  const Bits outside = working_precision();
  {
    PrecisionScope scope(400);
    CHECK((Ball(1) / Ball(3)).accuracy_bits() > 390);
  }
  CHECK(working_precision() == outside);
}

TEST_CASE("the incomplete beta function by monotonicity") {
  const Ball a = Ball(50), half = Ball(1) / Ball(2);
  const Ball wide = Ball::hull(Ball::decimal("0.25"), Ball::decimal("0.35"));
  CHECK(regularised_beta(a, half, wide).contains(regularised_beta(a, half, Ball::decimal("0.3"))));
  CHECK(regularised_beta(a, half, wide).is_finite());
  CHECK_FALSE(regularised_beta(a, half, Ball(2)).is_finite());
  CHECK(regularised_beta(a, half, Ball(1)).contains(Rational(1)));
}

TEST_CASE("powers at the edge of their domain") {
  const Ball half = Ball(1) / Ball(2);
  CHECK(power(Ball(0), half).contains(Rational(0)));
  CHECK(power(Ball(-2), Ball(3)).contains(Rational(-8)));
  CHECK_FALSE(power(Ball(-2), half).is_finite());
  CHECK_FALSE(power(Ball(0), -1).is_finite());
}

TEST_CASE("ends whose digits would fill the memory are rounded outward") {
  Ball ball(1);
  const PrecisionScope scope(2000);
  mag_set_ui_2exp_si(arb_radref(ball.get()), 1, -(1L << 40));  // 1 +/- 2^-(2^40)
  CHECK(certainly_less(Ball(1), ball.upper()));
  CHECK(certainly_less(ball.lower(), Ball(1)));
  CHECK(ball.upper().is_exact());
  CHECK(certainly_less(ball.upper(), Ball(1) + power(Ball(2), -1000)));
}
