#include "shatterproof/sphere/delsarte_lp.hpp"

#include <catch2/catch.hpp>

#include "shatterproof/core/error.hpp"
#include "shatterproof/sphere/packing.hpp"

using namespace shatterproof;

namespace {

struct SharpCase {
  long d;
  Rational s;
  long n;
};
const SharpCase kSharp[] = {{3, parse_rational("0.44721359549995793"), 12},
                            {3, 0, 6},
                            {5, Rational(1, 5), 16},
                            {6, Rational(1, 4), 27},
                            {7, Rational(1, 3), 56},
                            {8, Rational(1, 2), 240},
                            {22, Rational(1, 6), 275},
                            {22, Rational(1, 4), 891},
                            {23, Rational(1, 5), 552},
                            {23, Rational(1, 3), 4600},
                            {24, Rational(1, 2), 196560}};

}  // namespace

TEST_CASE("linear programming bounds are equalities at the sharp codes") {
  for (const SharpCase& at : kSharp) {
    CAPTURE(at.d, at.n);
    const auto bound = best_delsarte_bound(at.d, at.s);
    REQUIRE(bound);
    CHECK(bound->bound.count == at.n);
    CHECK(bound->value >= Rational(at.n) - Rational(1, 1000000));  // no dual point can be below the code that exists
  }
}

TEST_CASE("known values of the linear programming bound") {
  // Odlyzko and Sloane 1979: kissing configurations of R^3, R^4, R^5: 13.158, 25.558, 46.345.
  const auto value = [](long d, long degree) { return best_delsarte_bound(d, Rational(1, 2), degree)->value.get_d(); };
  CHECK(value(3, 24) == Approx(13.158).epsilon(1e-4));
  CHECK(value(4, 9) == Approx(25.558).epsilon(1e-4));
  CHECK(value(5, 24) == Approx(46.34).epsilon(2e-4));
}

TEST_CASE("no dual point is verified below a code that exists") {
  for (const SharpCase& at : kSharp) {
    auto dual = best_delsarte_bound(at.d, at.s)->dual;
    // A larger f_0 and the same f(1) would prove N - 1; so would smaller coefficients.
    Rational at_one = 0;
    for (const Rational& f : dual.coefficients) at_one += f;
    DelsarteDual shifted = dual;
    const Rational raise = (at_one - (at.n - 1) * dual.coefficients[0]) / (at.n - 2);
    shifted.coefficients[0] += raise;
    CHECK_FALSE(verified_delsarte_bound(shifted));
    DelsarteDual shrunk = dual;
    for (std::size_t k = 1; k < shrunk.coefficients.size(); ++k) shrunk.coefficients[k] *= Rational(at.n - 2, at.n - 1);
    CHECK_FALSE(verified_delsarte_bound(shrunk));
  }
}

TEST_CASE("one tampered coefficient is refused or leaves a bound above the code") {
  const DelsarteDual dual = best_delsarte_bound(8, Rational(1, 2))->dual;
  for (std::size_t k = 0; k < dual.coefficients.size(); ++k)
    for (const char* factor : {"0.99", "0.999999", "1.000001", "1.01", "-1"}) {
      DelsarteDual tampered = dual;
      tampered.coefficients[k] *= parse_rational(factor);
      if (tampered.coefficients[k] == dual.coefficients[k]) continue;
      const auto bound = verified_delsarte_bound(tampered);
      if (bound) CHECK(*bound >= 240);
    }
}

TEST_CASE("linear programming bounds never fall below the packings, and bad input is refused") {
  for (long d : {3, 4, 5, 6, 9, 12})
    for (const char* text : {"0.5", "0.45", "0.4", "0.35", "0.3", "0.25", "0.2"}) {
      const Rational eps = parse_rational(text);
      const auto bound = best_delsarte_bound(d, cosine_of_separation(eps), 14);
      CAPTURE(d, text);
      if (bound) CHECK(bound->bound.count >= available_caps(d, eps));
    }
  CHECK_FALSE(best_delsarte_bound(3, Rational(9, 10), 4));  // the degree is too small
  CHECK_THROWS_AS(find_delsarte_dual(3, Rational(1, 2), 0), PreconditionError);
  CHECK_THROWS_AS(find_delsarte_dual(3, Rational(1, 2), 41), PreconditionError);
  CHECK_THROWS_AS(find_delsarte_dual(1, Rational(1, 2), 4), PreconditionError);
  CHECK_THROWS_AS(find_delsarte_dual(3, 1, 4), PreconditionError);
}
