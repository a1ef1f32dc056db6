#include "shatterproof/bounds/closed_forms.hpp"

#include "reference.hpp"
#include "shatterproof/bounds/lower_bounds.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"

using namespace shatterproof;
using reference::agrees;

TEST_CASE("the constants of the closed forms meet the reference values") {
  const auto rows = reference::load("lower-bounds.json")["dimension_constants"];
  for (const auto& x : rows) {
    const long d = x["d"].get<long>();
    CAPTURE(d);
    CHECK(agrees(empty_fraction_at_kappa_one(d), x["q_star_kappa1"], 30));
    if (d < 2) continue;
    const ClosedFormConstants constants = closed_form_constants(d);
    CHECK(agrees(constants.abar, x["abar_P"], 30));
    CHECK(agrees(constants.kappa_noisy, x["kappa_noisy"], 30));
    CHECK(agrees(constants.n0_noisy, x["n0_noisy"], 30));
    CHECK(agrees(constants.kappa_free, x["kappa_free"], 30));
    CHECK(agrees(constants.n0_free, x["n0_free"], 30));
  }
  CHECK_THROWS_AS(closed_form_constants(1), PreconditionError);
}

TEST_CASE("a closed form never exceeds the exact Bayes risk of a cube near its eps") {
  const PrecisionScope guard(64);
  for (long d : {2L, 3L, 5L}) {
    const MinimaxProblem problem{d, 1000000, 1, 1, 1};
    const RiskBound noisy = closed_form_noisy(problem), free = closed_form_free(problem);
    REQUIRE(noisy.status == BoundStatus::certified);
    REQUIRE(free.status == BoundStatus::certified);
    // eps^(d+1) = 2/((d+1) n abar): the choice made in the closed form, rounded to a rational.
    const Ball chosen =
        power(Ball(2) / (Ball(d + 1) * Ball(1000000) * closed_form_constants(d).abar), Ball(Rational(1, d + 1)));
    const Rational eps = floor(Rational(chosen.mid().lower_rational() * 1000000)) / Rational(1000000);
    const CubePrior prior = make_cube_prior(problem, eps, certified_caps(d, eps));
    CHECK(certainly_less(noisy.value, bayes_exact(prior).value));
    CHECK(certainly_less(free.value, bayes_exact(prior).value));
  }
}

TEST_CASE("closed forms say when they do not apply") {
  CHECK(closed_form_noisy({2, 38, 1, 1, 1}).status == BoundStatus::not_applicable);  // n0 = 38.9
  CHECK(closed_form_noisy({2, 39, 1, 1, 1}).status == BoundStatus::certified);
  CHECK(closed_form_noisy({1, 1000, 1, 1, 1}).status == BoundStatus::not_applicable);
  CHECK(closed_form_noisy({2, 1000, 0, 1, 1}).status == BoundStatus::vacuous);
  CHECK(closed_form_free({2, 1000, 0, 1, 1}).status == BoundStatus::certified);
  CHECK(closed_form_free({2, 1000, 0, 1, 0}).status == BoundStatus::not_applicable);
}

// Spec lower-bounds 5.3 only checked this step of kappa_free numerically for d = 2. By hand, with
// p <= U h^(3/2) (1 - 3h/20) and -log(1-p) <= p + p^2/(2(1-p)), it holds for h <= 11/50; here is the rest of (0, 1/4].
TEST_CASE("(1-p)^n >= exp(-n U_d h^((d+1)/2)) at d = 2, proved on [11/50, 1/4]") {
  const PrecisionScope guard(128);
  const Ball upper = uniform_ball::cap_mass_upper(2);
  constexpr long kBoxes = 400;
  const auto end = [](long i) -> Rational { return Rational(11, 50) + Rational(3, 100) * Rational(i, kBoxes); };
  const auto log_of_survival = [](const Rational& h) { return -log1p(-uniform_ball::cap_mass(2, Ball(h))); };
  // Both sides grow with h: the left end of a box on the right side of the inequality, the right end on the left.
  for (long i = 0; i < kBoxes; ++i)
    CHECK(certainly_less_or_equal(log_of_survival(end(i + 1)), upper * power(Ball(end(i)), Ball(Rational(3, 2)))));
  const Ball h(Rational(11, 50));
  CHECK(certainly_less(upper * sqrt(h) / (Ball(2) * (Ball(1) - uniform_ball::cap_mass(2, h))), Ball(3) / Ball(20)));
  // The step does fail further out (the spec says beyond eps = .528245).
  const Rational far(29, 100);
  CHECK(certainly_less(upper * power(Ball(far), Ball(Rational(3, 2))), log_of_survival(far)));
}
