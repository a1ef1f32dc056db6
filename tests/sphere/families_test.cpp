#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "shatterproof/core/error.hpp"
#include "shatterproof/sphere/binary_codes.hpp"
#include "shatterproof/sphere/caps_by_count.hpp"
#include "shatterproof/sphere/laminated_sections.hpp"
#include "shatterproof/sphere/layered_code.hpp"
#include "shatterproof/sphere/leech.hpp"
#include "shatterproof/sphere/leech_stream.hpp"
#include "shatterproof/sphere/packing.hpp"
#include "shatterproof/sphere/packing_bounds.hpp"
#include "shatterproof/sphere/staggered_bands.hpp"
#include "shatterproof/sphere/tightened.hpp"
#include "shatterproof/sphere/wrapped_code.hpp"

using namespace shatterproof;

TEST_CASE("sections of the Leech lattice have the kissing numbers of the laminated lattices") {
  const long known[] = {2340, 4320, 5346, 7398, 10668, 17400, 27720, 49896, 93150};  // Conway and Sloane, table 1.5
  for (long d = kFirstLaminated; d <= kLastLaminated; ++d) {
    CAPTURE(d);
    CHECK(laminated_count(d) == known[d - kFirstLaminated]);
    if (d > 19) continue;  // the larger ones only cost time here
    ExactCode code = laminated_section(d);
    CHECK(code.size() == known[d - kFirstLaminated]);
    CHECK_NOTHROW(require_valid(code));  // in the span of d orthogonal vectors
    CHECK(is_certainly_laminated(d, code));
    code.rational.row(0) = code.rational.row(1);
    CHECK_FALSE(is_certainly_laminated(d, code));
    code.rational.row(0) = -2 * code.rational.row(1);
    CHECK_FALSE(is_certainly_laminated(d, code));
  }
  CHECK(certify_separation(laminated_section(15), Rational(1, 2)).certified);
  CHECK_FALSE(certify_separation(laminated_section(15), Rational(499, 1000)).certified);
  CHECK_THROWS_AS(laminated_section(14), PreconditionError);
  CHECK_THROWS_AS(laminated_section(24), PreconditionError);
}

TEST_CASE("the streamed shell is the stored one") {
  const ExactCode stored = leech_minimal_vectors();
  using Vector24 = std::array<std::int64_t, 24>;
  std::set<Vector24> expected, found;
  const auto copy = [](const std::int64_t* x) {
    Vector24 y{};
    std::copy(x, x + 24, y.begin());
    return y;
  };
  for (long i = 0; i < stored.size(); ++i) expected.insert(copy(stored.rational.row(i).data()));
  for_each_leech_vector(2, [&](const std::int64_t* x) { CHECK(found.insert(copy(x)).second); });
  CHECK(found == expected);
  const LeechStream stream = check_leech_shell(2);
  CHECK(stream.certified);
  CHECK(stream.count == 196560);
  CHECK(check_leech_shell(1).count == 0);
  CHECK_FALSE(check_leech_shell(1).certified);  // there is nothing to certify
  CHECK_THROWS_AS(check_leech_shell(0), PreconditionError);
}

TEST_CASE("binary codes as codes on the sphere") {
  CHECK(least_weight(reed_muller_generators(1, 3)) == 4);
  CHECK(least_weight(reed_muller_generators(2, 4)) == 4);
  CHECK(least_weight(reed_muller_generators(2, 5)) == 8);
  CHECK(least_weight(reed_muller_generators(1, 6)) == 32);
  CHECK(least_weight({3, 3}) == 0);
  const std::tuple<long, long, Rational> known[] = {
      {8, 16, 0}, {16, 32, 0}, {16, 2048, Rational(1, 2)}, {24, 4096, Rational(1, 3)}};
  for (const auto& [d, count, cosine] : known) {
    bool found = false;
    for (const ExplicitCode& source : binary_codes(d)) {
      if (source.count != count) continue;
      found = true;
      ExactCode code = source.build();
      CHECK(source.max_cosine.a == cosine);
      CHECK(certify_separation(code, cosine).certified);
      CHECK(source.is_certain(code));
      code.rational(0, 0) = -code.rational(0, 0);
      CHECK_FALSE(source.is_certain(code));
    }
    CHECK(found);
  }
  CHECK(binary_codes(7).empty());
  CHECK(best_packing(24, parse_rational("0.4"), {"Golay code", 5000}).count == 4096);
}

