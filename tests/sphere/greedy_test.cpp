#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "shatterproof/core/error.hpp"
#include "shatterproof/core/random.hpp"
#include "shatterproof/sphere/cap_finder.hpp"
#include "shatterproof/sphere/greedy_packing.hpp"
#include "shatterproof/sphere/latitude_code.hpp"
#include "shatterproof/sphere/packing_bounds.hpp"

using namespace shatterproof;

namespace {

std::vector<double> unit_vectors(long d, long count, std::uint64_t seed) {
  Random random(seed);
  std::vector<double> rows;
  for (long i = 0; i < count; ++i) {
    const std::vector<double> x = random.unit_vector(int(d));
    rows.insert(rows.end(), x.begin(), x.end());
  }
  return rows;
}

double dot(const double* x, const double* y, long d) {
  double sum = 0;
  for (long k = 0; k < d; ++k) sum += x[k] * y[k];
  return sum;
}

}  // namespace

TEST_CASE("greedy packing in batches keeps what the sequential rule keeps") {
  for (const auto& [d, limit] : {std::pair{2L, 0.99}, {3L, 0.99}, {3L, 0.9999}, {5L, 0.9}, {8L, 0.75}, {11L, 0.5}}) {
    const long count = 15000;
    const std::vector<double> points = unit_vectors(d, count, 6);
    std::vector<double> kept;
    for (long i = 0; i < count; ++i) {
      const double* x = points.data() + i * d;
      bool close = false;
      for (std::size_t j = 0; j < kept.size() && !close; j += std::size_t(d))
        close = dot(x, kept.data() + j, d) > limit;
      if (!close) kept.insert(kept.end(), x, x + d);
    }
    GreedyPacking greedy(d, limit);
    CHECK(greedy.offer(points.data(), std::size_t(count), std::size_t(count)) == std::size_t(count));
    CHECK(greedy.rows() == kept);
    GreedyPacking stopped(d, limit);
    const std::size_t looked_at = stopped.offer(points.data(), std::size_t(count), 50);
    CHECK(stopped.size() == std::min<std::size_t>(50, greedy.size()));
    CHECK(looked_at <= std::size_t(count));
  }
}

TEST_CASE("greedy packing refuses what is not a unit vector, and keeps nothing of it") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (double bad : {0.0, 0.999, 1 - 1e-9, 1 + 1e-9, 1.5, nan}) {
    const std::vector<double> points = {1, 0, 0, bad};
    GreedyPacking greedy(2, 0.5);
    CHECK_THROWS_WITH(greedy.offer(points.data(), 2, 2), Catch::Contains("point 1 "));
    CHECK(greedy.size() == 0);
  }
}

TEST_CASE("points nearer to the limit than float tells are decided as in double") {
  for (const double limit : {-0.5, 0.5, 1 - 1e-6, 1 - 1e-10, 1 - 1e-13}) {
    const double sine = std::sqrt(1 - limit * limit);
    for (const double move : {-1e-15, -1e-9, 0.0, 1e-9, 1e-15}) {
      const double angle = std::atan2(sine, limit) + move;
      const std::vector<double> first = {1, 0}, second = {std::cos(angle), std::sin(angle)};
      GreedyPacking greedy(2, limit);
      greedy.offer(first.data(), 1, 2);
      greedy.offer(second.data(), 1, 2);
      CHECK(greedy.size() == (std::cos(angle) > limit ? 1 : 2));
    }
  }
}

TEST_CASE("a greedy code is certified, and one with less room is not") {
  const Rational s(9, 10);
  const ExactCode code = greedy_code(4, s, 100000, 20000, 1);
  CHECK(code.size() > 100);
  CHECK(certify_separation(code, s).certified);
  CHECK(certify_separation(code, s, Caps::closed).certified);
  CHECK_FALSE(certify_separation(code, Rational(88, 100)).certified);
  CHECK(greedy_code(4, s, 10, 20000, 1).size() == 10);
}

TEST_CASE("the cap finder agrees with the decoder of the layers, also at the rim") {
  for (const auto& [d, eps] : {std::pair{3L, "1/30"}, {4L, "1/10"}, {6L, "1/5"}, {8L, "1/3"}}) {
    const LatitudeCode code(d, parse_rational(eps));
    std::vector<double> rows(std::size_t(code.size() * d)), points;
    code.approx_centres(rows.data());
    Random random(4);
    const long count = 20000;
    for (long i = 0; i < count; ++i) {
      const std::vector<double> x = random.in_unit_ball(int(d));
      const double stretch = i % 2 == 0 ? 1 : (1 - 1e-15) / std::sqrt(dot(x.data(), x.data(), d));
      for (double c : x) points.push_back(c * stretch);
    }
    const Rational h = code.eps() * code.eps();
    const CapFinder finder({rows.data(), code.size(), d, h, double((d + 2) * (d + 2)) * 0x1p-48});
    long doubtful = 0;
    const auto is_inside = [&](long j, const double* x) { return ++doubtful, code.find(x).cap == j; };
    const std::vector<std::int32_t> caps = finder.caps_of(points.data(), count, is_inside);
    long inside = 0;
    for (long i = 0; i < count; ++i) {
      REQUIRE(caps[std::size_t(i)] == code.find(points.data() + i * d).cap);
      inside += caps[std::size_t(i)] >= 0;
    }
    CHECK(inside > 100);
  }
}

TEST_CASE("overlapping caps and points outside the ball are reported") {
  const std::vector<double> rows = {1, 0, 0, 0.8, 0.6, 0};
  const CapFinder finder({rows.data(), 2, 3, Rational(1, 2), 0x1p-48});
  const std::vector<double> between = {0.9, 0.3, 0}, outside = {1.2, 0, 0};
  const auto never = [](long, const double*) { return false; };
  CHECK_THROWS_AS(finder.caps_of(between.data(), 1, never), PreconditionError);
  CHECK_THROWS_AS(finder.caps_of(outside.data(), 1, never), PreconditionError);
  const std::vector<double> inside = {0.6, -0.1, 0};
  CHECK(finder.caps_of(inside.data(), 1, never).front() == 0);
  CHECK_THROWS_AS(CapFinder({rows.data(), 2, 3, 0, 0x1p-48}), PreconditionError);
}
