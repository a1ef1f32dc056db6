#include "shatterproof/sphere/caps_by_count.hpp"

#include <Eigen/QR>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "shatterproof/core/error.hpp"
#include "shatterproof/sphere/explicit_codes.hpp"
#include "shatterproof/sphere/packing_bounds.hpp"
#include "shatterproof/sphere/rounded_code.hpp"
#include "shatterproof/sphere/usable_eps.hpp"

using namespace shatterproof;

TEST_CASE("usable eps is the last decimal at which the caps are disjoint") {
  const Rational step = power(Rational(10), -kUsableEpsDigits);
  for (long d : {2, 3, 4, 5, 8, 24})
    for (const ExplicitCode& code : explicit_codes(d)) {
      const Rational eps = usable_eps(code.max_cosine);
      CAPTURE(d, code.name, decimal_text(eps));
      CHECK(code.max_cosine.is_at_most(cosine_of_separation(eps)));
      if (eps < 1) CHECK_FALSE(code.max_cosine.is_at_most(cosine_of_separation(Rational(eps + step))));
      CHECK(parse_rational(decimal_text(eps)) == eps);
    }
  ExactCosine eighth;
  eighth.a = Rational(1, 8);
  CHECK(usable_eps(eighth) == Rational(1, 2));  // exact: not lost by rounding down
  eighth.a = 1;
  CHECK_THROWS_AS(usable_eps(eighth), PreconditionError);
  eighth.a = -2;
  CHECK_THROWS_AS(usable_eps(eighth), PreconditionError);
}

TEST_CASE("polygons: N corners fit at their eps and no longer just above") {
  for (long n : {2, 3, 4, 5, 7, 12, 1000}) {
    const Rational eps = usable_polygon_eps(n);
    CHECK(best_upper_bound(2, eps).count == n);
    if (n > 2) CHECK(best_upper_bound(2, Rational(eps + power(Rational(10), -28))).count == n - 1);
  }
}

TEST_CASE("families for a count hold that many caps, and no more than the upper bound allows") {
  for (long d : {2, 3, 4, 5, 8})
    for (long n : {2, 5, 12, 25, 240, 1000}) {
      CAPTURE(d, n);
      const auto families = families_for_count(d, n);
      REQUIRE_FALSE(families.empty());
      const PackingFamily& best = families.front();
      const Packing packing = best_packing(d, best.usable_eps, {best.name, 2000});
      CHECK(packing.certified);
      CHECK(packing.count >= n);
      const Rational too_large = eps_without_room(d, n);
      CHECK(best.usable_eps <= too_large);
      if (too_large < 1) CHECK(best_upper_bound(d, too_large).count < n);
    }
  CHECK(families_for_count(3, 12).front().name == "icosahedron");
  CHECK(families_for_count(24, 196560).front().usable_eps < eps_without_room(24, 196560));
  CHECK_THROWS_AS(families_for_count(3, 1), PreconditionError);
  CHECK_THROWS_AS(families_for_count(1, 3), PreconditionError);
  CHECK_THROWS_AS(families_for_count(0, 3), PreconditionError);
  CHECK_THROWS_AS(eps_without_room(3, Integer("10000000000000000")), PreconditionError);
}

TEST_CASE("rounded codes: duplicates, near duplicates and points off the sphere are refused") {
  Matrix<double> points(3, 3);
  points << 1, 0, 0, 0, 1, 0, 0, 1, 0;
  CHECK_THROWS_AS(proved_max_cosine(rounded_code(points)), PreconditionError);
  points(2, 2) = 1e-9;
  CHECK_THROWS_AS(proved_max_cosine(rounded_code(points)), PreconditionError);
  points.row(2) << 0, 0, 0;
  CHECK_THROWS_AS(rounded_code(points), PreconditionError);
  points(2, 2) = std::numeric_limits<double>::quiet_NaN();
  CHECK_THROWS_AS(rounded_code(points), PreconditionError);
  points.row(2) << 0, 0, 1;
  const Rational s = proved_max_cosine(rounded_code(points));
  CHECK(s >= 0);
  CHECK(s <= Rational(1, Integer(1) << 43));
}

TEST_CASE("many pairs at the same angle up to rounding: the proved cosine is above all of them") {
  // The roots of E8 turned by a generic rotation and rounded: thousands of pairs within 1e-13 of 1/2.
  Matrix<double> turn(8, 8);
  for (long i = 0; i < 8; ++i)
    for (long k = 0; k < 8; ++k) turn(i, k) = std::sin(double(3 * i * i + 7 * k + i * k + 1));
  const Matrix<double> rotation = Eigen::HouseholderQR<Matrix<double>>(turn).householderQ();
  const Matrix<double> roots = approx_centres(shell_code(Lattice::e8, 8, 1, 300));
  for (long rows : {240, 200, 150, 100, 60}) {
    const ExactCode code = rounded_code(Matrix<double>(roots.topRows(rows) * rotation));
    const Rational s = proved_max_cosine(code);
    CHECK(certify_separation(code, s).certified);
    CHECK(s > Rational(1, 2) - Rational(1, Integer(1) << 42));
    CHECK(s < Rational(1, 2) + Rational(1, Integer(1) << 42));
  }
}

TEST_CASE("a code brought from elsewhere is certified or its closest pair is named") {
  ExactCode code = icosahedron_code();
  const Rational below = parse_rational("0.386"), above = parse_rational("0.387");
  CHECK(packing_of_code(code, below, "mine").certified);
  const Packing refused = packing_of_code(code, above, "mine");
  CHECK_FALSE(refused.certified);
  CHECK(refused.certificate.find("too close") != std::string::npos);
}
