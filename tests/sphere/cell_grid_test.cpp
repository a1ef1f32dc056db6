#include "shatterproof/sphere/cell_grid.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <set>

#include "shatterproof/core/error.hpp"
#include "shatterproof/core/random.hpp"
#include "shatterproof/sphere/exact_code.hpp"

using namespace shatterproof;

namespace {

std::vector<double> random_points(long d, long count, bool in_ball, std::uint64_t seed) {
  Random random(seed);
  std::vector<double> rows;
  for (long i = 0; i < count; ++i) {
    const std::vector<double> x = in_ball ? random.in_unit_ball(int(d)) : random.unit_vector(int(d));
    rows.insert(rows.end(), x.begin(), x.end());
  }
  return rows;
}

double inner(const double* x, const double* y, long d) {
  double sum = 0;
  for (long k = 0; k < d; ++k) sum += x[k] * y[k];
  return sum;
}

double distance(const double* x, const double* y, long d) {
  double sum = 0;
  for (long k = 0; k < d; ++k) sum += (x[k] - y[k]) * (x[k] - y[k]);
  return std::sqrt(sum);
}

/// N random integer vectors of length about 2^40.
ExactCode random_code(long d, long count, std::uint64_t seed) {
  const std::vector<double> rows = random_points(d, count, false, seed);
  ExactCode code;
  code.dimension = d;
  code.rational.resize(count, d);
  for (long i = 0; i < count * d; ++i) code.rational.data()[i] = std::llround(rows[std::size_t(i)] * 0x1p40);
  return code;
}

}  // namespace

TEST_CASE("the grid finds every point within its reach") {
  for (long d : {1L, 2L, 3L, 5L, 8L, 11L})
    for (double reach : {1e-3, 0.05, 0.3, 0.9, 2.5}) {
      const long count = 1500;
      const std::vector<double> rows = random_points(d, count, true, 3), queries = random_points(d, 60, true, 4);
      const CellGrid grid(rows.data(), std::size_t(count), d, reach);
      std::vector<std::uint32_t> found;
      for (long q = 0; q < 60; ++q) {
        const double* x = queries.data() + q * d;
        grid.near(x, 0.2, found);
        const std::set<std::uint32_t> ids(found.begin(), found.end());
        REQUIRE(ids.size() == found.size());
        for (long i = 0; i < count; ++i) {
          const double* p = rows.data() + i * d;
          const bool near = distance(x, p, d) <= reach && inner(x, p, d) >= 0.2;
          if (near) REQUIRE(ids.count(std::uint32_t(i)) == 1);
        }
        for (const std::uint32_t id : found) REQUIRE(inner(x, rows.data() + id * d, d) > 0.2 - 1e-5);
      }
    }
}

TEST_CASE("the grid meets each near pair once") {
  for (long d : {3L, 6L}) {
    const long count = 3000;
    const double reach = d == 3 ? 0.05 : 0.3, least = 1 - reach * reach / 2;
    const std::vector<double> rows = random_points(d, count, false, 8);
    const CellGrid grid(rows.data(), std::size_t(count), d, reach);
    std::multiset<std::pair<std::uint32_t, std::uint32_t>> met;
    std::vector<std::uint32_t> found;
    for (std::uint32_t position = 0; position < count; ++position) {
      grid.near_after(position, least, reach, found);
      for (const std::uint32_t other : found) met.insert(std::minmax(grid.id(position), other));
    }
    long near = 0;
    for (std::uint32_t i = 0; i < count; ++i)
      for (std::uint32_t j = i + 1; j < count; ++j) {
        REQUIRE(met.count({i, j}) <= 1);
        if (inner(rows.data() + i * d, rows.data() + j * d, d) < least) continue;
        ++near;
        REQUIRE(met.count({i, j}) == 1);
      }
    CHECK(near > 100);
  }
}

TEST_CASE("points on the borders of cells and equal points are found") {
  std::vector<double> rows;
  for (int i = -4; i <= 4; ++i)
    for (int j = -4; j <= 4; ++j)
      if (i * i + j * j <= 16) rows.insert(rows.end(), {i / 4.0, j / 4.0, i / 4.0, j / 4.0});  // each point twice
  const long count = long(rows.size()) / 2;
  const CellGrid grid(rows.data(), std::size_t(count), 2, 0.25);
  std::vector<std::uint32_t> found;
  for (long i = 0; i < count; ++i) {
    grid.near(rows.data() + 2 * i, -2, found);
    for (long j = 0; j < count; ++j)
      if (distance(rows.data() + 2 * i, rows.data() + 2 * j, 2) <= 0.25)
        REQUIRE(std::count(found.begin(), found.end(), std::uint32_t(j)) == 1);
  }
  const std::vector<std::uint32_t> order = grid.cell_order(rows.data(), std::size_t(count));
  CHECK(std::set<std::uint32_t>(order.begin(), order.end()).size() == std::size_t(count));
}

