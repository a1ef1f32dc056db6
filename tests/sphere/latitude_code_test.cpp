#include "shatterproof/sphere/latitude_code.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "shatterproof/core/error.hpp"
#include "shatterproof/core/random.hpp"
#include "shatterproof/sphere/exact_code.hpp"
#include "shatterproof/sphere/layered_code.hpp"
#include "shatterproof/sphere/packing_bounds.hpp"

using namespace shatterproof;

namespace {

Matrix<Ball> all_centres(const LatitudeCode& code) {
  Matrix<Ball> centres(code.size(), code.dimension());
  for (long i = 0; i < centres.rows(); ++i) {
    const std::vector<Ball> row = code.enclose_centre(i);
    for (long k = 0; k < centres.cols(); ++k) centres(i, k) = row[std::size_t(k)];
  }
  return centres;
}

/// Every cap is looked at, in balls of 256 bits.
long cap_by_brute_force(const Matrix<Ball>& centres, const Rational& eps, const std::vector<double>& x) {
  long found = -1;
  for (long i = 0; i < centres.rows(); ++i) {
    Ball excess = Ball(Rational(eps * eps)) - Ball(1);
    for (long k = 0; k < centres.cols(); ++k) excess += centres(i, k) * Ball::exact(x[std::size_t(k)]);
    if (certainly_less_or_equal(excess, Ball(0))) continue;
    REQUIRE(certainly_positive(excess));
    REQUIRE(found == -1);
    found = i;
  }
  return found;
}

std::vector<double> in_ball(std::vector<double> x) {
  double squares = 0;
  for (double c : x) squares += c * c;
  if (squares > 1)
    for (double& c : x) c *= (1 - 0x1p-51) / std::sqrt(squares);
  return x;
}

/// Points at angle theta (1 + shift) from a centre, up to rounding.
std::vector<double> near_rim(const LatitudeCode& code, long cap, double shift, Random& random) {
  const auto d = std::size_t(code.dimension());
  std::vector<double> u(d), v = random.unit_vector(int(d));
  code.approx_centre(cap, u.data());
  double along = 0, rest = 0;
  for (std::size_t k = 0; k < d; ++k) along += u[k] * v[k];
  for (std::size_t k = 0; k < d; ++k) v[k] -= along * u[k], rest += v[k] * v[k];
  const double angle = 2 * std::asin(code.eps().get_d() / std::sqrt(2.0)) * (1 + shift);
  for (std::size_t k = 0; k < d; ++k) u[k] = std::cos(angle) * u[k] + std::sin(angle) / std::sqrt(rest) * v[k];
  return in_ball(u);
}

}  // namespace

TEST_CASE("the centres of the latitude code are unit vectors at angle 2 theta or more, in balls") {
  const PrecisionScope scope(128);
  for (const auto& [d, eps] : {std::pair{3L, "1/20"}, {4L, "1/7"}, {5L, "1/4"}, {6L, "3/10"}, {8L, "2/5"}}) {
    const LatitudeCode code(d, parse_rational(eps));
    const Matrix<Ball> centres = all_centres(code);
    const Ball most(cosine_of_separation(code.eps()));
    for (long i = 0; i < centres.rows(); ++i) {
      CHECK((centres.row(i) * centres.row(i).transpose())(0, 0).contains(Rational(1)));
      for (long j = 0; j < i; ++j) REQUIRE(certainly_less((centres.row(i) * centres.row(j).transpose())(0, 0), most));
    }
  }
}

TEST_CASE("the latitude code has about as many points as circles of latitude hold") {
  const LatitudeCode code(3, Rational(1, 100));
  const double x = std::sin(2 * std::asin(0.01 / std::sqrt(2.0))), f = 2 * std::asin(x), pi = 4 * std::atan(1.0);
  double most = 0;
  for (const double start : {pi / 2, (pi - f) / 2}) {  // a circle on the equator, or two beside it
    double points = 0;
    for (double a = start; a > 0; a -= f) {
      const double on_circle = std::sin(a) <= x ? 1 : std::floor(pi / std::asin(x / std::sin(a)));
      points += (a == pi / 2 ? 1 : 2) * on_circle;
    }
    most = std::max(most, points);
  }
  CHECK(double(code.size()) > 0.999 * most);
  CHECK(double(code.size()) < 1.001 * most);
  CHECK(Integer(code.size()) < best_upper_bound(3, Rational(1, 100)).count);
}

