#include "shatterproof/sphere/fill_holes.hpp"

#include <catch2/catch.hpp>

#include "shatterproof/core/error.hpp"
#include "shatterproof/sphere/explicit_codes.hpp"
#include "shatterproof/sphere/packing_bounds.hpp"

using namespace shatterproof;

namespace {

Packing packing_without(const ExactCode& code, const Rational& eps, long removed) {
  ExactCode rest = code;
  rest.rational = code.rational.bottomRows(code.size() - removed).eval();
  return packing_of_code(rest, eps, "rest");
}

}  // namespace

TEST_CASE("a cap that was taken away comes back") {
  const Rational eps = parse_rational("0.36");  // a little room, so that rounded centres fit
  for (const auto& [code, removed] : {std::pair{shell_code(Lattice::cubic, 4, 2, 100), 1L},
                                      {shell_code(Lattice::e8, 7, 1, 1000), 1L},  // with a frame
                                      {shell_code(Lattice::e8, 8, 1, 1000), 1L}}) {
    const Packing rest = packing_without(code, eps, removed);
    REQUIRE(rest.certified);
    const Packing filled = fill_holes(rest, search_for_holes(3), 50);
    CAPTURE(filled.family);
    CHECK(filled.certified);
    CHECK(filled.count >= code.size());
    CHECK(filled.count <= best_upper_bound(code.dimension, eps).count);
    CHECK(certify_separation(*filled.code, cosine_of_separation(eps)).certified);
    CHECK(fill_holes(rest, search_for_holes(3), 0).count == rest.count);
  }
}

TEST_CASE("a search for holes that is stopped says so") {
  const Rational eps = parse_rational("0.36");
  const Packing rest = packing_without(shell_code(Lattice::cubic, 4, 2, 100), eps, 1);
  const std::string stopped = "the search for holes was stopped after round ";
  const Packing one = fill_holes(rest, search_for_holes(3), 1);
  CHECK(one.certificate.find(stopped + "1") != std::string::npos);
  const Packing none = fill_holes(rest, search_for_holes(3), 50, [](long) { return false; });
  CHECK((none.count == rest.count && none.certificate.find(stopped + "0") != std::string::npos));
  const Packing all = fill_holes(rest, search_for_holes(3), 50, [](long) { return true; });
  CHECK(all.count == 24);
  CHECK(all.certificate.find(stopped) == std::string::npos);
  CHECK(fill_holes(rest, search_for_holes(3), 0).certificate == rest.certificate);
}

TEST_CASE("a finder that lies does no harm") {
  const Packing roots = packing_of_code(shell_code(Lattice::cubic, 4, 2, 100), parse_rational("0.36"), "roots");
  const auto liar = [](const ExactCode& code) {
    std::vector<Vector<double>> directions;
    for (long i = 0; i < code.size(); ++i) directions.push_back(approx_centres(code).row(i).transpose());
    Vector<double> near = directions.front();
    near(2) += 0.1;
    directions.push_back(near.normalized());
    return directions;
  };
  const Packing same = fill_holes(roots, liar, 10);
  CHECK(same.count == 24);
  CHECK(same.family == "roots");
}

TEST_CASE("a packing that is not certified or not enumerated is left alone") {
  const Packing tight = packing_of_code(shell_code(Lattice::cubic, 4, 2, 100), parse_rational("0.37"), "too tight");
  REQUIRE_FALSE(tight.certified);
  CHECK_FALSE(fill_holes(tight, search_for_holes(1), 10).certified);
  Packing counted = best_packing(3, Rational(1, 5), {"", 10});
  CHECK(fill_holes(counted, search_for_holes(1), 10).count == counted.count);
}

TEST_CASE("the radius of a known hole is enclosed") {
  const PrecisionScope scope(128);
  const ExactCode code = shell_code(Lattice::cubic, 3, 1, 10);  // octahedron: the centre of a face is 54.7356 deg away
  const Vector<double> face = Vector<double>::Ones(3).normalized();
  const Ball radius = hole_radius(code, face);
  CHECK(radius.mid_double() == Approx(std::acos(1 / std::sqrt(3.0))).epsilon(1e-12));
  Vector<double> wrong(2);
  wrong.setOnes();
  CHECK_THROWS_AS(hole_radius(code, wrong), PreconditionError);
}
