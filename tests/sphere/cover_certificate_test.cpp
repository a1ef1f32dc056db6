#include "shatterproof/sphere/cover_certificate.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "shatterproof/core/error.hpp"
#include "shatterproof/core/random.hpp"
#include "shatterproof/sphere/explicit_codes.hpp"
#ifdef SHATTERPROOF_HAS_COVERING
#include "shatterproof/sphere/covering.hpp"
#endif

using namespace shatterproof;

namespace {

/// The cross-polytope of R^d as +e_1, -e_1, +e_2, ... and its 2^d facets.
struct Surface {
  ExactCode code;
  std::vector<SurfaceFacet> facets;
};

Surface cross_polytope(long d) {
  Surface surface;
  surface.code.dimension = d;
  surface.code.rational = IntegerMatrix::Zero(2 * d, d);
  for (long k = 0; k < d; ++k) surface.code.rational(2 * k, k) = 1, surface.code.rational(2 * k + 1, k) = -1;
  for (long signs = 0; signs < 1L << d; ++signs) {
    SurfaceFacet& facet = surface.facets.emplace_back();
    for (long k = 0; k < d; ++k) facet.push_back(2 * k + (signs >> k & 1));
  }
  return surface;
}

}  // namespace

TEST_CASE("the cover of a cross-polytope is its covering radius") {
  for (const long d : {2L, 3L, 4L, 5L, 6L, 9L}) {
    const Surface surface = cross_polytope(d);
    const auto cosine = certify_cover(surface.code, surface.facets);
    REQUIRE(cosine.has_value());
    CHECK(*cosine <= 1 / std::sqrt(double(d)));
    CHECK(*cosine == Approx(1 / std::sqrt(double(d))).epsilon(1e-10));
  }
}

TEST_CASE("a surface with a facet missing, twice, or turned over a hole covers nothing") {
  for (const long d : {3L, 4L, 6L}) {
    const Surface whole = cross_polytope(d);
    for (std::size_t k = 0; k < whole.facets.size(); ++k) {
      std::vector<SurfaceFacet> rest = whole.facets;
      rest.erase(rest.begin() + long(k));
      CHECK_FALSE(certify_cover(whole.code, rest));
      std::vector<SurfaceFacet> more = whole.facets;
      more.push_back(whole.facets[k]);
      CHECK_FALSE(certify_cover(whole.code, more));
    }
    CHECK_FALSE(certify_cover(whole.code, {}));
    CHECK_FALSE(certify_cover(whole.code, {whole.facets.front()}));
    // One facet on both sides: every ridge has two facets, on the same side.
    CHECK_FALSE(certify_cover(whole.code, {whole.facets.front(), whole.facets.front()}));
  }
}

TEST_CASE("a closed surface that folds back over itself, or does not go round 0, covers nothing") {
  // A tetrahedron far from 0: closed, each ridge has two facets, but the cones overlap.
  ExactCode code;
  code.dimension = 3;
  code.rational.resize(4, 3);
  code.rational << 10, 1, 1, 10, -1, 2, 10, 1, -3, 13, 1, 0;
  const std::vector<SurfaceFacet> all{{0, 1, 2}, {0, 1, 3}, {0, 2, 3}, {1, 2, 3}};
  CHECK_FALSE(certify_cover(code, all));
  // 0 on a facet: a determinant is 0.
  code.rational << 1, 0, 0, -1, 1, 0, -1, -1, 0, 0, 0, 1;
  CHECK_FALSE(certify_cover(code, all));
  // Around 0: covered.
  code.rational << 1, 1, 1, 1, -1, -1, -1, 1, -1, -1, -1, 1;
  const auto cosine = certify_cover(code, all);
  REQUIRE(cosine.has_value());
  CHECK(*cosine == Approx(1.0 / 3).epsilon(1e-10));
}

TEST_CASE("facets that are none are refused") {
  const Surface whole = cross_polytope(3);
  for (const SurfaceFacet& bad : {SurfaceFacet{0, 2}, {0, 2, 2}, {2, 0, 4}, {0, 2, 6}, {-1, 2, 4}, {0, 1, 2, 3}}) {
    std::vector<SurfaceFacet> facets = whole.facets;
    facets.back() = bad;
    CHECK_THROWS_AS(certify_cover(whole.code, facets), PreconditionError);
  }
}

#ifdef SHATTERPROOF_HAS_COVERING

TEST_CASE("the hull of a code certifies its covering radius, coplanar facets, square roots and frames included") {
  const double degree = std::atan(1.0) / 45;
  for (const auto& [code, radius] : {std::pair{shell_code(Lattice::cubic, 3, 3, 10), 54.735610317245},
                                     {icosahedron_code(), 37.377368140650},
                                     {shell_code(Lattice::cubic, 4, 2, 30), 45.0},
                                     {six_hundred_cell_code(), 22.238756092965},
                                     {simplex_code(5, 5), 78.463040967185},
                                     {shell_code(Lattice::e8, 6, 1, 100), 52.238756092965}}) {
    const auto cosine = certify_cover(code, propose_hull_facets(code));
    REQUIRE(cosine.has_value());
    CHECK(*cosine <= std::cos(radius * degree) + 1e-13);
    CHECK(*cosine == Approx(std::cos(radius * degree)).epsilon(1e-9));
  }
}

TEST_CASE("a code with a hole is covered no better than its hole is deep") {
  // Without one vertex the 24-cell has a hole of 60 degrees there; without a facet of its hull no cover at all.
  ExactCode code = shell_code(Lattice::cubic, 4, 2, 30);
  code.rational = code.rational.bottomRows(23).eval();
  const std::vector<SurfaceFacet> facets = propose_hull_facets(code);
  const auto cosine = certify_cover(code, facets);
  REQUIRE(cosine.has_value());
  CHECK(*cosine <= 0.5);
  for (std::size_t k = 0; k < facets.size(); k += 7) {
    std::vector<SurfaceFacet> rest = facets;
    rest.erase(rest.begin() + long(k));
    CHECK_FALSE(certify_cover(code, rest));
  }
  // Points in a half space have a hull, but not around 0.
  code.dimension = 3;
  code.rational.resize(5, 3);
  code.rational << 10, 0, 0, 0, 10, 0, 0, 0, 10, 9, 9, 9, 1, 2, 3;
  CHECK_FALSE(certify_cover(code, propose_hull_facets(code)));
}

TEST_CASE("no point of the sphere is farther from a random code than the certificate says") {
  Random random(5);
  for (const int d : {3, 4, 5}) {
    ExactCode code;
    code.dimension = d;
    code.rational.resize(40, d);
    for (long i = 0; i < 40; ++i) {
      const std::vector<double> u = random.unit_vector(d);
      for (long k = 0; k < d; ++k) code.rational(i, k) = std::llround(1e9 * u[std::size_t(k)]);
    }
    const auto cosine = certify_cover(code, propose_hull_facets(code));
    if (!cosine) continue;
    const Matrix<double> units = approx_centres(code);
    for (int round = 0; round < 20000; ++round) {
      const std::vector<double> x = random.unit_vector(d);
      REQUIRE((units * Eigen::Map<const Vector<double>>(x.data(), d)).maxCoeff() >= *cosine);
    }
  }
}

#endif
