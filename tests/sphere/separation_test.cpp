#include <catch2/catch.hpp>

#include "shatterproof/core/error.hpp"
#include "shatterproof/sphere/exact_code.hpp"
#include "shatterproof/sphere/explicit_codes.hpp"

using namespace shatterproof;

namespace {

ExactCode code_of(long d, std::initializer_list<std::initializer_list<long>> rows) {
  ExactCode code;
  code.dimension = d;
  code.rational.resize(long(rows.size()), d);
  long i = 0;
  for (const auto& row : rows) {
    long j = 0;
    for (long entry : row) code.rational(i, j++) = entry;
    ++i;
  }
  return code;
}

}  // namespace

TEST_CASE("tangent caps are certified, a hair closer is not") {
  const Rational hair = parse_rational("1e-30");
  const ExactCode roots = shell_code(Lattice::e8, 8, 1, 1000);
  CHECK(certify_separation(roots, Rational(1, 2)).certified);
  CHECK_FALSE(certify_separation(roots, Rational(Rational(1, 2) - hair)).certified);
  // sqrt 5 / 5 = 0.447213595499957939281834733746255247088...
  const Rational below = parse_rational("0.4472135954999579392818347337462552470881");
  CHECK_FALSE(certify_separation(icosahedron_code(), below).certified);
  CHECK(certify_separation(icosahedron_code(), Rational(below + parse_rational("1e-39"))).certified);
  // (1 + sqrt 5)/4 = 0.809016994374947424102293417182819058860...
  const Rational golden = parse_rational("0.80901699437494742410229341718281905886015");
  CHECK_FALSE(certify_separation(six_hundred_cell_code(), golden).certified);
  CHECK(certify_separation(six_hundred_cell_code(), Rational(golden + parse_rational("1e-40"))).certified);
  CHECK(certify_separation(simplex_code(6, 6), Rational(-1, 6)).certified);
  CHECK_FALSE(certify_separation(simplex_code(6, 6), Rational(Rational(-1, 6) - hair)).certified);
  CHECK(certify_separation(code_of(2, {{1, 0}, {-1, 0}}), -1).certified);
}

TEST_CASE("vectors of different lengths are compared exactly") {
  // (3, 4) and (4, -3) are orthogonal; (1, 0) and (3, 4) have inner product exactly 3/5.
  const ExactCode code = code_of(2, {{1, 0}, {3, 4}, {-6, 8}});
  CHECK(certify_separation(code, Rational(3, 5)).certified);
  const Separation close = certify_separation(code, Rational(Rational(3, 5) - parse_rational("1e-25")));
  CHECK_FALSE(close.certified);
  CHECK(close.closest.contains(Rational(3, 5)));
  CHECK(close.text.find("0 and 1") != std::string::npos);
  const ExactCode obtuse = code_of(2, {{-1, 0}, {3, 4}});
  CHECK(certify_separation(obtuse, Rational(-3, 5)).certified);
  CHECK_FALSE(certify_separation(obtuse, Rational(Rational(-3, 5) - parse_rational("1e-25"))).certified);
}

TEST_CASE("what must never be certified") {
  CHECK_FALSE(certify_separation(code_of(3, {}), Rational(1, 2)).certified);  // empty
  CHECK(certify_separation(code_of(3, {{1, 2, 3}}), -1).certified);           // one vector alone
  CHECK_FALSE(certify_separation(code_of(2, {{1, 0}, {1, 0}}), Rational(999, 1000)).certified);
  CHECK_FALSE(certify_separation(code_of(2, {{1, 0}, {7, 0}}), Rational(999, 1000)).certified);  // the same direction
  CHECK_THROWS_AS(certify_separation(code_of(2, {{1, 0}, {0, 0}}), 0), PreconditionError);
  CHECK_THROWS_AS(certify_separation(code_of(2, {{1, 0}}), 1), PreconditionError);
  CHECK_THROWS_AS(certify_separation(code_of(2, {{1, 0}, {std::int64_t(1) << 51, 0}}), 0), PreconditionError);
  ExactCode roots = shell_code(Lattice::e8, 8, 2, 5000);
  roots.rational.row(77) = roots.rational.row(1234);
  roots.rational(77, 0) += 1;  // one centre moved next to another
  const Separation planted = certify_separation(roots, Rational(3, 4));
  CHECK_FALSE(planted.certified);
  CHECK(std::minmax(planted.first, planted.second) == std::minmax(77L, 1234L));
}

