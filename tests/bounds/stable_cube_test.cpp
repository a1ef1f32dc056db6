#include "shatterproof/bounds/stable_cube.hpp"

#include <catch2/catch.hpp>

#include "shatterproof/bounds/cell_counts.hpp"
#include "shatterproof/bounds/occupancy.hpp"
#include "shatterproof/bounds/univariate.hpp"
#include "shatterproof/core/error.hpp"

using namespace shatterproof;

TEST_CASE("lower bound over stable networks: hand values, and none at eta = 2") {
  // spec lower-bounds 9: d = 2, n = 1e4, eps = .0481, m = 46: L^2 a m q = 3.60e-4; z = 186 at eta = 1.9.
  const StableCube cube = make_stable_cube(2, 10000, parse_rational("0.0481"), 1, parse_rational("1.9"));
  CHECK(cube.allowed() == 186);
  CHECK(cube.caps == 46);
  CHECK(cube.failure().upper_double() < 1e-200);
  const RiskBound bound = stable_cube_bound(cube);
  CHECK(bound.status == BoundStatus::certified);
  CHECK(bound.value.mid_double() == Approx(3.60e-4).epsilon(2e-3));
  // Twice the amplitude: four times the energy, half the room.
  const StableCube twice = make_stable_cube(2, 10000, parse_rational("0.0481"), 2, parse_rational("1.9"));
  CHECK(twice.allowed() == 93);
  CHECK((stable_cube_bound(twice).value / bound.value).mid_double() == Approx(4).epsilon(1e-9));

  const StableCube at_two = make_stable_cube(2, 10000, parse_rational("0.0481"), 1, 2);
  CHECK(at_two.allowed() == 0);
  CHECK(stable_cube_bound(at_two).status == BoundStatus::vacuous);
  CHECK_THROWS_AS(make_stable_cube(2, 100, Rational(1, 4), 1, Rational(21, 10)), PreconditionError);
  CHECK_THROWS_AS(make_stable_cube(2, 100, 0, 1, 1), PreconditionError);
  CHECK_THROWS_AS(make_stable_cube(2, 100, Rational(1, 4), 0, 1), PreconditionError);
}

TEST_CASE("law of the empty cells: by hand, against inclusion and exclusion, and its total") {
  // Two cells of mass 1/2 and 1/3, two points: P(both empty) = 1/36.
  const std::vector<Rational> law = empty_cell_distribution({Rational(1, 2), Rational(1, 3)}, 2);
  CHECK(law[2] == Rational(1, 36));
  CHECK(law[0] == Rational(1, 3));  // one in each: 2 * 1/2 * 1/3
  CHECK(law[0] + law[1] + law[2] == 1);
  const std::vector<Rational> equal = empty_cell_distribution(std::vector<Rational>(6, Rational(1, 8)), 15);
  const auto reference = Occupancy{6, 15, [] { return Ball(Rational(1, 8)); }}.distribution();
  for (std::size_t r = 0; r <= 6; ++r) CHECK(reference[r].contains(equal[r]));
  CHECK(empty_cell_distribution({Rational(1, 4), 0}, 0)[2] == 1);
  CHECK_THROWS_AS(empty_cell_distribution({Rational(2, 3), Rational(1, 2)}, 3), PreconditionError);
  CHECK_THROWS_AS(empty_cell_distribution({}, 3), PreconditionError);
  CHECK_THROWS_AS(empty_cell_distribution({Rational(-1, 3)}, 3), PreconditionError);
}

TEST_CASE("bumps by the paper's route: below Assouad, none for fewer than eight bumps") {
  const MinimaxProblem problem{1, 1000000, 1, 1, 1};
  const RiskBound fano = univariate_fano(problem, Rational(1, 100)),
                  assouad = univariate_bumps(problem, Rational(1, 100));
  CHECK(fano.source != assouad.source);
  if (fano.status == BoundStatus::certified) CHECK(certainly_less(fano.value, assouad.value));
  CHECK(univariate_fano(problem, Rational(1, 7)).status == BoundStatus::not_applicable);
  CHECK(univariate_fano(problem, Rational(1, 8)).status == BoundStatus::vacuous);  // far too few bumps for n
  CHECK(univariate_fano(problem, Rational(1, 2000)).status == BoundStatus::certified);
  CHECK(univariate_fano({2, 100, 1, 1, 1}, Rational(1, 10)).status == BoundStatus::not_applicable);
}