TEST_CASE("staggered bands keep their distance and come near to the hexagonal packing") {
  for (double x : {0.5, 0.4, 0.31, 0.2, 0.13, 0.1, 0.07, 0.05, 0.03, 0.02}) {
    const Matrix<double> points = staggered_points(x);
    REQUIRE(points.rows() == long(staggered_count(x)));
    double least = 4;
    for (long i = 0; i < points.rows(); ++i) {
      REQUIRE(points.row(i).norm() == Approx(1).epsilon(1e-14));
      for (long j = 0; j < i; ++j) least = std::min(least, (points.row(i) - points.row(j)).norm());
    }
    CAPTURE(x, points.rows());
    CHECK(least >= 2 * x * (1 + 1e-10));
    if (points.rows() > 30) CHECK(least <= 2 * x * (1 + 1e-6));  // fewer need not touch at all
  }
  // N x^2 tends to 2 pi/sqrt 3 (hexagonal), from below.
  const double limit = 2 * std::acos(-1.0) / std::sqrt(3.0);
  for (double x : {1e-3, 1e-4, 1e-5}) {
    CHECK(staggered_count(x) * x * x < limit);
    CHECK(staggered_count(x) * x * x > limit * (1 - 1.1 * std::sqrt(x)));
  }
  CHECK(staggered_count(0.51) == 0);
  CHECK(staggered_count(std::nan("")) == 0);
  CHECK(staggered_count(1e-7) == 0);
  // The square arrangement has 157 million points; Fejes Toth's bound is above.
  CHECK(available_caps(3, parse_rational("1e-4")) > 180000000);
  CHECK(available_caps(3, parse_rational("1e-4")) < best_upper_bound(3, parse_rational("1e-4")).count);
}

TEST_CASE("wrapped lattices keep their distance, and win where caps are small") {
  for (auto [distance, d, x] : {std::tuple{2, 4L, 0.1},
                                {4, 4L, 0.1},
                                {2, 5L, 0.13},
                                {2, 6L, 0.2},
                                {2, 6L, 0.5},
                                {2, 7L, 0.28},
                                {4, 7L, 0.28},
                                {2, 8L, 0.35},
                                {4, 8L, 0.3},
                                {4, 9L, 0.37},
                                {2, 10L, 0.45},
                                {4, 10L, 0.4},
                                {4, 11L, 0.4},
                                {4, 12L, 0.45}}) {
    CAPTURE(distance, d, x);
    WrappedCode code(distance, WrappedCode::cells_for(d));
    const Matrix<double> points = code.points(d, x);
    REQUIRE(points.rows() == long(code.count(d, x)));
    REQUIRE(points.rows() >= 2 * d);
    double largest = -1;
    for (long i = 0; i < points.rows(); ++i) {
      REQUIRE(points.row(i).norm() == Approx(1).epsilon(1e-13));
      if (i > 0) largest = std::max(largest, (points.topRows(i) * points.row(i).transpose()).maxCoeff());
    }
    CHECK(std::sqrt((1 - largest) / 2) >= x * (1 + 1e-10));
    CHECK(std::sqrt((1 - largest) / 2) <= x * 1.05);  // half chords are rounded up to cells in every dimension
  }
  // x^(d-1) N tends to (area of the sphere)(centre density of the lattice), from below: D_3, D_4, D_5, E_7, E_8.
  for (auto [distance, d, density] : {std::tuple{2, 4L, std::pow(2, -2.5)},
                                      {2, 5L, 1 / 8.0},
                                      {2, 6L, std::pow(2, -3.5)},
                                      {4, 8L, 1 / 16.0},
                                      {4, 9L, 1 / 16.0}}) {
    CAPTURE(distance, d);
    const double limit =
        double(d) * std::pow(std::acos(-1.0), double(d) / 2) / std::tgamma(double(d) / 2 + 1) * density;
    double last = 0;
    for (const double x : {0.1, 0.03, 0.01}) {
      const double reached = WrappedCode(distance, WrappedCode::cells_for(d)).count(d, x) * std::pow(x, d - 1) / limit;
      CHECK(reached > last);
      CHECK(reached < 1);
      last = reached;
    }
    CHECK(last > (d < 8 ? 0.6 : 0.3));
  }
  CHECK(WrappedCode(2, 64).count(7, 0.51) == 0);
  CHECK(WrappedCode(2, 64).count(7, 1e-5) == 0);
  CHECK(WrappedCode(2, 64).count(7, std::nan("")) == 0);
  CHECK(WrappedCode(2, 64).points(7, 0.6).rows() == 0);
  CHECK_THROWS_AS(WrappedCode(3, 64), PreconditionError);
  CHECK_THROWS_AS(WrappedCode(2, 64).count(3, 0.1), PreconditionError);
  CHECK_THROWS_AS(WrappedCode(2, 64).points(13, 0.1), PreconditionError);
  CHECK_THROWS_AS(WrappedCode(2, 1e17), PreconditionError);
  for (const Rational& eps : {Rational(7, 5), Rational(0), Rational(-1, 10)})
    CHECK_THROWS_AS(wrapped_caps(7, eps, 2), PreconditionError);
  for (auto [distance, d] : {std::pair{2, 4L}, {2, 5L}, {2, 6L}, {2, 7L}, {4, 8L}, {4, 9L}, {4, 12L}}) {
    const Rational eps(1, 100);
    CAPTURE(distance, d);
    CHECK(wrapped_caps(d, eps, distance) > layered_caps(d, eps));
    CHECK(wrapped_caps(d, eps, distance) < best_upper_bound(d, eps).count);
  }
}

