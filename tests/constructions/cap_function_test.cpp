#include "constructions/common/cap_function.hpp"

#include <cmath>

#include "constructions/common/monte_carlo.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/flatness/lambda_max.hpp"
#include "shatterproof/network/evaluate.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"
#include "shatterproof/sphere/packing.hpp"
#include "support.hpp"

using namespace shatterproof;

namespace {

CapFunction make_function(long d, const Rational& eps, const Rational& amplitude, bool balanced) {
  CapFunction f;
  f.centres = std::make_shared<const CapCentres>(best_packing(d, eps).centres);
  f.h = eps * eps;
  f.amplitude = amplitude;
  f.scale = balanced ? balanced_scale(amplitude, f.h) : Rational(1);
  for (long j = 0; j < f.centres->count(); ++j) f.signs.push_back(j % 3 == 0 ? -1 : 1);
  return f;
}

}  // namespace

TEST_CASE("f_xi takes the value M xi_i at u_i, whatever the scale of the layers") {
  for (long d : {1L, 2L, 3L, 5L, 8L}) {
    for (bool balanced : {false, true}) {
      CAPTURE(d, balanced);
      const CapFunction f = make_function(d, Rational(1, 2), Rational(3, 2), balanced);
      const Network<Ball> network = ideal_network(f);
      const Matrix<Ball> u = f.centres->enclosures();
      for (long j = 0; j < f.centres->count(); ++j) {
        const Vector<Ball> centre = u.row(j).transpose();
        const Ball value = value_at(network, centre);
        CHECK(value.contains(Rational(f.signs[static_cast<std::size_t>(j)] * f.amplitude)));
        CHECK(value.radius().upper_double() < 1e-12);
      }
    }
  }
}

TEST_CASE("closed forms of norm, distance and seminorm by hand in d = 1 and d = 3") {
  const CapFunction f = make_function(1, Rational(1, 2), Rational(1), false);
  // d = 1: a = h/6, two ends.
  CHECK(norm2(f).contains(Rational(1, 12)));
  CHECK(canonical_seminorm(f) == 2 * Rational(1, 16));
  CapFunction g = make_function(3, Rational(1, 3), Rational(2), true), flipped = g;
  flipped.signs[1] = -flipped.signs[1];
  flipped.signs[4] = 0;
  const Rational h = g.h, a = h * h / 8 - h * h * h / 40;
  CHECK(squared_distance(g, flipped).contains(Rational((4 + 1) * 4 * a)));
  CHECK(canonical_seminorm(flipped) == (g.centres->count() - 1) * 2 * power(h, 4));
}

TEST_CASE("at h = 1 the two opposite caps are one ridge up to an affine function") {
  CapFunction f = make_function(3, Rational(1), Rational(1), false);
  REQUIRE(f.centres->count() == 2);
  f.signs = {1, 1};
  CHECK(canonical_seminorm(f) == 2);
  f.signs = {1, -1};
  CHECK(canonical_seminorm(f) == 0);
}

TEST_CASE("membership agrees with a direct test and with the cap mass") {
  const long d = 3, n = 4000;
  const CapFunction f = make_function(d, Rational(1, 3), Rational(1), false);
  const BallSample sample = sample_ball(n, d, 5);
  const CapMembership membership = cap_membership(*f.centres, f.h, sample);
  long inside = 0;
  for (long i = 0; i < n; ++i) {
    long found = -1;
    for (long j = 0; j < f.centres->count(); ++j) {
      double inner = 0;
      for (long k = 0; k < d; ++k) inner += f.centres->rounded(j)[k] * sample.point(i)[k];
      if (inner > 1 - f.h.get_d()) found = j;
    }
    CHECK(membership.cap_of[static_cast<std::size_t>(i)] == found);
    inside += found >= 0;
  }
  const double p = uniform_ball::cap_mass(d, Ball(f.h)).mid_double() * static_cast<double>(f.centres->count());
  CHECK(std::fabs(static_cast<double>(inside) - n * p) < 5 * std::sqrt(n * p * (1 - p)));
}

TEST_CASE("a sample on the boundary of a cap is never decided") {
  auto axis = [] {
    Matrix<Ball> u(1, 2);
    u(0, 0) = Ball(1), u(0, 1) = Ball(0);
    return u;
  };
  const CapCentres centres(axis);
  const BallSample tie{1, 2, {0.75, 0.0}, {0.75}};
  CHECK_THROWS_AS(cap_membership(centres, Rational(1, 4), tie), UndecidedError);
  const BallSample just_inside{1, 2, {std::nextafter(0.75, 1), 0.0}, {0.75}};
  CHECK(cap_membership(centres, Rational(1, 4), just_inside).counts[0] == 1);
  const BallSample just_outside{1, 2, {std::nextafter(0.75, 0), 0.0}, {0.75}};
  CHECK(cap_membership(centres, Rational(1, 4), just_outside).counts[0] == 0);
}

