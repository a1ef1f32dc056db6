#include "shatterproof/sphere/covering.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "shatterproof/core/error.hpp"
#include "shatterproof/sphere/explicit_codes.hpp"

using namespace shatterproof;

namespace {

double degrees(const ExactCode& code) {
  const auto radius = approx_covering_radius(code);
  REQUIRE(radius);
  return *radius * 45 / std::atan(1.0);
}

}  // namespace

TEST_CASE("covering radii of polytopes with known deep holes") {
  CHECK(degrees(shell_code(Lattice::cubic, 3, 1, 10)) == Approx(54.735610317245).epsilon(1e-10));  // octahedron
  CHECK(degrees(shell_code(Lattice::cubic, 3, 3, 10)) ==
        Approx(54.735610317245).epsilon(1e-10));  // cube: coplanar faces
  CHECK(degrees(icosahedron_code()) == Approx(37.377368140650).epsilon(1e-10));
  CHECK(degrees(shell_code(Lattice::cubic, 4, 2, 30)) == Approx(45).epsilon(1e-10));  // 24-cell
  CHECK(degrees(six_hundred_cell_code()) == Approx(22.238756092965).epsilon(1e-10));
  CHECK(degrees(simplex_code(5, 5)) == Approx(std::acos(1.0 / 5) * 45 / std::atan(1.0)).epsilon(1e-10));
  CHECK_FALSE(has_covering_radius(shell_code(Lattice::e8, 8, 1, 300)));
  CHECK_THROWS_AS(approx_covering_radius(shell_code(Lattice::e8, 8, 1, 300)), PreconditionError);
}

TEST_CASE("no covering radius is stated for points in a half space") {
  ExactCode code;
  code.dimension = 3;
  code.rational.resize(4, 3);
  code.rational << 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1;
  CHECK_FALSE(approx_covering_radius(code));
  code.rational << 1, 0, 0, -1, 0, 0, 0, 1, 0, 0, -1, 1;  // 0 on the boundary of the hull
  CHECK_FALSE(approx_covering_radius(code));
}

TEST_CASE("the nearest centre is the one that brute force finds") {
  const Matrix<double> centres = approx_centres(shell_code(Lattice::cubic, 5, 6, 500));
  const NearestCentre nearest(centres);
  std::uint64_t state = 7;
  for (int round = 0; round < 300; ++round) {
    Vector<double> x(5);
    for (long k = 0; k < 5; ++k)
      state = state * 6364136223846793005ULL + 1442695040888963407ULL, x(k) = double(state >> 11) * 0x1p-52 - 1;
    const double least = (centres.rowwise() - x.transpose()).rowwise().norm().minCoeff();
    CHECK((centres.row(nearest.find(x)).transpose() - x).norm() == Approx(least).epsilon(1e-12));
  }
  CHECK_THROWS_AS(NearestCentre(Matrix<double>(0, 3)), PreconditionError);
  Vector<double> wrong(4);
  wrong.setZero();
  CHECK_THROWS_AS(nearest.find(wrong), PreconditionError);
}
