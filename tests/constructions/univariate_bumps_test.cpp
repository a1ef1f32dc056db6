#include "constructions/univariate_bumps/univariate_bumps.hpp"

#include "constructions/univariate_bumps/bump.hpp"
#include "constructions/univariate_bumps/piecewise_linear.hpp"
#include "shatterproof/network/evaluate.hpp"
#include "support.hpp"

using namespace shatterproof;

TEST_CASE("a hat by hand") {
  const PiecewiseLinear hat{{Rational(0), Rational(1, 4), Rational(1, 2)}, {Rational(0), Rational(1), Rational(0)}};
  CHECK(hat.at(Rational(-1)) == 0);
  CHECK(hat.at(Rational(1, 8)) == Rational(1, 2));
  CHECK(hat.at(Rational(9, 10)) == 0);
  CHECK(hat.norm2_lebesgue() == Rational(1, 6));
  // slopes change by 4, -8, 4 at 0, 1/4, 1/2.
  CHECK(hat.canonical_seminorm() == 4 + 8 * Rational(27, 64) + 4 * Rational(1, 8));
  const Network<Rational> network = hat.network();
  REQUIRE(network.neurons() == 3);
  for (int i = -8; i <= 8; ++i) {
    Vector<Rational> x(1);
    x(0) = Rational(i) / 8;
    CHECK(value_at(network, x) == hat.at(x(0)));
  }
}

TEST_CASE("the interpolant approaches the smooth bumps") {
  const Construction coarse = build_construction("univariate_bumps", {"eps=1/4", "segments=8", "n=20"}, 3);
  const Construction fine = build_construction("univariate_bumps", {"eps=1/4", "segments=256", "n=20"}, 3);
  const double smooth = quantity(fine, "norm2_P").value.mid_double();
  CHECK(quantity(fine, "interpolant_norm2_P").value.mid_double() == Approx(smooth).epsilon(1e-3));
  CHECK(quantity(coarse, "interpolant_norm2_P").value.mid_double() == Approx(smooth).epsilon(0.1));
  // A piecewise linear interpolant has at most the variation of the slope; both weights nearly agree on fine knots.
  const double seminorm = (quantity(fine, "amplitude").value * quantity(fine, "S").value).mid_double();
  CHECK(quantity(fine, "interpolant_seminorm").value.mid_double() == Approx(seminorm).epsilon(1e-2));
  CHECK(claim(fine, "H.7, seminorm").verdict == Verdict::proved);
  CHECK(claim(fine, "file").verdict == Verdict::proved);
  CHECK_FALSE(static_cast<bool>(fine.ideal));
}

TEST_CASE("the interpolant stays within its stated error") {
  const long segments = 10;
  const PiecewiseLinear f = bump_interpolant(Rational(1, 2), Rational(1), {1, -1}, segments);
  const Ball bound = enclose_largest_curvature() / Ball(2 * segments * segments) + power(Ball(2), -50);
  for (int i = 0; i <= 200; ++i) {
    const Rational x = Rational(1, 2) + Rational(i) / 400;
    const bool second = x > Rational(3, 4);
    const Rational y = (x - (second ? Rational(7, 8) : Rational(5, 8))) * 8;
    const Ball smooth = second ? -bump(y) : bump(y);
    CHECK(certainly_less_or_equal(abs(Ball(f.at(x)) - smooth), bound));
  }
}

TEST_CASE("the file interpolates its own labels, the same for the same seed") {
  const Construction c = build_construction("univariate_bumps", {"eps=1/3", "c=1/10", "signs=+-+", "n=50"}, 9);
  const Problem<Rational>& p = c.file;
  for (Eigen::Index i = 0; i < p.data.samples(); ++i) {
    Vector<Rational> x(1);
    x(0) = p.data.X(i, 0);
    CHECK(value_at(p.network, x) == p.data.y(i));
  }
  const Construction again = build_construction("univariate_bumps", {"eps=1/3", "c=1/10", "signs=+-+", "n=50"}, 9);
  const Construction other = build_construction("univariate_bumps", {"eps=1/3", "c=1/10", "signs=+-+", "n=50"}, 10);
  CHECK(again.file.data.X == p.data.X);
  CHECK_FALSE(other.file.data.X == p.data.X);
}

TEST_CASE("an amplitude that no double is near is refused") {
  for (const char* bad : {"c=1e-400", "c=1e400"})
    CHECK_THROWS_WITH(build_construction("univariate_bumps", {bad}, 1), Catch::Contains("2^-1000"));
}

TEST_CASE("amplitudes that leave the class are refuted") {
  CHECK(claim(build_construction("univariate_bumps", {"c=one"}, 1), "H.7, seminorm").verdict == Verdict::refuted);
  CHECK(claim(build_construction("univariate_bumps", {"c=e"}, 1), "H.7, seminorm").verdict == Verdict::refuted);
  const Construction inverse = build_construction("univariate_bumps", {"c=inverse"}, 1);
  CHECK(claim(inverse, "H.7, seminorm").verdict == Verdict::proved);
  // Membership holds although the paper's termwise bound does not show it.
  CHECK(certainly_less(Ball(1), quantity(inverse, "termwise_bound").value));
}