TEST_CASE("a point reported within a distance is there, and where none is reported the grid tells all near ones") {
  for (const auto& [d, reach] : {std::pair{2L, 0.3}, {3L, 0.1}, {5L, 0.5}, {9L, 0.9}}) {
    const long count = 3000;
    Random random(17);
    std::vector<double> rows;
    for (long i = 0; i < count; ++i)
      for (double c : random.unit_vector(int(d))) rows.push_back(c * (1 - 0x1p-50));
    const CellGrid grid(rows.data(), std::size_t(count), d, reach);
    std::vector<std::uint32_t> found, near;
    long met = 0;
    for (long i = 0; i < 500; ++i) {
      std::vector<double> x = random.unit_vector(int(d));
      for (double& c : x) c *= 1 - 0x1p-50;
      double nearest = 4;
      for (long j = 0; j < count; ++j) nearest = std::min(nearest, distance(x.data(), rows.data() + j * d, int(d)));
      grid.near(x.data(), -2, near);
      for (const double within : {0.0, nearest * (1 - 1e-12), nearest, nearest + 1e-5, reach}) {
        const bool is_within = grid.near_or_within(x.data(), -2, within, found);
        met += is_within;
        if (is_within) REQUIRE(nearest <= within);
        if (within >= nearest + 1e-5 && within <= reach) REQUIRE(is_within);
        if (!is_within) REQUIRE(found == near);
      }
    }
    CHECK(met > 0);
  }
}

TEST_CASE("the grid refuses what is not in the ball") {
  const double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
  for (double bad : {nan, infinity, -infinity, 1.001, 1e300}) {
    const std::vector<double> rows = {0.5, 0.5, 0, bad};
    CHECK_THROWS_AS(CellGrid(rows.data(), 2, 2, 0.1), PreconditionError);
    const CellGrid grid(rows.data(), 1, 2, 0.1);
    std::vector<std::uint32_t> found;
    CHECK_THROWS_AS(grid.near(rows.data() + 2, 0, found), PreconditionError);
  }
  const double x = 0;
  CHECK_THROWS_AS(CellGrid(&x, 1, 1, 0), PreconditionError);
  CHECK_THROWS_AS(CellGrid(&x, 1, 1, nan), PreconditionError);
  CHECK(CellGrid(&x, 0, 1, 0.1).size() == 0);
}

TEST_CASE("tangent pairs are decided in integers, one moved inside by a relative 1e-15 is named") {
  const ExactCode code = random_code(6, 20000, 2);
  for (const double s : {0.9, 0.999}) {
    const Separation test = certify_separation(code, exact_rational(s));
    CHECK_FALSE(test.certified);
    CHECK(certainly_less(Ball(exact_rational(s)), test.closest));
    CHECK(test.first < test.second);
  }
  ExactCode axes;
  axes.dimension = 40;
  axes.rational = IntegerMatrix::Zero(40, 40);
  constexpr std::int64_t kLong = std::int64_t(1) << 49;
  for (long i = 0; i < 40; ++i) axes.rational(i, i) = kLong;
  CHECK(certify_separation(axes, 0).certified);
  CHECK_FALSE(certify_separation(axes, 0, Caps::closed).certified);
  CHECK(certify_separation(axes, parse_rational("1e-30"), Caps::closed).certified);
  axes.rational(17, 23) = 1;  // inner product 2^-49 with vector 23, about 1.8e-15
  const Separation moved = certify_separation(axes, 0);
  CHECK_FALSE(moved.certified);
  CHECK((moved.first == 17 && moved.second == 23));
  axes.rational(17, 23) = -1;
  CHECK(certify_separation(axes, 0).certified);
}

TEST_CASE("the grid and looking at all pairs agree on random codes") {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    const long d = 3 + long(seed % 4), count = 4000;
    ExactCode code = random_code(d, count, seed);
    // Greedy thinning in doubles, with room: then one pair at a random place is pushed together or not.
    const double s = 1 - 0.002 * double(d * d);
    std::vector<long> kept;
    const auto row = [&](long i) { return (code.rational.row(i).cast<double>() / 0x1p40).eval(); };
    for (long i = 0; i < count && kept.size() < 3500; ++i)
      if (std::all_of(kept.begin(), kept.end(), [&](long j) { return row(i).dot(row(j)) < s - 1e-9; }))
        kept.push_back(i);
    ExactCode thin;
    thin.dimension = d;
    thin.rational.resize(long(kept.size()), d);
    for (long i = 0; i < thin.size(); ++i) thin.rational.row(i) = code.rational.row(kept[std::size_t(i)]);
    CHECK(certify_separation(thin, exact_rational(s)).certified);
    const long first = 1 + long(seed), second = thin.size() - 2;
    thin.rational.row(second) = thin.rational.row(first);
    const Separation equal = certify_separation(thin, exact_rational(s));
    CHECK_FALSE(equal.certified);
    CHECK((equal.first == first && equal.second == second));
  }
}
