#include "shatterproof/sphere/packing.hpp"

#include <catch2/catch.hpp>

#include "shatterproof/core/error.hpp"
#include "shatterproof/sphere/explicit_codes.hpp"
#include "shatterproof/sphere/layered_code.hpp"
#include "shatterproof/sphere/leech.hpp"
#include "shatterproof/sphere/packing_bounds.hpp"

using namespace shatterproof;

TEST_CASE("shell counts agree with the known theta series") {
  const auto starts = [](const std::vector<Integer>& counts, std::initializer_list<const char*> known) {
    std::size_t m = 1;
    for (const char* value : known)
      if (counts[m++] != Integer(value)) return false;
    return true;
  };
  CHECK(starts(shell_counts(Lattice::cubic, 3, 6), {"6", "12", "8", "6", "24", "24"}));
  CHECK(starts(shell_counts(Lattice::cubic, 10, 5), {"20", "180", "960", "3380", "8424"}));
  CHECK(starts(shell_counts(Lattice::e8, 8, 8), {"240", "2160", "6720", "17520", "30240", "60480", "82560", "140400"}));
  CHECK(starts(shell_counts(Lattice::e8, 7, 5), {"126", "756", "2072", "4158", "7560"}));
  CHECK(starts(shell_counts(Lattice::e8, 6, 5), {"72", "270", "720", "936", "2160"}));
  CHECK(starts(shell_counts(Lattice::leech, 24, 4), {"0", "196560", "16773120", "398034000"}));
}

TEST_CASE("shells are what they say, and their cosine bound holds") {
  for (auto [lattice, d, m] : {std::tuple{Lattice::cubic, 3L, 9L},
                               {Lattice::cubic, 5L, 6L},
                               {Lattice::e8, 6L, 2L},
                               {Lattice::e8, 7L, 3L},
                               {Lattice::e8, 8L, 2L}}) {
    const ExactCode code = shell_code(lattice, d, m, 10000);
    CHECK(is_certainly_on_shell(lattice, d, m, code));
    CHECK(certify_separation(code, shell_cosine(lattice, m)).certified);
    ExactCode broken = code;
    broken.rational.row(0) = broken.rational.row(1);
    CHECK_FALSE(is_certainly_on_shell(lattice, d, m, broken));
    broken = code;
    broken.rational(0, 0) += 2;
    CHECK_FALSE(is_certainly_on_shell(lattice, d, m, broken));
  }
  CHECK_THROWS_AS(shell_code(Lattice::cubic, 10, 5, 8423), PreconditionError);
}

TEST_CASE("the first shell of the Leech lattice") {
  CHECK(golay_weights_are_certain());
  const ExactCode code = leech_minimal_vectors();
  CHECK(code.size() == 196560);
  CHECK(is_certainly_on_shell(Lattice::leech, 24, 2, code));
  ExactCode broken = code;
  broken.rational.row(5) = -broken.rational.row(5);
  broken.rational(5, 23) += 8;
  CHECK_FALSE(is_certainly_on_shell(Lattice::leech, 24, 2, broken));
}

TEST_CASE("every explicit code of moderate size has the cosine it claims") {
  for (long d = 2; d <= 12; ++d)
    for (const ExplicitCode& source : explicit_codes(d)) {
      if (source.count > 1000) continue;
      CAPTURE(d, source.name);
      const ExactCode code = source.build();
      CHECK(code.size() == source.count);
      CHECK(code.dimension == d);
      const PrecisionScope scope(128);
      const Rational above = source.max_cosine.enclose().upper_rational();
      if (above < 1) CHECK(certify_separation(code, above).certified);
    }
  CHECK(explicit_codes(23).size() > 20);
  const auto section = [](long d, const char* name) {
    for (const auto& code : explicit_codes(d))
      if (code.name == name) return code.count;
    return Integer(0);
  };
  CHECK(section(7, "E8 section") == 56);
  CHECK(section(6, "E8 section") == 27);
  CHECK(section(5, "E8 section") == 16);
  CHECK(section(4, "E8 section") == 10);
  CHECK(section(23, "Leech section") == 4600);
  CHECK(section(22, "Leech section") == 891);
}

TEST_CASE("the best packing is certified and at least as large as the reference table") {
  const std::tuple<long, const char*, long> table[] = {
      {2, "0.5", 4},    {2, "0.1", 22},      {3, "0.5", 6},        {3, "0.366025", 12}, {3, "0.2", 37},
      {3, "0.1", 150},  {3, "0.01", 15613},  {4, "0.5", 8},        {4, "0.366025", 24}, {4, "0.1", 828},
      {5, "0.5", 10},   {5, "0.366025", 40}, {5, "0.1", 3860},     {8, "0.5", 16},      {8, "0.366025", 240},
      {8, "0.2", 6720}, {10, "0.5", 20},     {10, "0.366025", 500}};
  for (const auto& [d, text, least] : table) {
    CAPTURE(d, text);
    const Rational eps = parse_rational(text);
    const Packing packing = best_packing(d, eps);
    CHECK(packing.certified);
    CHECK(packing.count >= least);
    CHECK(packing.count <= best_upper_bound(d, eps).count);
    CHECK(packing.max_cosine.is_at_most(cosine_of_separation(eps)));
    CHECK(available_caps(d, eps) == packing.count);
    if (packing.code) CHECK(certify_separation(*packing.code, cosine_of_separation(eps)).certified);
  }
  CHECK(available_caps(8, Rational(1, 10)) == 490560);
  CHECK(available_caps(10, Rational(1, 5)) >= 16482);
  CHECK(available_caps(10, Rational(1, 10)) >= 5300000);
}

