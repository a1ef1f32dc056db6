#include "shatterproof/sphere/delsarte.hpp"

#include <catch2/catch.hpp>

#include "shatterproof/core/error.hpp"
#include "shatterproof/sphere/nonpositive.hpp"

using namespace shatterproof;

TEST_CASE("nonpositive polynomials are proved, others never") {
  const auto proved = [](std::vector<Rational> a, Rational from, Rational to) {
    return is_certainly_nonpositive(a, from, to);
  };
  CHECK(proved({-1}, -1, 1));
  CHECK(proved({0}, -1, 1));
  CHECK(proved({}, -1, 1));
  CHECK_FALSE(proved({Rational(1, 1000000)}, -1, 1));
  CHECK(proved({0, -1, 1}, 0, 1));  // t(t-1): zero at both ends
  CHECK_FALSE(proved({0, -1, 1}, 0, Rational(1000001, 1000000)));
  CHECK_FALSE(proved({0, -1, 1}, Rational(-1, 1000000), 1));
  // -(t - 1/3)^2 - room touches 0 where bisection never comes.
  const auto touching = [](const Rational& room) {
    return std::vector<Rational>{Rational(-1, 9) - room, Rational(2, 3), -1};
  };
  CHECK(proved(touching(Rational(1, Integer("1000000000000"))), -1, 1));
  CHECK_FALSE(proved(touching(0), -1, 1));  // true, but not decided: never more than "not proved"
  CHECK_FALSE(proved(touching(Rational(-1, Integer("1000000000000000000000000"))), -1, 1));
  // A narrow positive bump between the points of any moderate grid: 1e-12 - (t - 0.123456789)^2.
  const Rational c = parse_rational("0.123456789");
  CHECK_FALSE(proved({parse_rational("1e-12") - c * c, 2 * c, -1}, -1, 1));
  CHECK_THROWS_AS(is_certainly_nonpositive({1}, 1, 1), PreconditionError);
}

TEST_CASE("powers of t and the Gegenbauer basis") {
  for (long d : {2, 3, 8, 24})
    for (std::size_t k = 0; k < 9; ++k) {
      std::vector<Rational> unit(9);
      unit[k] = 1;
      Rational at_one = 0, at_minus_one = 0;
      const auto powers = gegenbauer_to_powers(d, unit);
      for (std::size_t j = 0; j < powers.size(); ++j)
        at_one += powers[j], at_minus_one += (j % 2 == 0 ? powers[j] : Rational(-powers[j]));
      CHECK(at_one == 1);
      CHECK(at_minus_one == (k % 2 == 0 ? 1 : -1));
    }
  // Chebyshev: P_3 = 4 t^3 - 3 t; Legendre: P_2 = (3 t^2 - 1)/2.
  CHECK(gegenbauer_to_powers(2, {0, 0, 0, 1}) == std::vector<Rational>{0, -3, 0, 4});
  CHECK(gegenbauer_to_powers(3, {0, 0, 1}) == std::vector<Rational>{Rational(-1, 2), 0, Rational(3, 2)});
}

TEST_CASE("simplex and cross-polytope: the exact dual points give the exact bounds") {
  for (long d : {2, 3, 7}) {
    for (const Rational& s : {Rational(-1), Rational(-1, 2), Rational(-1, 7)})
      CHECK(verified_delsarte_bound({d, s, {-s, 1}}) == Rational(1 - 1 / s));  // f = t - s
    // f = t (t + 1), t^2 = ((d-1) P_2 + 1)/d
    CHECK(verified_delsarte_bound({d, 0, {Rational(1, d), 1, Rational(d - 1, d)}}) == Rational(2 * d));
  }
}

TEST_CASE("tampered dual points are refused") {
  const long d = 5;
  const std::vector<Rational> good{Rational(1, d), 1, Rational(d - 1, d)};
  const Rational hair = parse_rational("1e-30");
  REQUIRE(verified_delsarte_bound({d, 0, good}));
  for (std::size_t k = 0; k < good.size(); ++k)
    for (int sign : {-1, 1}) {
      std::vector<Rational> bad = good;
      bad[k] += sign * hair;
      CAPTURE(k, sign);
      const auto bound = verified_delsarte_bound({d, 0, bad});
      if (bound) CHECK(*bound >= 2 * d);  // a feasible neighbour, never a better bound than the truth
    }
  CHECK_FALSE(verified_delsarte_bound({d, hair, good}));  // s a hair larger
  CHECK_FALSE(verified_delsarte_bound({d, 0, {Rational(1, d) + hair, 1, Rational(d - 1, d)}}));
  CHECK_FALSE(verified_delsarte_bound({d, 0, {Rational(-1, d), 1, Rational(d - 1, d)}}));
  CHECK_FALSE(verified_delsarte_bound({d, 0, {0, 1, 1}}));
  CHECK_FALSE(verified_delsarte_bound({d, 0, {Rational(1, d), -1, Rational(d - 1, d)}}));
  CHECK_FALSE(verified_delsarte_bound({d, 0, {1}}));
  CHECK_THROWS_AS(verified_delsarte_bound({1, 0, good}), PreconditionError);
  CHECK_THROWS_AS(verified_delsarte_bound({d, 1, good}), PreconditionError);
  CHECK_THROWS_AS(verified_delsarte_bound({d, 0, {}}), PreconditionError);
}
