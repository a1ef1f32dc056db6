#include "shatterproof/bounds/annulus.hpp"

#include "reference.hpp"
#include "shatterproof/core/error.hpp"

using namespace shatterproof;

TEST_CASE("annulus bounds and the exact quantile meet the reference table") {
  const auto golden = reference::load("upper-bounds-and-siblings.json");
  for (const auto& x : golden["f7.table"]) {
    const long n = x["n"].get<long>();
    const Rational p = reference::rational(x["p"]), delta = reference::rational(x["delta"]);
    CAPTURE(n, p.get_d());
    const Ball chernoff = chernoff_annulus_bound(n, Ball(p), delta),
               bernstein = bernstein_annulus_bound(n, Ball(p), delta);
    CHECK(chernoff.mid_double() == Approx(x["chernoff"].get<double>()).epsilon(1e-13));
    CHECK(bernstein.mid_double() == Approx(x["bernstein"].get<double>()).epsilon(1e-13));
    const long quantile = binomial_quantile(n, p, delta);
    CHECK(static_cast<double>(quantile) / static_cast<double>(n) == Approx(x["exact"].get<double>()));
    const auto above = probability_above(n, p, chernoff);
    REQUIRE(above.has_value());
    CHECK((*above > delta) == x["violated"].get<bool>());
    CHECK(*probability_above(n, p, bernstein) <= delta);
  }
}

TEST_CASE("the printed form of Lemma F.7 fails at its two counterexamples") {
  const Rational p(1, 20), delta(1, 25);
  const auto one = probability_above(1, p, chernoff_annulus_bound(1, Ball(p), delta));
  REQUIRE(one.has_value());
  CHECK(*one == Rational(1, 20));
  CHECK(*one > delta);
  CHECK_FALSE(is_certainly_chernoff_range(1, Ball(p), delta));
  CHECK(*probability_above(1, p, bernstein_annulus_bound(1, Ball(p), delta)) <= delta);

  const auto x = reference::load("upper-bounds-and-siblings.json")["f7.counterexample"];
  const Rational mass = annulus_mass(3, Rational(1, 3000));
  const Ball bound = chernoff_annulus_bound(60, Ball(mass), Rational(1, 100));
  CHECK((Ball(60) * bound).mid_double() == Approx(x["n_times_bound"].get<double>()).epsilon(1e-12));
  const Rational probability = *probability_above(60, mass, bound);
  CHECK(probability.get_d() == Approx(x["prob"].get<double>()).epsilon(1e-12));
  CHECK(probability > Rational(1, 100));
}

TEST_CASE("binomial tails: brute force and edges") {
  const Rational p(2, 7);
  for (long n : {0L, 1L, 6L}) {
    Rational sum = 0;
    for (long k = n; k >= 0; --k) {
      Integer choose;
      mpz_bin_uiui(choose.get_mpz_t(), static_cast<unsigned long>(n), static_cast<unsigned long>(k));
      sum += choose * power(p, k) * power(Rational(1 - p), n - k);
      CHECK(binomial_upper_tail(n, p, k) == sum);
    }
  }
  CHECK(binomial_upper_tail(5, p, 6) == 0);
  CHECK(binomial_upper_tail(5, p, -3) == 1);
  CHECK(binomial_upper_tail(5, 0, 1) == 0);
  CHECK(binomial_upper_tail(5, 1, 5) == 1);
  CHECK(binomial_quantile(5, 0, Rational(1, 2)) == 0);
  CHECK_THROWS_AS(binomial_upper_tail(5, Rational(3, 2), 1), PreconditionError);
  CHECK_THROWS_AS(binomial_upper_tail(-1, p, 1), PreconditionError);
  CHECK_THROWS_AS(chernoff_annulus_bound(5, Ball(p), 0), PreconditionError);
  CHECK_FALSE(probability_above(5, p, Ball::indeterminate()).has_value());
  // A bound that straddles a multiple of 1/n leaves the count open.
  CHECK_FALSE(probability_above(5, p, Ball::hull(Ball(Rational(19, 50)), Ball(Rational(21, 50)))).has_value());
}