TEST_CASE("counts never exceed an upper bound and are close to it where the answer is known") {
  for (long d : {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 24, 40})
    for (const char* text :
         {"1", "0.9", "0.7072", "0.7071", "0.6", "0.542", "0.541", "0.5", "0.4", "0.3", "0.25", "1/7", "0.1"}) {
      CAPTURE(d, text);
      const Rational eps = text == std::string("1/7") ? Rational(1, 7) : parse_rational(text);
      const Integer count = available_caps(d, eps), bound = best_upper_bound(d, eps).count;
      CHECK(count >= 2);
      CHECK(count <= bound);
      CHECK(count >= greedy_lower_bound(d, eps));
      if (cosine_of_separation(eps) <= 0 || d <= 2) CHECK(count == bound);
    }
}

TEST_CASE("a family is lost when eps passes its critical value by a hair") {
  const Rational critical = parse_rational("0.36602540378443864676372317075293618347");  // (sqrt 3 - 1)/2, rounded down
  const Rational hair = parse_rational("1e-37");
  CHECK(best_packing(8, critical).family == "E8 shell m=1");
  CHECK(best_packing(8, critical).count == 240);
  CHECK(best_packing(8, Rational(critical + hair)).count < 240);
  CHECK(best_packing(4, critical).count == 24);
  CHECK(best_packing(4, Rational(critical + hair)).count < 24);
  CHECK(best_packing(24, critical).count == 196560);
  CHECK(available_caps(24, Rational(critical + hair)) < 196560);
}

TEST_CASE("centres of a packing are separated unit vectors in balls") {
  const PrecisionScope scope(128);
  for (auto [d, text] : {std::pair{1L, "0.3"}, {2L, "0.3"}, {2L, "1"}, {3L, "0.25"}, {4L, "0.2"}, {6L, "0.45"}}) {
    CAPTURE(d, text);
    const Rational eps = parse_rational(text);
    const Packing packing = best_packing(d, eps);
    const Matrix<Ball> centres = packing.centres();
    REQUIRE(Integer(centres.rows()) == packing.count);
    REQUIRE(centres.cols() == d);
    const Ball limit = Ball(cosine_of_separation(eps)) + Ball(power(Rational(10), -30));
    for (long i = 0; i < centres.rows(); ++i)
      for (long j = 0; j <= i; ++j) {
        Ball sum;
        for (long k = 0; k < d; ++k) sum.add_product(centres(i, k), centres(j, k));
        if (i == j)
          REQUIRE(sum.contains(Rational(1)));
        else
          REQUIRE(certainly_less(sum, limit));
      }
  }
}

TEST_CASE("layered codes: the points are as many as counted, with and without sharing of layers") {
  for (auto [cells, k, x] :
       {std::tuple{0.0, 3L, 0.05}, {0.0, 4L, 0.2}, {4096.0, 5L, 0.3}, {256.0, 4L, 0.15}, {256.0, 6L, 0.4}}) {
    LayeredCode code(cells, 4000);
    const double count = code.count(k, x);
    const Matrix<double> points = code.build(k, x);
    REQUIRE(points.rows() == long(count));
    CHECK(points.cols() == k);
    for (long i = 0; i < points.rows(); ++i)
      for (long j = 0; j < i; ++j) REQUIRE((points.row(i) - points.row(j)).norm() >= 2 * x * (1 + 1e-10));
  }
  LayeredCode shared(256, 300), single(0, 4000);
  CHECK(shared.count(3, 1e-3) <= single.count(3, 1e-3));
  CHECK(shared.count(3, 1e-3) > 0.98 * single.count(3, 1e-3));
}

TEST_CASE("layers that share a code are never more than the layers there are") {
  // The equator is a layer without a mirror image also when it shares its code with the next layers.
  // Not on S^2: staggered bands, which know no sharing, are larger there.
  for (double most_layers : {1, 2, 3, 7})
    for (auto [k, x] : {std::pair{4L, 0.2}, {4L, 0.25}, {4L, 0.3}, {4L, 0.05}, {4L, 0.02}, {5L, 0.2}, {5L, 0.1}}) {
      CAPTURE(most_layers, k, x);
      LayeredCode shared(0, most_layers), single(0, 4000);
      CHECK(shared.count(k, x) <= single.count(k, x));
    }
}

TEST_CASE("bad requests are refused") {
  CHECK_THROWS_AS(best_packing(0, Rational(1, 2)), PreconditionError);
  CHECK_THROWS_AS(best_packing(1000000, Rational(1, 2)), PreconditionError);
  CHECK_THROWS_AS(best_packing(3, 0), PreconditionError);
  CHECK_THROWS_AS(best_packing(3, Rational(-1, 2)), PreconditionError);
  CHECK_THROWS_AS(best_packing(3, Rational(11, 10)), PreconditionError);
  CHECK_THROWS_AS(best_packing(3, Rational(1, 2), {"nonsense", 100}), PreconditionError);
  CHECK_THROWS_AS(best_packing(3, Rational(1, 2), {"icosahedron", 100}),
                  PreconditionError);  // does not fit at this eps
  CHECK(best_packing(3, Rational(1, 5), {"icosahedron", 100}).count == 12);
  const Packing counted = best_packing(3, Rational(1, 5), {"", 10});  // more than may be enumerated
  CHECK(counted.count == 37);
  CHECK_FALSE(counted.centres);
  CHECK(counted.certified);
  CHECK(best_packing(3, parse_rational("1e-8")).count > Integer("15000000000000000"));
}
