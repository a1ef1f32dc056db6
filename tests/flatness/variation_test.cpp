#include "shatterproof/flatness/variation.hpp"

#include "chain_support.hpp"
#include "shatterproof/core/error.hpp"

using namespace shatterproof;
using namespace chain_support;

namespace {

Problem<Rational> on_samples(Network<Rational> network, const Matrix<Rational>& X) {
  return {std::move(network), {X, Vector<Rational>::Zero(X.rows()), 1}};
}

Ball empirical_seminorm(const Problem<Rational>& p) {
  return enclose_variation_seminorm(neuron_classes(p.network, p.data.R),
                                    empirical_weights(to_ball(p), activation_pattern(p)));
}

const Matrix<Rational>& four_points() {
  static const Matrix<Rational> X =
      matrix_of({{"0.5", "0.25"}, {"-0.5", "0.5"}, {"0.125", "-0.75"}, {"-0.25", "-0.5"}});
  return X;
}

}  // namespace

TEST_CASE("classes, seminorm and unmerged sum of the reference networks") {
  PrecisionScope scope(256);
  for (const auto& network : reference_networks()) {
    const Problem<Rational> p = problem_of(network["input"]);
    const auto& wanted = network["output"];
    const std::vector<NeuronClass> classes = neuron_classes(p.network, p.data.R);
    REQUIRE(classes.size() == wanted["classes"].size());
    for (std::size_t c = 0; c < classes.size(); ++c) {
      const Vector<Ball> w = to_ball(p).network.W.row(classes[c].representative);
      CHECK(agrees(Ball(classes[c].coefficient) * enclose_norm(w), wanted["classes"][c]["a"]));
    }
    const Vector<Ball> weights = empirical_weights(to_ball(p), activation_pattern(p));
    CHECK(agrees(enclose_variation_seminorm(classes, weights), wanted["Vg_norm"]));
    CHECK(agrees(enclose_unmerged_sum(to_ball(p).network.v, weights), wanted["naive_unmerged_sum_g"]));
  }
}

TEST_CASE("2 phi(s) - 2 phi(-s) is affine: its seminorm is exactly 0, the unmerged sum is not") {
  const Problem<Rational> p = on_samples(
      {matrix_of({{"1/3", "1/7"}, {"-1/3", "-1/7"}}), vector_of({"1/10", "-1/10"}), vector_of({"2", "-2"}), 0},
      four_points());
  CHECK(is_exactly_zero(empirical_seminorm(p)));
  const Vector<Ball> weights = empirical_weights(to_ball(p), activation_pattern(p));
  CHECK(certainly_positive(enclose_unmerged_sum(to_ball(p).network.v, weights)));
}

TEST_CASE("a factor of either sign merges, even between irrational norms") {
  const Network<Rational> f{matrix_of({{"1", "1"}, {"-2", "-2"}, {"1/3", "1/3"}}), vector_of({"1/5", "-2/5", "1/15"}),
                            vector_of({"1", "-1/4", "-3/2"}), 0};
  const std::vector<NeuronClass> classes = neuron_classes(f, 1);
  REQUIRE(classes.size() == 1);
  CHECK(classes[0].members == std::vector<Eigen::Index>{0, 1, 2});
  CHECK(classes[0].coefficient == 0);
  CHECK(classes[0].absolute == 2);
  CHECK(is_exactly_zero(empirical_seminorm(on_samples(f, four_points()))));
}

TEST_CASE("neurons off proportionality by 1e-40 are not merged") {
  const Rational off = parse_rational("1e-40");
  Network<Rational> f{matrix_of({{"1", "2"}, {"-1", "-2"}}), vector_of({"1/5", "-1/5"}), vector_of({"2", "-2"}), 0};
  SECTION("in the direction") { f.W(1, 1) += off; }
  SECTION("in the threshold") { f.b(1) += off; }
  CHECK(neuron_classes(f, 1).size() == 2);
  // The norm is discontinuous here: the two terms do not cancel.
  CHECK(certainly_less(Ball::decimal("0.1"), empirical_seminorm(on_samples(f, four_points()))));
}

TEST_CASE("neurons without a bend inside the ball drop out, decided exactly") {
  const Vector<Rational> w = vector_of({"3", "4"}), zero = vector_of({"0", "0"});
  CHECK(is_affine_on_ball(w, 5, 1));
  CHECK(is_affine_on_ball(w, -5, 1));
  CHECK_FALSE(is_affine_on_ball(w, Rational(5 - parse_rational("1e-40")), 1));
  CHECK_FALSE(is_affine_on_ball(w, 5, Rational(1 + parse_rational("1e-40"))));
  CHECK(is_affine_on_ball(zero, -1, 1));
  CHECK_THROWS_AS(is_affine_on_ball(w, 0, -1), PreconditionError);
}

