#include <cmath>

#include "chain_support.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/flatness/weight_function.hpp"

using namespace shatterproof;
using namespace chain_support;

namespace {

Ball norm(const Vector<Rational>& w) {
  return enclose_norm(to_ball(Problem<Rational>{{w.transpose(), vector_of({"0"}), vector_of({"0"}), 0},
                                                {w.transpose(), vector_of({"0"}), 1}})
                          .network.W.row(0));
}

/// Equation (6) as printed, with its divisions: p^2 (E[X.u | above] - t) sqrt(1 + ||E[X | above]||^2), times |w|.
Ball printed_form(const Matrix<Rational>& X, const Vector<Rational>& w, const Rational& b) {
  const SideMoments<Rational> m = side_moments(X, w, b, exact_sides(X, w, b), 1);
  Rational mean_norm2 = 0, along = -b;
  for (Eigen::Index j = 0; j < w.size(); ++j) {
    const Rational mean = m.q(j) / m.p;
    mean_norm2 += mean * mean;
    along += w(j) * mean;
  }
  return Ball(Rational(m.p * m.p * along)) * sqrt(Ball(Rational(1 + mean_norm2)));
}

}  // namespace

TEST_CASE("the weights of the reference networks are met to their digits") {
  PrecisionScope scope(256);
  for (const auto& network : reference_networks()) {
    const Problem<Rational> p = problem_of(network["input"]);
    for (Eigen::Index k = 0; k < p.network.neurons(); ++k) {
      const Vector<Rational> w = p.network.W.row(k);
      if (w.isZero(0)) continue;
      const auto& wanted = network["output"]["neurons"][static_cast<std::size_t>(k)];
      const ScaledWeights<Ball> got = enclose_scaled_weights(p.data.X, w, p.network.b(k));
      CHECK(agrees(got.plus / norm(w), wanted["gt_plus"]));
      CHECK(agrees(got.minus / norm(w), wanted["gt_minus"]));
      CHECK(agrees(got.g / norm(w), wanted["g"]));
    }
  }
}

TEST_CASE("a neuron's weights agree with those of its hyperplane") {
  PrecisionScope scope(256);
  for (const auto& network : reference_networks()) {
    const Problem<Rational> p = problem_of(network["input"]);
    const ActivationPattern pattern = activation_pattern(p);
    for (Eigen::Index k = 0; k < p.network.neurons(); ++k) {
      const ScaledWeights<Ball> a = enclose_scaled_weights(to_ball(p), pattern, k);
      const ScaledWeights<Ball> b = enclose_scaled_weights(p.data.X, p.network.W.row(k), p.network.b(k));
      CHECK((a.plus.overlaps(b.plus) && a.minus.overlaps(b.minus) && a.g.overlaps(b.g)));
    }
  }
}

TEST_CASE("points on the hyperplane count for neither side, decided before normalising") {
  const Matrix<Rational> X = matrix_of({{"-1/2", "1/2"}, {"1/2", "0"}, {"-1/2", "-1/2"}});
  const Vector<Rational> w = vector_of({"1", "1/2"});
  const Rational b = parse_rational("-1/4");
  CHECK(exact_sides(X, w, b) == Sides{0, 1, -1});
  const SideMoments<Rational> above = side_moments(X, w, b, exact_sides(X, w, b), 1);
  CHECK(above.p == Rational(1, 3));
  CHECK(above.q(0) == Rational(1, 6));
  CHECK(above.excess == Rational(1, 4));
  const SideMoments<Rational> below = side_moments(X, w, b, exact_sides(X, w, b), -1);
  CHECK(below.p == Rational(1, 3));
  CHECK(below.excess == Rational(1, 6));
}

TEST_CASE("a point off the hyperplane by 1e-40 is above it, not on it") {
  const Matrix<Rational> X = matrix_of({{"1/2"}, {"-1/2"}});
  const Rational b = parse_rational("1/2") - parse_rational("1e-40");
  CHECK(exact_sides(X, vector_of({"1"}), b) == Sides{1, -1});
  CHECK(certainly_positive(enclose_scaled_weights(X, vector_of({"1"}), b).g));
  CHECK(is_exactly_zero(enclose_scaled_weights(X, vector_of({"1"}), Rational(1, 2)).g));
}

