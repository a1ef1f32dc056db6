#include <catch2/catch.hpp>
#include <cmath>

#include "shatterproof/core/error.hpp"
#include "shatterproof/sphere/optimise_code.hpp"
#include "shatterproof/sphere/rounded_code.hpp"

using namespace shatterproof;

namespace {

double proved_cosine(long d, long n, const OptimiserEffort& effort) {
  const ExactCode code = rounded_code(approx_best_code(d, n, effort));
  REQUIRE(code.size() == n);
  const Rational s = proved_max_cosine(code);
  CHECK(certify_separation(code, s).certified);
  CHECK_FALSE(certify_separation(code, Rational(s - Rational(1, Integer(1) << 42))).certified);
  return s.get_d();
}

}  // namespace

TEST_CASE("the optimiser reaches the best known codes on S^2") {
  // Angles in degrees of the best known 5..20 points (N. J. A. Sloane's tables of spherical codes).
  const double angles[] = {90,         90,         77.8695422, 74.8584922, 70.5287794, 66.1468220,
                           63.4349488, 63.4349488, 57.1367031, 55.6705700, 53.6578501, 52.2443957,
                           51.0903285, 49.5566548, 47.6919141, 47.4310362};
  for (long n = 5; n <= 20; ++n) {
    CAPTURE(n);
    const double best = std::cos(angles[n - 5] * std::atan(1.0) / 45);
    CHECK(proved_cosine(3, n, {1, n == 13 || n == 18 ? 60 : 24}) <= best + 1.5e-9);  // the angles have 7 decimals
  }
}

TEST_CASE("the optimiser reaches the optimal codes of 10, 16 and 27 points") {
  CHECK(proved_cosine(4, 10, {1, 2}) <= 1.0 / 6 + 1e-9);
  CHECK(proved_cosine(5, 16, {1, 2}) <= 1.0 / 5 + 1e-9);
  CHECK(proved_cosine(6, 27, {1, 1}) <= 1.0 / 4 + 1e-9);
}

TEST_CASE("the optimiser: same seed, same points; bad input is refused") {
  const OptimiserEffort effort{7, 2};
  CHECK(approx_best_code(4, 9, effort) == approx_best_code(4, 9, effort));
  CHECK(approx_best_code(3, 2, {1, 1}).rows() == 2);
  CHECK(proved_cosine(10, 300, {1, 1}) < 0.55);  // a large code: no two points fall together
  CHECK_THROWS_AS(approx_best_code(1, 2), PreconditionError);
  CHECK_THROWS_AS(approx_best_code(11, 20), PreconditionError);
  CHECK_THROWS_AS(approx_best_code(3, 1), PreconditionError);
  CHECK_THROWS_AS(approx_best_code(3, 2001), PreconditionError);
  CHECK_THROWS_AS(approx_best_code(3, 10, {1, -1}), PreconditionError);
}
