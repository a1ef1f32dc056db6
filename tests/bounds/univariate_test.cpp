#include "shatterproof/bounds/univariate.hpp"

#include <cmath>

#include "reference.hpp"
#include "shatterproof/core/error.hpp"

using namespace shatterproof;
using reference::agrees;

TEST_CASE("the univariate constants meet the reference values") {
  const auto golden = reference::load("lower-bounds.json")["univariate"];
  const BumpConstants b = bump_constants();
  CHECK(agrees(b.integral, golden["int_b"], 30));
  CHECK(agrees(b.integral_square, golden["int_b2"], 30));
  CHECK(agrees(b.curvature, golden["A2_int_abs_b2"], 30));
  CHECK(agrees(b.max_slope, golden["max_abs_b1"], 30));
  CHECK(agrees(b.inflection, golden["inflection"], 30));
  CHECK(agrees(b.curvature_moment, golden["moments_abs_b2"][1], 30));
  for (const auto& x : golden["S"]) CHECK(agrees(bump_seminorm(reference::rational(x["eps"])), x["S"], 30));
  CHECK(agrees(bump_seminorm_limit(), golden["S_limit"], 30));
  CHECK(agrees(crude_bump_constant(), golden["c_crude"], 30));
  CHECK(agrees(Ball(1) / bump_seminorm(Rational(1, 8)), golden["c_exact_K8"], 30));
}

TEST_CASE("c = 1 and the peak-normalised bump leave the class") {
  const Ball seminorm = bump_seminorm(Rational(1, 8));
  CHECK(certainly_less(Ball(1), seminorm));
  CHECK(certainly_less(Ball(4), seminorm * exp(Ball(1))));
}

TEST_CASE("the univariate bound decays like n^(-1/2) and is for d = 1 only") {
  CHECK(univariate_bumps({2, 100, 1, 1, 1}, Rational(1, 4)).status == BoundStatus::not_applicable);
  CHECK(univariate_bumps({1, 100, 1, 0, 1}, Rational(1, 4)).status == BoundStatus::not_applicable);
  CHECK(univariate_bumps({1, 100, 0, 1, 1}, Rational(1, 4)).status == BoundStatus::vacuous);
  const auto best = [](long n) {
    double value = 0;
    for (long k = 2; k < 400; k += k / 8 + 1) {
      value = std::max(value, univariate_bumps({1, n, 1, 1, 1}, Rational(1, k)).value.mid_double());
    }
    return value;
  };
  const PrecisionScope guard(64);
  CHECK(std::log(best(1000000) / best(10000)) / std::log(100.0) == Approx(-0.5).margin(0.01));
  CHECK_THROWS_AS(bump_seminorm(0), PreconditionError);
}
