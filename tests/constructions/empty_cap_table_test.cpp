#include "constructions/empty_caps/empty_cap_table.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "shatterproof/core/error.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"
#include "shatterproof/sphere/packing.hpp"

using namespace shatterproof;

TEST_CASE("streamed samples fill each cap as its mass says") {
  for (const auto& [d, eps] : {std::pair{2L, "1/5"}, {3L, "1/4"}, {5L, "2/5"}, {8L, "9/20"}}) {
    const Packing packing = best_packing(d, parse_rational(eps));
    const CapCentres centres(packing.centres);
    const Rational h = packing.eps * packing.eps;
    const long n = 300000;
    const std::vector<std::uint32_t> counts = stream_cap_counts(centres, h, n, 11);
    REQUIRE(long(counts.size()) == centres.count());
    const double inside = std::accumulate(counts.begin(), counts.end(), 0.0);
    const double p = double(centres.count()) * uniform_ball::cap_mass(d, Ball(h)).mid_double();
    CHECK(std::fabs(inside - n * p) < 5 * std::sqrt(n * p * (1 - p)));
    CHECK(counts == stream_cap_counts(centres, h, n, 11));
    CHECK(counts != stream_cap_counts(centres, h, n, 12));
  }
}

TEST_CASE("a stream can be stopped and tells how far it is") {
  const Packing packing = best_packing(3, Rational(1, 4));
  const CapCentres centres(packing.centres);
  long last = 0;
  const auto watch = [&](long done) { last = done; };
  const auto caps = static_cast<std::size_t>(centres.count());
  CHECK(stream_cap_counts(centres, Rational(1, 16), 100000, 1, watch).size() == caps);
  CHECK(last == 100000);
  struct Stop {};
  CHECK_THROWS_AS(stream_cap_counts(centres, Rational(1, 16), 100000, 1, [](long) { throw Stop(); }), Stop);
  CHECK(stream_cap_counts(centres, Rational(1, 16), 0, 1) == std::vector<std::uint32_t>(caps, 0));
}

TEST_CASE("slopes in logarithms come with Student's interval") {
  std::vector<double> x, y;
  for (int i = 1; i <= 6; ++i) x.push_back(std::pow(10, i)), y.push_back(3 * std::pow(10, -0.4 * i));
  const FittedSlope exact = fit_log_slope(x, y, 0.95);
  CHECK(exact.value == Approx(-0.4));
  CHECK(exact.half_width < 1e-12);
  // Residuals +-e of a line through 6 points: by hand, half width = t(4, 95 %) * sqrt(rest/4/sxx), t = 2.776445.
  for (int i = 0; i < 6; ++i) y[std::size_t(i)] *= i % 2 == 0 ? 1.1 : 1 / 1.1;
  double sxx = 0, rest = 0;
  const FittedSlope rough = fit_log_slope(x, y, 0.95);
  double mean_x = 0, mean_y = 0;
  for (std::size_t i = 0; i < 6; ++i) mean_x += std::log(x[i]) / 6, mean_y += std::log(y[i]) / 6;
  for (std::size_t i = 0; i < 6; ++i) {
    sxx += std::pow(std::log(x[i]) - mean_x, 2);
    rest += std::pow(std::log(y[i]) - mean_y - rough.value * (std::log(x[i]) - mean_x), 2);
  }
  CHECK(rough.half_width == Approx(2.776445105 * std::sqrt(rest / 4 / sxx)));
  CHECK(fit_log_slope(x, y, 0.99).half_width > rough.half_width);
  CHECK_THROWS_AS(fit_log_slope({1, 2}, {1, 2}, 0.95), PreconditionError);
  CHECK_THROWS_AS(fit_log_slope({1, 2, 3}, {1, 0, 2}, 0.95), PreconditionError);
  CHECK_THROWS_AS(fit_log_slope({2, 2, 2}, {1, 2, 3}, 0.95), PreconditionError);
}

TEST_CASE("the table of I.3 has the stated slope within its interval or near it, and the expected counts") {
  long rows = 0;
  const EmptyCapTable table =
      empty_cap_table(3, {1000, 10000, 100000}, 6, 7, {.on_row = [&](const EmptyCapRow&) { ++rows; }});
  CHECK(rows == 3);
  CHECK(std::fabs(table.slope.value + 0.5) < 0.05);
  for (const EmptyCapRow& row : table.rows) {
    const double deviation = std::sqrt(row.expected / double(row.replicates));
    CHECK(std::fabs(row.empty - row.expected) < 5 * deviation);
    CHECK(row.matched <= row.caps);
    CHECK(row.matched_gap <= row.gap);
  }
  CHECK_THROWS_AS(empty_cap_table(3, {1000, 10000}, 1, 7), PreconditionError);
}