TEST_CASE("two thousand neurons in a thousand antipodal pairs") {
  Network<Rational> f{Matrix<Rational>(2000, 3), Vector<Rational>(2000), Vector<Rational>(2000), 0};
  for (long k = 0; k < 1000; ++k) {
    const Vector<Rational> w = vector_of({"1", "2", std::to_string(k) + "/1001"});
    f.W.row(k) = w.transpose();
    f.W.row(1999 - k) = (w * Rational(-1, 3)).transpose();
    f.b(k) = Rational(1, 2);
    f.b(1999 - k) = Rational(-1, 6);
    f.v(k) = k + 1;
    f.v(1999 - k) = -3 * k;
  }
  const std::vector<NeuronClass> classes = neuron_classes(f, 1);
  REQUIRE(classes.size() == 1000);
  for (const NeuronClass& c : classes) CHECK(c.coefficient == 1);
}

TEST_CASE("the canonical weight of the unit ball") {
  const Network<Rational> f{matrix_of({{"2"}, {"-1"}, {"1"}, {"0"}}), vector_of({"1", "-1/4", "1", "-1"}),
                            vector_of({"3", "1", "7", "1"}), 0};
  const Vector<Ball> weights = canonical_weights(f);
  CHECK(weights(0).contains(Rational(2, 8)));  // 2 (1 - 1/2)^3
  CHECK(weights(1).contains(Rational(27, 64)));
  CHECK(is_exactly_zero(weights(2)));
  CHECK(is_exactly_zero(weights(3)));
  CHECK(enclose_variation_seminorm(neuron_classes(f, 1), weights).contains(Rational(3, 4) + Rational(27, 64)));
}

TEST_CASE("the weight of the uniform law on an interval of half-length R, against its elementary form") {
  PrecisionScope scope(200);
  for (const char* radius : {"1", "1/2", "3"})
    for (const char* position : {"0", "1/3", "-4/5"}) {
      const Rational R = parse_rational(radius), t = R * parse_rational(position), depth = abs(t);
      const Network<Rational> f{matrix_of({{"-2"}}), vector_of({"0"}), vector_of({"1"}), 0};
      Network<Rational> g = f;
      g.b(0) = -2 * t;
      const Rational p = (R - depth) / (2 * R), q = (R * R - depth * depth) / (4 * R);
      const Rational s = (R - depth) * (R - depth) / (4 * R);
      const Ball wanted = Ball(Rational(2 * s)) * sqrt(Ball(Rational(p * p + q * q)));
      const Ball got = uniform_ball_weights(g, R)(0);
      CHECK(got.overlaps(wanted));
      CHECK(got.accuracy_bits() > 100);
    }
}

TEST_CASE("distinct hyperplanes known by enclosures only") {
  PrecisionScope scope(200);
  Problem<Rational> p = on_samples({matrix_of({{"1/3", "1/7"}, {"-1/3", "1/7"}, {"1", "0"}, {"0", "0"}}),
                                    vector_of({"1/10", "1/10", "7", "-1"}), vector_of({"2", "-3", "1", "1"}), 0},
                                   four_points());
  const Vector<Ball> weights = empirical_weights(to_ball(p), activation_pattern(p));
  const Ball one = Ball(1);
  CHECK(enclose_distinct_variation_seminorm(to_ball(p).network, one, weights).overlaps(empirical_seminorm(p)));

  Network<Ball> twice = to_ball(p).network;
  twice.W.row(1) = -twice.W.row(0);
  twice.b(1) = -twice.b(0);
  CHECK_THROWS_AS(enclose_distinct_variation_seminorm(twice, one, weights), UndecidedError);

  // Where |b| = R|w| cannot be told, the term counts from 0 up to all of it.
  Network<Ball> border{Matrix<Ball>(1, 1), Vector<Ball>(1), Vector<Ball>(1), Ball(0)};
  border.W(0, 0) = sqrt(Ball(2));
  border.b(0) = sqrt(Ball(2));
  border.v(0) = Ball(1);
  Vector<Ball> weight(1);
  weight(0) = Ball(5);
  const Ball either = enclose_distinct_variation_seminorm(border, one, weight);
  CHECK(either.contains(Rational(0)));
  CHECK(either.contains(Rational(5)));
}
