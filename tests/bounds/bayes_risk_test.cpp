#include "shatterproof/bounds/bayes_risk.hpp"

#include <cmath>

#include "reference.hpp"
#include "shatterproof/bounds/sech_integral.hpp"
#include "shatterproof/core/random.hpp"
#include "shatterproof/numeric/bpsk.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"

using namespace shatterproof;
using reference::agrees;
using reference::integer;
using reference::rational;

namespace {

CubePrior prior_with_amplitude(const nlohmann::json& x) {
  // The reference fixes the amplitude M; a large C leaves M = B.
  const MinimaxProblem problem{x["d"].get<long>(), integer(x["n"]), rational(x["sigma"]), rational(x["M"]), 1000000};
  return make_cube_prior(problem, rational(x["eps"]), integer(x["N"]));
}

}  // namespace

TEST_CASE("exact Bayes risk meets the reference values") {
  const PrecisionScope guard(80);
  const auto rows = reference::load("lower-bounds.json")["bayes_exact"];
  for (const auto& x : rows) {
    const CubePrior prior = prior_with_amplitude(x);
    CAPTURE(x["d"].get<long>());
    const Ball value = exact_bayes_risk(prior);
    CHECK(agrees(value, x["value_P"], 17));
    CHECK(agrees(value * uniform_ball::volume(prior.problem.dimension), x["value_leb"], 17));
    CHECK(value.contains(rational(x["value_P"])));
    const ApproxBayesInput input{prior.problem.dimension,
                                 prior.depth().mid_double(),
                                 prior.problem.samples.get_d(),
                                 prior.amplitude.get_d() / prior.problem.sigma.get_d(),
                                 prior.caps.get_d(),
                                 prior.energy_per_cap().mid_double(),
                                 prior.cap_mass().mid_double()};
    CHECK(approx_bayes_risk(input) == Approx(value.mid_double()).epsilon(1e-5));
  }
}

TEST_CASE("the sech integral reproduces the BPSK error") {
  for (const char* s : {"0.01", "1", "30", "2000"}) {
    const Ball half = Ball::decimal(s) / Ball(2);
    const Ball integral = enclose_sech_integral({[&](const Ball& w) { return exp(-half * (Ball(1) + square(w))); },
                                                 [&](const Ball& a) { return exp(-half * (Ball(1) - square(a))); }});
    CAPTURE(s);
    CHECK(integral.overlaps(bpsk_mmse(Ball::decimal(s))));
    CHECK(integral.accuracy_bits() > 90);
  }
}

TEST_CASE("the Laplace deficit against a plain rule and its limits") {
  for (long d : {1L, 2L, 3L, 6L}) {
    const Rational h(1, 4);
    const double c1 = uniform_ball::approx::c1(d), alpha = 0.5 * static_cast<double>(d - 1);
    double sum = 0;  // midpoint rule in r, depth h r^2
    const int steps = 20000;
    for (int i = 0; i < steps; ++i) {
      const double r = (i + 0.5) / steps, depth = 0.25 * r * r, phi = 1 - r * r;
      sum += (1 - std::exp(-2 * phi * phi)) * std::pow(depth * (2 - depth), alpha) * 0.5 * r / steps;
    }
    CAPTURE(d);
    CHECK(atom_laplace_deficit(d, Ball(h), Ball(2)).mid_double() == Approx(c1 * sum).epsilon(1e-7));
    // c -> 0: the deficit is c a(h); c -> infinity: it is the cap mass.
    const Ball tiny = Ball::decimal("1e-30");
    CHECK((atom_laplace_deficit(d, Ball(h), tiny) / tiny / uniform_ball::atom_norm2(d, Ball(h))).mid_double() ==
          Approx(1));
    CHECK(certainly_less(atom_laplace_deficit(d, Ball(h), Ball::decimal("1e6")), uniform_ball::cap_mass(d, Ball(h))));
  }
  CHECK_FALSE(atom_laplace_deficit(2, Ball(2), Ball(1)).is_finite());
  CHECK_FALSE(atom_laplace_deficit(2, Ball(Rational(1, 4)), Ball(-1)).is_finite());
  CHECK_FALSE(atom_laplace_deficit(2, Ball(Rational(1, 4)), Ball::indeterminate()).is_finite());
}

TEST_CASE("the Bayes risk agrees with a simulation of the posterior mean") {
  // d = 2, eps = 1/2, n = 60, sigma = 1/2: one cap suffices, the others are copies of it.
  const CubePrior prior = make_cube_prior({2, 60, Rational(1, 2), 1, 1000}, Rational(1, 2), 1);
  const PrecisionScope guard(64);
  const double exact = exact_bayes_risk(prior).mid_double() / prior.energy_per_cap().mid_double();
  Random random(11);
  const int runs = 20000;
  double sum = 0, squares = 0;
  for (int run = 0; run < runs; ++run) {
    double log_odds = 0;  // the posterior mean of xi given data from xi = 1 is tanh of it
    for (int i = 0; i < 60; ++i) {
      const double phi = (random.in_unit_ball(2)[0] - 0.75) / 0.25;
      if (phi > 0) log_odds += 4 * phi * (phi + 0.5 * random.normal());
    }
    const double error = 1 - std::tanh(log_odds);
    sum += error, squares += error * error;
  }
  const double mean = sum / runs, deviation = std::sqrt((squares / runs - mean * mean) / runs);
  CAPTURE(mean, exact, deviation);
  CHECK(std::abs(mean - exact) < 5 * deviation);
}