TEST_CASE("centres that are not known well enough are refused") {
  auto wide = [] {
    Matrix<Ball> u(1, 1);
    u(0, 0) = Ball::interval(Ball::decimal("0.9"), Ball(1));
    return u;
  };
  CHECK_THROWS_AS(CapCentres(wide), UndecidedError);
  CHECK_THROWS_AS(CapCentres(nullptr), PreconditionError);
}

TEST_CASE("values of the rounded network are exact, of the ideal one enclosed") {
  const CapFunction f = make_function(3, Rational(2, 5), Rational(1), true);
  const BallSample sample = sample_ball(300, 3, 11);
  const CapMembership membership = cap_membership(*f.centres, f.h, sample);
  const Network<Rational> rounded = rounded_network(f);
  const Vector<Rational> exact = exact_values(f, rounded, sample);
  const Vector<Ball> ideal = enclose_values(f, membership, sample);
  const Matrix<Rational> X = exact_matrix<Rational>(sample);
  for (long i = 0; i < sample.count; ++i) {
    const Vector<Rational> x = X.row(i).transpose();
    CHECK(value_at(rounded, x) == exact(i));
    CHECK(std::fabs(exact(i).get_d() - ideal(i).mid_double()) < 1e-13);
  }
}

TEST_CASE("the block enclosure of lambda_max contains the general one and meets the stated bound") {
  for (long d : {2L, 3L, 5L}) {
    CAPTURE(d);
    const CapFunction f = make_function(d, Rational(1, 2), Rational(1), true);
    const BallSample sample = sample_ball(60, d, 21);
    const CapMembership membership = cap_membership(*f.centres, f.h, sample);
    const GramBound blocks = enclose_lambda_max_of_interpolant(f, membership, sample);
    const BallProblem problem = [&] {
      return Problem<Ball>{ideal_network(f),
                           {exact_matrix<Ball>(sample), enclose_values(f, membership, sample), Ball(1)}};
    };
    const ActivationPattern pattern = activation_pattern(f, membership);
    const EigenvalueEnclosure general = enclose_lambda_max(problem, pattern, 12);
    CHECK(blocks.lambda_max.contains(general.value));
    CHECK(certainly_less_or_equal(blocks.lambda_max, blocks.stated_bound));
    const ActivationPattern direct = activation_pattern(problem);
    for (long i = 0; i < sample.count; ++i) {
      for (Eigen::Index k = 0; k < pattern.neurons(); ++k) CHECK(pattern.active(i, k) == direct.active(i, k));
    }
  }
}

TEST_CASE("Monte Carlo intervals contain the closed forms") {
  const CapFunction f = make_function(2, Rational(1, 2), Rational(2), false);
  CapFunction zero = f, flipped = f;
  for (int& sign : zero.signs) sign = 0;
  flipped.signs[0] = -flipped.signs[0];
  for (const CapFunction& g : {zero, flipped}) {
    const Estimate e = approx_squared_distance(f, g, 20000, 3);
    CHECK(e.lower < squared_distance(f, g).mid_double());
    CHECK(e.upper > squared_distance(f, g).mid_double());
    CHECK(e.upper - e.lower < 0.2);
    CHECK(e.samples == 20000);
  }
  CHECK_THROWS_AS(MeanEstimator(1).estimate(0.99), PreconditionError);
  // In high dimensions the batches shrink instead of running out of memory.
  CapFunction high;
  high.centres = std::make_shared<const CapCentres>([] {
    Matrix<Ball> u = Matrix<Ball>::Constant(1, 500, Ball(0));
    u(0, 0) = Ball(1);
    return u;
  });
  high.h = high.amplitude = high.scale = 1;
  high.signs = {1};
  CHECK(approx_squared_distance(high, high, 9000, 1).mean == 0);
}

TEST_CASE("sample points lie in the ball and depend only on the seed") {
  const BallSample a = sample_ball(500, 4, 1), b = sample_ball(500, 4, 1), c = sample_ball(500, 4, 2);
  CHECK(a.coordinates == b.coordinates);
  CHECK(a.coordinates != c.coordinates);
  const Matrix<Rational> X = exact_matrix<Rational>(a);
  for (long i = 0; i < a.count; ++i) {
    Rational norm2 = 0;
    for (long k = 0; k < 4; ++k) norm2 += X(i, k) * X(i, k);
    CHECK(norm2 <= 1);
  }
  CHECK_THROWS_AS(sample_ball(0, 2, 1), PreconditionError);
  CHECK_THROWS_AS(sample_ball(10, 0, 1), PreconditionError);
  CHECK_THROWS_AS(sample_ball(10'000'000, 10, 1), PreconditionError);
}