TEST_CASE("a pair moved inside by 1e-15 is found") {
  // A cross-polytope at scale 2^50; one entry of 1 makes one inner product 2^50 of norms 2^100: a cosine of 9e-16.
  const std::int64_t one = std::int64_t(1) << 50;
  ExactCode code;
  code.dimension = 4;
  code.rational = IntegerMatrix::Zero(8, 4);
  for (long k = 0; k < 4; ++k) code.rational(2 * k, k) = one, code.rational(2 * k + 1, k) = -one;
  CHECK(certify_separation(code, 0).certified);
  code.rational(6, 1) = 1;
  const Separation moved = certify_separation(code, 0);
  CHECK_FALSE(moved.certified);
  CHECK(std::minmax(moved.first, moved.second) == std::minmax(2L, 6L));
  CHECK(certify_separation(code, Rational(1, one)).certified);
}

TEST_CASE("a code that is not what it says is refused") {
  ExactCode code = simplex_code(3, 3);
  code.rational(0, 0) += 1;  // leaves the hyperplane
  CHECK_THROWS_AS(require_valid(code), PreconditionError);
  code = simplex_code(3, 3);
  code.frame(1, 0) = 5;  // no longer orthogonal
  CHECK_THROWS_AS(require_valid(code), PreconditionError);
  code = icosahedron_code();
  code.root = 4;
  CHECK_THROWS_AS(require_valid(code), PreconditionError);
  code = icosahedron_code();
  code.rational(3, 0) += 1;  // unequal norms beside square roots
  CHECK_THROWS_AS(require_valid(code), PreconditionError);
}

TEST_CASE("the pair test agrees with brute force on random small codes") {
  std::uint64_t state = 12345;
  const auto next = [&] {
    return state = state * 6364136223846793005ULL + 1442695040888963407ULL, long(state >> 33) % 9 - 4;
  };
  for (int round = 0; round < 200; ++round) {
    ExactCode code;
    code.dimension = 4;
    code.rational.resize(6, 4);
    for (long k = 0; k < code.rational.size(); ++k) code.rational.data()[k] = next();
    code.rational.col(0).array() += 9;
    const Rational s(next() + 4, 9);
    bool separated = true;
    for (long i = 0; i < 6; ++i)
      for (long j = 0; j < i; ++j) {
        const Rational g = to_integer(inner_product(code, i, j).first);
        const Rational right =
            s * s * to_integer(inner_product(code, i, i).first) * to_integer(inner_product(code, j, j).first);
        if (g > 0 && g * g > right) separated = false;
      }
    if (s < 1) CHECK(certify_separation(code, s).certified == separated);
  }
}

TEST_CASE("centres enclose unit vectors with the right inner products") {
  const PrecisionScope scope(256);
  for (const ExactCode& code : {icosahedron_code(), simplex_code(4, 3), shell_code(Lattice::e8, 7, 1, 1000)}) {
    const Matrix<Ball> centres = enclose_centres(code);
    REQUIRE(centres.cols() == code.dimension);
    const Matrix<double> rough = approx_centres(code);
    for (long i = 0; i < 5 && i < code.size(); ++i)
      for (long j = 0; j <= i && j < code.size(); ++j) {
        Ball sum;
        for (long k = 0; k < code.dimension; ++k) sum.add_product(centres(i, k), centres(j, k));
        CHECK(sum.accuracy_bits() != 0);
        if (i == j) CHECK(sum.contains(Rational(1)));
        const auto value = [&](long r, long c) {
          const auto z = inner_product(code, r, c);
          return Ball(to_integer(z.first)) + Ball(to_integer(z.second)) * sqrt(Ball(code.root));
        };
        CHECK(sum.overlaps(value(i, j) / sqrt(value(i, i) * value(j, j))));
        CHECK(std::abs(rough.row(i).dot(rough.row(j)) - sum.mid_double()) < 1e-14);
      }
  }
}

TEST_CASE("exact cosines") {
  ExactCosine golden;
  golden.a = Rational(1, 4), golden.b = Rational(1, 4), golden.q = 5;
  CHECK(golden.text() == "(1 + sqrt 5)/4");
  CHECK(golden.is_at_most(parse_rational("0.8090169943749474241022934171828190588602")));
  CHECK_FALSE(golden.is_at_most(parse_rational("0.8090169943749474241022934171828190588601")));
  const ExactCosine found = exact_max_cosine(six_hundred_cell_code());
  CHECK((found.a == golden.a && found.b == golden.b && found.q == 5));
  CHECK(exact_max_cosine(icosahedron_code()).text() == "sqrt 5/5");
  CHECK(exact_sign(Rational(3), Rational(-2), 2) > 0);  // 3 - 2 sqrt 2
  CHECK(exact_sign(Rational(-7), Rational(5), 2) > 0);  // 5 sqrt 2 - 7
}
