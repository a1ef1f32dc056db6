#include "shatterproof/bounds/explicit_chain.hpp"

#include <cmath>

#include "reference.hpp"
#include "shatterproof/bounds/half_space_deviation.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"

using namespace shatterproof;

namespace {

// The reference values come from a coarser grid in eps and t, so ours may be a little smaller, never much larger.
void check_near(const ExplicitChain& chain, const nlohmann::json& wanted) {
  const ExplicitBound best = best_explicit_bound(chain);
  CAPTURE(chain.dimension, chain.samples.get_str(), best.bound.value.mid_double());
  if (wanted.is_null()) {
    CHECK(best.bound.status == BoundStatus::vacuous);
    return;
  }
  const double value = wanted.get<double>();
  CHECK(best.bound.value.upper_double() <= value * 1.005);
  CHECK(best.bound.value.lower_double() >= value * 0.95);
  CHECK((best.bound.status == BoundStatus::certified) == (value < 4));
}

}  // namespace

TEST_CASE("the explicit upper bounds meet the reference values") {
  const PrecisionScope guard(53);
  const auto golden = reference::load("upper-bounds-and-siblings.json");
  for (const auto& x : golden["explicit.gap"]) {
    ExplicitChain chain;
    chain.dimension = x["d"].get<long>(), chain.samples = reference::integer(x["n"]);
    check_near(chain, x["gap_sharpA"]);
    chain.sharp = false;
    check_near(chain, x["gap_paperA"]);
  }
  for (const auto& x : golden["explicit.mse"]) {
    ExplicitChain chain;
    chain.kind = ExplicitChain::Kind::mse;
    chain.dimension = x["d"].get<long>(), chain.samples = reference::integer(x["n"]);
    check_near(chain, x["mse"]);
  }
}

TEST_CASE("the certified value is above the floating-point value at the same eps, and tends to it") {
  ExplicitChain chain;
  chain.dimension = 2, chain.samples = 100000000;
  const PrecisionScope guard(80);
  const ApproxExplicit approximate = approx_explicit_bound(chain, 0.25);
  const Rational radius = exact_rational(approximate.slope_radius);
  const double coarse = enclose_explicit_bound(chain, Rational(1, 4), radius, 100).mid_double();
  const double fine = enclose_explicit_bound(chain, Rational(1, 4), radius, 1000).mid_double();
  CHECK(fine < coarse);
  CHECK(approximate.value < fine * 1.0001);
  CHECK(fine < approximate.value * 1.02);
}

TEST_CASE("the lower bound of g stays below g and below its own ends on every cell") {
  const auto deviation = half_space_deviation(3, 1000000, Rational(1, 20));
  const auto at = [](const Rational& h) {
    return HalfSpace<Ball>{Ball(Rational(1 - h)), uniform_ball::tail(3, Ball(h)), uniform_ball::excess(3, Ball(h))};
  };
  for (int i = 0; i < 60; ++i) {
    const Rational left(100 - i, 100), right(99 - i, 100), middle(199 - 2 * i, 200);
    const Ball cell = deviation.weight_lower_bound(at(left), at(right));
    CHECK_FALSE(certainly_less(deviation.weight_lower_bound(at(middle), at(middle)), cell));
    CHECK(certainly_less(cell, uniform_ball::weight(3, Ball(right)) * Ball(2)));
    CHECK_FALSE(certainly_less(uniform_ball::weight(3, Ball(left)), cell));
  }
}

TEST_CASE("dichotomies of half-spaces") {
  CHECK(half_space_dichotomies(1, 7) == 14);
  CHECK(half_space_dichotomies(2, 4) == 14);  // all but the two XOR splits
  CHECK(half_space_dichotomies(5, 3) == 8);   // general position: every split
}

TEST_CASE("the explicit chain refuses what it cannot bound") {
  ExplicitChain chain;
  chain.eta = Rational(21, 10);
  CHECK_THROWS_WITH(require_valid(chain), Catch::Contains("Theta_flat is empty"));
  chain.eta = 2;
  CHECK_NOTHROW(require_valid(chain));
  chain.eta = 0;
  CHECK_THROWS_AS(require_valid(chain), PreconditionError);
  chain.eta = 1, chain.samples = 0;
  CHECK_THROWS_AS(require_valid(chain), PreconditionError);
  chain.samples = 5, chain.delta = 1;
  CHECK_THROWS_AS(require_valid(chain), PreconditionError);
  chain.delta = Rational(1, 20);
  CHECK_THROWS_AS(enclose_explicit_bound(chain, 1, Rational(1, 2)), PreconditionError);
  CHECK_FALSE(
      enclose_explicit_bound(chain, Rational(1, 2), Rational(1, 2)).is_finite());  // n = 5: g_lb is not positive
  CHECK(best_explicit_bound(chain).bound.status == BoundStatus::vacuous);
}