TEST_CASE("a row of the latitude code is the same by index, in the list and enclosed") {
  for (const auto& [d, eps] : {std::pair{3L, "1/50"}, {5L, "1/6"}, {7L, "1/4"}}) {
    const LatitudeCode code(d, parse_rational(eps));
    std::vector<double> rows(std::size_t(code.size() * d)), row(static_cast<std::size_t>(d));
    code.approx_centres(rows.data());
    for (long i = 0; i < code.size(); i += 1 + code.size() / 300) {
      code.approx_centre(i, row.data());
      const std::vector<Ball> centre = code.enclose_centre(i);
      for (long k = 0; k < d; ++k) {
        const double value = rows[std::size_t(i * d + k)];
        REQUIRE(row[std::size_t(k)] == value);
        const double error = abs(centre[std::size_t(k)] - Ball::exact(value)).upper_double();
        REQUIRE(error < double(d + 2) * 0x1p-49);
      }
    }
    CHECK_THROWS_AS(code.enclose_centre(code.size()), PreconditionError);
    CHECK_THROWS_AS(code.enclose_centre(-1), PreconditionError);
  }
}

TEST_CASE("the decoder agrees with looking at every cap, also at the rim") {
  const PrecisionScope scope(256);
  Random random(5);
  for (const auto& [d, eps] : {std::pair{3L, "1/8"}, {4L, "1/4"}, {5L, "1/4"}, {6L, "7/20"}, {8L, "9/20"}}) {
    const LatitudeCode code(d, parse_rational(eps));
    const Matrix<Ball> centres = all_centres(code);
    long inside = 0, by_balls = 0;
    const auto check = [&](const std::vector<double>& x) {
      const LatitudeCode::Place place = code.find(x.data());
      REQUIRE(place.cap == cap_by_brute_force(centres, code.eps(), x));
      inside += place.cap >= 0, by_balls += place.by_balls;
    };
    for (int i = 0; i < 200; ++i) check(in_ball(random.unit_vector(int(d)))), check(random.in_unit_ball(int(d)));
    for (int i = 0; i < 150; ++i) {
      const auto cap = long(random.below(std::uint64_t(code.size())));
      for (double shift : {0.0, 1e-15, -1e-15, 1e-7, -1e-7}) check(near_rim(code, cap, shift, random));
      std::vector<double> x = near_rim(code, cap, 0, random);
      double& c = x[random.below(x.size())];
      c = std::nextafter(c, 0);
      check(x);
    }
    CHECK(inside > 300);
    CHECK(by_balls > 200);
  }
}

TEST_CASE("a point exactly on the rim of an open cap is in no cap, one step inside it is") {
  const LatitudeCode code(3, Rational(1, 4));
  int axes = 0;
  for (long i = 0; i < code.size(); ++i) {
    const std::vector<Ball> centre = code.enclose_centre(i);
    if (!std::all_of(centre.begin(), centre.end(), [](const Ball& c) { return c.is_exact(); })) continue;
    ++axes;  // an end of an axis: its rim is 1 - h = 15/16
    std::vector<double> x(3), step(3);
    for (std::size_t k = 0; k < 3; ++k)
      x[k] = 15.0 / 16 * centre[k].mid_double(), step[k] = std::nextafter(x[k], 2 * x[k]);
    const LatitudeCode::Place rim = code.find(x.data()), inside = code.find(step.data());
    CHECK(rim.cap == -1);
    CHECK(rim.by_balls);
    CHECK(inside.cap == i);
  }
  CHECK(axes == 4);
}

TEST_CASE("the decoder finds each centre, and nothing at the origin or in the gaps") {
  const LatitudeCode code(6, Rational(1, 5));
  std::vector<double> x(6);
  for (long i = 0; i < code.size(); i += 7) {
    code.approx_centre(i, x.data());
    REQUIRE(code.find(in_ball(x).data()).cap == i);
  }
  CHECK(code.find(std::vector<double>(6, 0.0).data()).cap == -1);
  CHECK(code.find(std::vector<double>(6, 0.39).data()).cap == -1);  // |x| < 1 - h
}

TEST_CASE("the latitude code refuses what it cannot decide") {
  CHECK_THROWS_AS(LatitudeCode(2, Rational(1, 4)), PreconditionError);
  CHECK_THROWS_AS(LatitudeCode(25, Rational(1, 4)), PreconditionError);
  CHECK_THROWS_AS(LatitudeCode(3, Rational(1, 5000)), PreconditionError);
  CHECK_THROWS_AS(LatitudeCode(3, Rational(3, 4)), PreconditionError);
  CHECK_THROWS_AS(LatitudeCode(24, Rational(1, 100)), PreconditionError);
  const LatitudeCode code(3, Rational(1, 4));
  const double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
  for (const auto& bad : {std::vector<double>{nan, 0, 0}, {0, 0, nan}, {infinity, 0, 0}, {0.8, 0.6, 1e-3}})
    CHECK_THROWS_AS(code.find(bad.data()), PreconditionError);
}
