#include "shatterproof/bounds/slab.hpp"

#include <cmath>

#include "reference.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"

using namespace shatterproof;
using reference::agrees;
using reference::rational;

TEST_CASE("the slab family meets the reference values") {
  const auto rows = reference::load("lower-bounds.json")["slab"];
  for (const auto& x : rows) {
    const MinimaxProblem problem{x["d"].get<long>(), reference::integer(x["n"]), rational(x["sigma"]), rational(x["M"]),
                                 100};
    const SlabFamily family =
        make_slab_family(problem, rational(x["h"]), x["K"].get<long>(), reference::integer(x["N"]));
    CAPTURE(problem.dimension);
    CHECK(agrees(Ball(Rational(family.caps * slab_seminorm(problem.dimension, family.depth, family.slabs))),
                 x["Vg_total"], 30));
    const auto norms = family.hat_norms2(), masses = family.slab_masses();
    for (std::size_t k = 0; k < norms.size(); ++k) {
      CHECK(agrees(norms[k], x["b"][k], 30));
      CHECK(agrees(masses[k], x["slab_mass"][k], 30));
    }
    CHECK(agrees(slab_mmse(family).value, x["bound_mmse"], 30));
    CHECK(agrees(slab_two_point(family).value, x["bound_2Q"], 30));
    CHECK(agrees(slab_sigma_free(family).value, x["bound_sigma_free"], 30));
    CHECK(agrees(slab_exp(family).value, x["bound_exp"], 30));
  }
}

TEST_CASE("hat norms against a plain rule, and their bounds in the proof") {
  for (long d : {1L, 2L, 4L, 7L}) {
    const SlabFamily family = make_slab_family({d, 10, 1, 1, 100}, Rational(1, 5), 7, 2);
    const auto norms = family.hat_norms2();
    const double width = 0.2 / 7, c1 = uniform_ball::approx::c1(d);
    for (int k = 0; k < 7; ++k) {
      double sum = 0;
      const int steps = 4000;
      for (int i = 0; i < steps; ++i) {
        const double u = (i + 0.5) / steps, depth = (k + u) * width, hat = 1 - std::abs(2 * u - 1);
        sum += hat * hat * std::pow(depth * (2 - depth), 0.5 * static_cast<double>(d - 1)) * width / steps;
      }
      CAPTURE(d, k);
      CHECK(norms[static_cast<std::size_t>(k)].mid_double() == Approx(c1 * sum).epsilon(1e-5));
    }
  }
}

TEST_CASE("the seminorm of a cap lies in its trapezoid bracket") {
  for (long d : {1L, 2L, 5L, 10L}) {
    for (long k : {1L, 2L, 9L}) {
      const Rational h(1, 3), total = slab_seminorm(d, h, k);
      const Rational least = 8 * k * k * power(h, d + 1) / (d + 3);
      CHECK(least <= total);
      CHECK(total <= least * (1 + Rational((d + 2) * (d + 3), 48 * k * k)));
    }
  }
}

TEST_CASE("a slab family keeps within the class and refuses what is not certified") {
  const SlabFamily family = make_slab_family({2, 100, 1, 1, 1}, Rational(1, 4), 50, 4);
  CHECK(family.amplitude < 1);
  CHECK(family.amplitude * family.caps * slab_seminorm(2, Rational(1, 4), 50) == 1);
  CHECK_THROWS_AS(make_slab_family({2, 100, 1, 1, 1}, Rational(1, 4), 5, 5), PreconditionError);
  CHECK_THROWS_AS(make_slab_family({2, 100, 1, 1, 1}, 0, 5, 1), PreconditionError);
  CHECK_THROWS_AS(make_slab_family({2, 100, 1, 1, 1}, Rational(5, 4), 5, 1), PreconditionError);
  CHECK_THROWS_AS(make_slab_family({2, 100, 1, 1, 1}, Rational(1, 4), 0, 1), PreconditionError);
  CHECK(slab_mmse(make_slab_family({2, 100, 0, 1, 1}, Rational(1, 4), 5, 4)).status == BoundStatus::vacuous);
  CHECK(slab_mmse(make_slab_family({2, 100, 1, 1, 0}, Rational(1, 4), 5, 4)).status == BoundStatus::not_applicable);
}
