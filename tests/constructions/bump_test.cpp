#include "constructions/univariate_bumps/bump.hpp"

#include <cmath>

#include "shatterproof/bounds/univariate.hpp"
#include "shatterproof/core/error.hpp"
#include "support.hpp"

using namespace shatterproof;

TEST_CASE("constants of the bump meet the reference values") {
  PrecisionScope scope(192);
  const nlohmann::json golden = golden_lower_bounds()["univariate"];
  const BumpConstants b = bump_constants();
  CHECK(agrees(b.integral, golden["int_b"], 39));
  CHECK(agrees(b.integral_square, golden["int_b2"], 39));
  CHECK(agrees(b.curvature, golden["A2_int_abs_b2"], 39));
  CHECK(agrees(b.max_slope, golden["max_abs_b1"], 39));
  CHECK(agrees(b.inflection, golden["inflection"], 39));
  CHECK(agrees(b.curvature_moment, golden["moments_abs_b2"][1], 39));
  for (const auto& entry : golden["S"]) {
    CAPTURE(entry["eps"].get<std::string>());
    CHECK(agrees(bump_seminorm(parse_rational(entry["eps"].get<std::string>())), entry["S"], 38));
  }
  CHECK(agrees(bump_amplitude("crude"), golden["c_crude"], 39));
  CHECK(agrees(bump_amplitude("exact"), golden["c_exact_K8"], 38));
}

TEST_CASE("constants of the bump by plain quadrature") {
  const BumpConstants b = bump_constants();
  constexpr int kSteps = 20000;
  double integral = 0, squared = 0, moment0 = 0, moment2 = 0, largest = 0;
  for (int i = 1; i < kSteps; ++i) {
    const double x = -1 + 2.0 * i / kSteps, g = 1 - x * x, value = std::exp(-1 / g);
    const double curvature = std::fabs(value * (6 * x * x * x * x - 2) / (g * g * g * g));
    integral += value, squared += value * value, moment0 += curvature, moment2 += x * x * curvature;
    largest = std::max(largest, curvature);
  }
  CHECK(b.integral.mid_double() == Approx(integral * 2 / kSteps).epsilon(1e-12));
  CHECK(b.integral_square.mid_double() == Approx(squared * 2 / kSteps).epsilon(1e-12));
  CHECK(b.curvature.mid_double() == Approx(moment0 * 2 / kSteps).epsilon(1e-6));
  CHECK(b.curvature_moment.mid_double() == Approx(moment2 * 2 / kSteps).epsilon(1e-6));
  const Ball bound = enclose_largest_curvature();
  CHECK(bound.lower_double() >= largest);
  CHECK(bound.upper_double() < 1.05 * largest);
}

TEST_CASE("membership in F_{1,1} is decided only where it is certain") {
  const Rational eps(1, 8);
  CHECK(judge_bump_membership(bump_amplitude("crude"), eps).verdict == Verdict::proved);
  CHECK(judge_bump_membership(bump_amplitude("inverse"), eps).verdict == Verdict::proved);
  CHECK(judge_bump_membership(bump_amplitude("one"), eps).verdict == Verdict::refuted);
  CHECK(judge_bump_membership(bump_amplitude("e"), eps).verdict == Verdict::refuted);
  // c = 1/S(1/8) meets the bound with equality, which no enclosure of an irrational can prove.
  CHECK(judge_bump_membership(bump_amplitude("exact"), eps).verdict == Verdict::undecided);
  CHECK(judge_bump_membership(bump_amplitude("0.6238"), eps).verdict == Verdict::proved);
  CHECK(judge_bump_membership(bump_amplitude("0.6239"), eps).verdict == Verdict::refuted);
  CHECK(judge_bump_membership(Ball::indeterminate(), eps).verdict == Verdict::undecided);
  CHECK_THROWS_AS(bump_seminorm(Rational(0)), PreconditionError);
  CHECK_THROWS_AS(bump_seminorm(Rational(2)), PreconditionError);
}
