#include "shatterproof/bounds/occupancy.hpp"

#include <cmath>
#include <vector>

#include "reference.hpp"
#include "shatterproof/bounds/total_variation.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"

using namespace shatterproof;
using reference::agrees;

TEST_CASE("occupancy meets the reference values") {
  const auto rows = reference::load("lower-bounds.json")["empty_caps"];
  for (const auto& x : rows) {
    const long d = x["d"].get<long>(), m = x["m"].get<long>();
    const Rational eps = reference::rational(x["eps"]);
    const Occupancy occupancy{m, reference::integer(x["n"]),
                              [&] { return uniform_ball::cap_mass(d, Ball(Rational(eps * eps))); }};
    CAPTURE(d, m);
    const Ball q = occupancy.empty_probability();
    CHECK(agrees(occupancy.mass(), x["p"], 30));
    CHECK(agrees(q, x["q"], 30));
    CHECK(agrees(exp(-Ball(occupancy.points) * occupancy.mass()), x["exp_minus_np"], 30));
    CHECK(agrees(occupancy.mean(), x["mean"], 30));
    CHECK(agrees(occupancy.variance(), x["var"], 30));
    const auto law = occupancy.distribution();
    CHECK(agrees(probability_at_most(law, x["half_threshold"].get<long>()), x["prob_at_most_half"], 30));
    CHECK(agrees(law[0], x["prob_none_empty"], 30));
    CHECK(agrees(empty_tail_chernoff(m, q, q / Ball(2)), x["chernoff_half"], 30));
    CHECK(agrees(empty_tail_hoeffding(m, q / Ball(2)), x["hoeffding_half"], 30));
  }
}

TEST_CASE("the occupancy law against a recurrence over the points") {
  // occupied[k] after each point: with probability k p it falls into an occupied cell, (m-k) p into a new one.
  const long m = 5, n = 40;
  const Rational p(3, 25);
  std::vector<Rational> occupied(m + 1, 0);
  occupied[0] = 1;
  for (long i = 0; i < n; ++i) {
    std::vector<Rational> next(m + 1, 0);
    for (long k = 0; k <= m; ++k) {
      const Rational fresh = (m - k) * p;
      next[k] += occupied[k] * (1 - fresh);
      if (k < m) next[k + 1] += occupied[k] * fresh;
    }
    occupied = next;
  }
  const Occupancy occupancy{m, n, [&] { return Ball(p); }};
  const auto law = occupancy.distribution();
  for (long r = 0; r <= m; ++r)
    CHECK(law[static_cast<std::size_t>(r)].contains(occupied[static_cast<std::size_t>(m - r)]));
  for (const Ball& value : law) CHECK(value.accuracy_bits() > 100);
}

TEST_CASE("occupancy edge cases") {
  const Occupancy none{3, 0, [] { return Ball(Rational(1, 4)); }};
  CHECK(none.distribution()[3].contains(Rational(1)));
  const Occupancy full{2, 1, [] { return Ball(Rational(1, 2)); }};  // m p = 1: exactly one cell stays empty
  CHECK(full.distribution()[1].overlaps(Ball(1)));
  CHECK_THROWS_AS((Occupancy{3, 5, [] { return Ball(Rational(1, 2)); }}.distribution()), PreconditionError);
  CHECK_THROWS_AS((Occupancy{0, 5, [] { return Ball(Rational(1, 2)); }}.distribution()), PreconditionError);
}

TEST_CASE("total variation meets the reference values and the Barbour-Hall brackets") {
  const auto rows = reference::load("lower-bounds.json")["tv"];
  for (const auto& x : rows) {
    const long n = x["n"].get<long>();
    const Ball mass(reference::rational(x["P"]));
    const Ball tv = binomial_poisson_distance(n, mass);
    CAPTURE(n);
    CHECK(agrees(tv, x["tv"], 30));
    const DistanceBracket bracket = barbour_hall(n, mass);
    CHECK(certainly_less_or_equal(bracket.lower, tv));
    CHECK_FALSE(certainly_less(bracket.upper, tv));
  }
  // n = 1 in closed form: the laws differ at 0, 1 and beyond; TV = P - P exp(-P).
  const Ball p(Rational(2, 7));
  CHECK(binomial_poisson_distance(1, p).overlaps(p - p * exp(-p)));
  CHECK_FALSE(binomial_poisson_distance(5, Ball(0)).is_finite());
  CHECK_FALSE(binomial_poisson_distance(5, Ball(1)).is_finite());
  CHECK_THROWS_AS(binomial_poisson_distance(0, p), PreconditionError);
}