TEST_CASE("demands are tightened, cells are above, counts beyond doubles are taken down") {
  using namespace tightened;
  CHECK(kMore > 1 + 0x1p-29);
  CHECK(kLess < 1 - 0x1p-29);
  CHECK(inner_half_chord(0.1, 0.5) > 0.2 * (1 + 0x1p-29));
  CHECK(inner_half_chord(0.1, 0) > 1);
  CHECK(whole(0x1p52) == 0x1p52);
  CHECK(whole(0x1p53) < 0x1p53 * (1 - 0x1p-29));
  CHECK(whole(HUGE_VAL) <= kLargestCount);
  for (const double cells : {1.0, 64.0, 512.0, 4096.0})
    for (double x = 1; x > 1e-4; x *= 0.9993) {
      CHECK(next_cell(x, cells) >= x);
      CHECK(next_cell(std::nextafter(x, 0), cells) >= std::nextafter(x, 0));
      CHECK(next_cell(x, cells) <= x * std::exp2(1 / cells) * (1 + 1e-12));
    }
}

TEST_CASE("wrapped lattices by name: built, certified pair by pair, and found by their number") {
  const Rational eps(3, 10);
  const Packing seven = best_packing(7, eps, {"wrapped lattice, distance 4", 20000});
  CHECK(seven.certified);
  CHECK(seven.count == wrapped_caps(7, eps, 4));
  REQUIRE(seven.code);
  CHECK_FALSE(certify_separation(*seven.code, cosine_of_separation(eps) - Rational(1, 20)).certified);
  CHECK(best_packing(7, eps, {"wrapped lattice", 20000}).count == std::max(wrapped_caps(7, eps, 2), seven.count));
  for (auto [d, other] :
       {std::pair{3L, Rational(1, 10)}, {13L, Rational(1, 10)}, {7L, Rational(1)}, {7L, Rational(1, 100000)}})
    CHECK_THROWS_AS(best_packing(d, other, {"wrapped lattice", 1000}), PreconditionError);
  for (const char* count : {"1000", "2000000000"}) {
    const Integer wanted{count};
    int wrapped = 0;
    for (const PackingFamily& family : families_for_count(4, wanted)) {
      CHECK(family.count >= wanted);
      wrapped += family.name == wrapped_name(2);
    }
    CHECK(wrapped == 1);
  }
}
