#include "shatterproof/rates/real_roots.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "parameters.hpp"
#include "shatterproof/core/error.hpp"

namespace shatterproof::rates {
namespace {

TEST_CASE("roots are isolated, rational ones recognised") {
  const auto roots = enclose_roots((d * d - Polynomial(2)) * (d - Polynomial(Rational(7, 5))) * (d - 3), 0, {});
  REQUIRE(roots.size() == 3);
  CHECK(roots[0].is_rational());
  CHECK(roots[0].lower == Rational(7, 5));
  CHECK_FALSE(roots[1].is_rational());
  CHECK(roots[1].lower * roots[1].lower < 2);
  CHECK(roots[1].upper * roots[1].upper > 2);
  CHECK(roots[1].lower > roots[0].upper);
  CHECK(roots[2].lower == 3);
}

TEST_CASE("the interval is open: roots at its ends do not count") {
  CHECK(enclose_roots((d - 1) * (d - 2), 1, Rational(2)).empty());
  CHECK(enclose_roots((d - 1) * (d - 2), 1, {}).size() == 1);
  CHECK(enclose_roots((d - 1) * (d - 1) * (d - 1), 0, Rational(2)).size() == 1);
  CHECK(enclose_roots(d * d + 1, -5, {}).empty());
  CHECK(enclose_roots(d - 1000000, 1, {}).size() == 1);
}

TEST_CASE("random products of linear factors: every root is found, in order") {
  std::mt19937 random(3);
  for (int trial = 0; trial < 60; ++trial) {
    std::vector<Rational> expected;
    Polynomial p = 1;
    const int count = 1 + static_cast<int>(random() % 6);
    for (int i = 0; i < count; ++i) {
      Rational root(static_cast<long>(random() % 41) - 20, static_cast<long>(random() % 6) + 1);
      root.canonicalize();
      p = p * (d - root);
      if (root > -3 && root < 2) expected.push_back(root);
    }
    std::sort(expected.begin(), expected.end());
    expected.erase(std::unique(expected.begin(), expected.end()), expected.end());
    const auto roots = enclose_roots(p * (d * d + d + 1), -3, Rational(2));
    REQUIRE(roots.size() == expected.size());
    for (std::size_t i = 0; i < roots.size(); ++i) {
      CHECK(roots[i].is_rational());
      CHECK(roots[i].lower == expected[i]);
    }
  }
}

TEST_CASE("Wilkinson's polynomial: twenty roots, none lost") {
  Polynomial p = 1;
  for (long k = 1; k <= 20; ++k) p = p * (d - k);
  CHECK(enclose_roots(p, 0, {}).size() == 20);
  CHECK(enclose_roots(p, 10, Rational(41, 2)).size() == 10);
}

TEST_CASE("signs at an irrational root are exact") {
  const auto root = enclose_roots(d * d - Polynomial(2), 0, {}).front();
  CHECK(sign_at(d * d - Polynomial(2), root) == 0);
  CHECK(sign_at((d * d - Polynomial(2)) * (d + 5), root) == 0);
  // 1.41421356237 < sqrt 2 < 1.41421356238
  CHECK(sign_at(d - Polynomial(parse_rational("1.41421356237")), root) == 1);
  CHECK(sign_at(d - Polynomial(parse_rational("1.41421356238")), root) == -1);
  // sqrt 2 > 1 although the interval may still contain 1, where this vanishes.
  CHECK(sign_at(d - 1, {Rational(1, 2), Rational(2), d * d - Polynomial(2)}) == 1);
  CHECK(sign_at(Polynomial(-4), root) == -1);
  CHECK(sign_at(Polynomial(), root) == 0);
}

TEST_CASE("simplest rational in an interval") {
  CHECK(simplest_between(1, {}) == 2);
  CHECK(simplest_between(Rational(-1, 2), Rational(1, 3)) == 0);
  CHECK(simplest_between(1, Rational(2)) == Rational(3, 2));
  CHECK(simplest_between(Rational(3, 10), Rational(2, 5)) == Rational(1, 3));
  CHECK(simplest_between(Rational(-2, 5), Rational(-3, 10)) == Rational(-1, 3));
  CHECK(simplest_between(Rational(314, 100), Rational(315, 100)) == Rational(22, 7));
  CHECK_THROWS_AS(simplest_between(1, Rational(1)), PreconditionError);
}

}  // namespace
}  // namespace shatterproof::rates