TEST_CASE("a side without samples has weight exactly 0") {
  const Matrix<Rational> X = matrix_of({{"1/3", "1/7"}, {"1/5", "-1/9"}});
  const ScaledWeights<Ball> g = enclose_scaled_weights(X, vector_of({"1/3", "2/3"}), Rational(3));
  CHECK(is_exactly_zero(g.plus));
  CHECK(is_exactly_zero(g.g));
  CHECK(certainly_positive(g.minus));
}

TEST_CASE("flipping the hyperplane swaps the sides; rescaling it rescales the weight") {
  PrecisionScope scope(200);
  const Matrix<Rational> X = matrix_of({{"0.3", "-0.2"}, {"-0.6", "0.1"}, {"0.1", "0.7"}, {"-0.2", "-0.9"}});
  const Vector<Rational> w = vector_of({"3/7", "-2/5"}), flipped = vector_of({"-3/7", "2/5"}),
                         scaled = vector_of({"9/7", "-6/5"});
  const ScaledWeights<Ball> g = enclose_scaled_weights(X, w, Rational(1, 11));
  const ScaledWeights<Ball> mirror = enclose_scaled_weights(X, flipped, Rational(-1, 11));
  const ScaledWeights<Ball> three = enclose_scaled_weights(X, scaled, Rational(3, 11));
  CHECK(g.plus.overlaps(mirror.minus));
  CHECK(g.minus.overlaps(mirror.plus));
  CHECK(g.g.overlaps(mirror.g));
  CHECK(three.g.overlaps(Ball(3) * g.g));
  CHECK_FALSE(g.plus.overlaps(g.minus));
}

TEST_CASE("the division-free form is the printed one") {
  PrecisionScope scope(200);
  const Matrix<Rational> X = matrix_of({{"0.3", "-0.2", "0.5"}, {"-0.6", "0.1", "0"}, {"0.1", "0.7", "-0.4"}});
  for (const char* b : {"-0.7", "-0.1", "0", "0.05", "0.1"}) {
    const Vector<Rational> w = vector_of({"1", "-2", "3"});
    const Rational threshold = parse_rational(b);
    const Ball g = enclose_scaled_weights(X, w, threshold).plus;
    CHECK(g.overlaps(printed_form(X, w, threshold)));
    CHECK(g.accuracy_bits() > 150);
  }
}

TEST_CASE("mass and excess do not determine the weight") {
  const Ball two = enclose_scaled_weights(matrix_of({{"0.6", "0.6"}, {"0.6", "-0.6"}}), vector_of({"1", "0"}), 0).plus;
  const Ball one = enclose_scaled_weights(matrix_of({{"0.6", "0.6"}}), vector_of({"1", "0"}), 0).plus;
  CHECK(std::abs(two.mid_double() - 0.699714) < 1e-6);
  CHECK(std::abs(one.mid_double() - 0.786893) < 1e-6);
}

TEST_CASE("the weight in double follows the enclosure") {
  const Matrix<Rational> X = matrix_of({{"0.25", "-0.5"}, {"-0.625", "0.125"}, {"0.125", "0.75"}});
  const Matrix<double> x{{0.25, -0.5}, {-0.625, 0.125}, {0.125, 0.75}};
  const Ball g = enclose_scaled_weights(X, vector_of({"1", "2"}), Rational(1, 4)).g;
  const double approx = approx_scaled_weights(x, Vector<double>{{1.0, 2.0}}, 0.25).g;
  CHECK(std::abs(approx / g.mid_double() - 1) < 1e-14);
}

TEST_CASE("shapes that disagree and empty samples are refused") {
  CHECK_THROWS_AS(exact_sides(matrix_of({{"1", "2"}}), vector_of({"1"}), 0), PreconditionError);
  const Matrix<Rational> none(0, 1);
  CHECK_THROWS_AS(enclose_scaled_weights(none, vector_of({"1"}), 0), PreconditionError);
}
