#include "shatterproof/rates/polynomial.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "parameters.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/rates/rational_function.hpp"

namespace shatterproof::rates {
namespace {

Polynomial random_polynomial(std::mt19937& random, unsigned degree) {
  Polynomial p;
  for (unsigned i = 0; i <= degree; ++i)
    for (unsigned j = 0; i + j <= degree; ++j)
      p += Polynomial(Rational(static_cast<long>(random() % 9) - 4)) * power(d, i) * power(alpha, j);
  return p;
}

TEST_CASE("arithmetic and text of polynomials") {
  CHECK(to_text((d + 1) * (d + 3)) == "d^2+4*d+3");
  CHECK(to_text(Polynomial(Rational(1, 2)) * d - alpha * d * d) == "-alpha*d^2+1/2*d");
  CHECK(to_text(d - d) == "0");
  CHECK((d - d).is_zero());
  CHECK((d * d + alpha).substitute("d", alpha + 1) == alpha * alpha + alpha * Polynomial(3) + 1);
  CHECK(to_text((d * Polynomial(Rational(4, 3)) - Polynomial(2)).primitive()) == "2*d-3");
  CHECK(to_text((-d * Polynomial(Rational(4, 3)) - Polynomial(2)).primitive()) == "-2*d-3");
}

TEST_CASE("greatest common divisors in two parameters") {
  std::mt19937 random(7);
  for (int trial = 0; trial < 60; ++trial) {
    const Polynomial a = random_polynomial(random, 2), b = random_polynomial(random, 2),
                     c = random_polynomial(random, 2);
    if (a.is_zero() || b.is_zero() || c.is_zero()) continue;
    const Polynomial common = gcd(a * c, b * c);
    INFO(to_text(a) << " | " << to_text(b) << " | " << to_text(c));
    // c divides it, it divides both, and the cofactors have nothing in common.
    CHECK_NOTHROW(exact_quotient(common, c));
    CHECK(gcd(exact_quotient(a * c, common), exact_quotient(b * c, common)) == Polynomial(1));
  }
  CHECK_THROWS_AS(exact_quotient(d * d + 1, d + 1), PreconditionError);
  CHECK_THROWS_AS(exact_quotient(d, Polynomial()), PreconditionError);
}

TEST_CASE("rational functions are kept in lowest terms") {
  const RationalFunction half(d + 3, (d + 3) * (d * Polynomial(2) + Polynomial(4)));
  CHECK(to_text(half) == "1/(2*d+4)");
  CHECK(to_text(-RationalFunction(d + 3, d * Polynomial(4) + Polynomial(6))) == "-(d+3)/(4*d+6)");
  CHECK(to_text(RationalFunction(d, Polynomial(-2))) == "-d/2");
  CHECK(to_text(RationalFunction(d, d * Polynomial(2) * alpha)) == "1/(2*alpha)");
  CHECK(to_text(RationalFunction(Polynomial(3) - d, d)) == "-(d-3)/d");
  CHECK(RationalFunction(d) / RationalFunction(d) == RationalFunction(1));
  CHECK(RationalFunction(1) / RationalFunction(d) + RationalFunction(1) / RationalFunction(d) ==
        RationalFunction(Polynomial(2), d));
  CHECK_THROWS_AS(RationalFunction(1) / RationalFunction(0), PreconditionError);
  CHECK_THROWS_AS(RationalFunction(Polynomial(1), d - 2).substitute("d", 2), PreconditionError);
}

TEST_CASE("rational functions agree with their values at random points") {
  std::mt19937 random(11);
  for (int trial = 0; trial < 40; ++trial) {
    const Polynomial a = random_polynomial(random, 2), b = random_polynomial(random, 2),
                     c = random_polynomial(random, 1);
    if (b.is_zero() || c.is_zero()) continue;
    const RationalFunction f(a, b), g(b, c);
    const auto at = [](const RationalFunction& h) {
      const RationalFunction value = h.substitute("d", Rational(101, 7)).substitute("alpha", Rational(17, 13));
      REQUIRE(value.is_constant());
      return Rational(value.numerator().leading_coefficient() / value.denominator().leading_coefficient());
    };
    CHECK(at(f + g) == at(f) + at(g));
    CHECK(at(f * g) == at(f) * at(g));
    CHECK(at(f - g) == at(f) - at(g));
  }
}

}  // namespace
}  // namespace shatterproof::rates
