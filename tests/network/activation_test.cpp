#include "shatterproof/network/activation.hpp"

#include <catch2/catch.hpp>

#include "network/golden_networks.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/network/convert.hpp"
#include "shatterproof/network/evaluate.hpp"

using namespace shatterproof;
using Catch::Matchers::Contains;

namespace {
Problem<Rational> one_neuron(const Matrix<Rational>& W, const Rational& b, const Matrix<Rational>& X) {
  Problem<Rational> p{{W, Vector<Rational>(1), Vector<Rational>(1), 0}, {X, Vector<Rational>(X.rows()), 1}};
  p.network.b(0) = b;
  p.network.v(0) = 1;
  return p;
}
}  // namespace

TEST_CASE("an exact tie is refused by name") {
  Matrix<Rational> W(1, 2), X(2, 2);
  W << 1, Rational(1, 2);
  X << 1, 1, Rational(-1, 2), Rational(1, 2);
  const auto tied = one_neuron(W, Rational(-1, 4), X);
  CHECK_THROWS_AS(activation_pattern(tied), PreconditionError);
  CHECK_THROWS_WITH(activation_pattern(tied), Contains("neuron 0") && Contains("sample 1"));
  // A ball problem that cannot exclude the tie: an exact zero is a tie, an inexact one is undecided.
  CHECK_THROWS_AS(activation_pattern(ball_problem(tied)), PreconditionError);
  const auto thirds = one_neuron(W, Rational(-1, 4) * Rational(1, 3), Matrix<Rational>(X * Rational(1, 3)));
  CHECK_THROWS_AS(activation_pattern(thirds), PreconditionError);
  CHECK_THROWS_AS(activation_pattern(ball_problem(thirds), 512), UndecidedError);
}

TEST_CASE("signs far below double precision are decided") {
  Matrix<Rational> W(1, 1), X(1, 1);
  W << 1;
  X << Rational(1, 3);
  for (const char* gap : {"1e-40", "1e-300", "1e-900"}) {
    const Rational tiny = parse_rational(gap);
    CHECK(activation_pattern(one_neuron(W, X(0, 0) - tiny, X)).active(0, 0));
    CHECK_FALSE(activation_pattern(one_neuron(W, X(0, 0) + tiny, X)).active(0, 0));
    CHECK(activation_pattern(ball_problem(one_neuron(W, X(0, 0) - tiny, X))).active(0, 0));
  }
  CHECK_THROWS_AS(activation_pattern(ball_problem(one_neuron(W, X(0, 0) - parse_rational("1e-900"), X)), 1024),
                  UndecidedError);
}

TEST_CASE("w = 0 with a negative threshold is active everywhere") {
  Matrix<Rational> W(1, 2), X(3, 2);
  W << 0, 0;
  X << 0, 0, 1, 0, -1, Rational(1, 7);
  const auto pattern = activation_pattern(one_neuron(W, -1, X));
  for (int i = 0; i < 3; ++i) CHECK(pattern.active(i, 0));
  CHECK_FALSE(activation_pattern(one_neuron(W, 1, X)).active(0, 0));
  CHECK_THROWS_AS(activation_pattern(one_neuron(W, 0, X)), PreconditionError);
}

TEST_CASE("shapes that disagree and indeterminate numbers decide nothing") {
  Matrix<Rational> W(1, 2), X(1, 1);
  W << 1, 1;
  X << 1;
  CHECK_THROWS_AS(activation_pattern(one_neuron(W, 0, X)), PreconditionError);
  CHECK_THROWS_AS(activation_pattern(one_neuron(W, 0, Matrix<Rational>(0, 2))), PreconditionError);
  const BallProblem nan = [] {
    Problem<Ball> p{{Matrix<Ball>(1, 1), Vector<Ball>(1), Vector<Ball>(1), 0},
                    {Matrix<Ball>(1, 1), Vector<Ball>(1), 1}};
    p.network.b(0) = Ball::indeterminate();
    return p;
  };
  CHECK_THROWS_AS(activation_pattern(nan, 256), UndecidedError);
}

TEST_CASE("residuals and loss of the golden networks") {
  for (const auto& [name, problem, output] : testing::golden_networks()) {
    INFO(name);
    const auto pattern = activation_pattern(problem);
    const Vector<Rational> r = residuals(problem, pattern);
    const auto& expected = output.at("residuals");
    REQUIRE(static_cast<std::size_t>(r.size()) == expected.size());
    for (Eigen::Index i = 0; i < r.size(); ++i) {
      CHECK(testing::agrees(r(i), expected[static_cast<std::size_t>(i)]));
      // Route 2: the formula with the rectifier itself.
      CHECK(value_at(problem.network, Vector<Rational>(problem.data.X.row(i))) - problem.data.y(i) == r(i));
    }
    const Rational exact = loss(problem, pattern);
    CHECK(testing::agrees(exact, output.at("L")));
    CHECK(loss(to_ball(problem), pattern).contains(exact));
    CHECK(loss(to_double(problem), pattern) == Approx(exact.get_d()));
  }
}

TEST_CASE("the gradient is the exact derivative of the loss") {
  const auto golden = testing::golden_networks();
  const Problem<Rational>& problem = golden.at(2).problem;
  const auto pattern = activation_pattern(problem);
  const Vector<Rational> g = gradient(problem, pattern);
  REQUIRE(g.size() == parameter_count(problem.network));
  // Along one parameter f is affine, so L is quadratic and the central difference is exact.
  const Rational step = Rational(1, 1024);
  const Eigen::Index d = problem.network.dimension();
  for (Eigen::Index p = 0; p < g.size(); ++p) {
    const auto at = [&](const Rational& move) {
      Problem<Rational> moved = problem;
      const Eigen::Index k = (p - 1) / (d + 2), j = (p - 1) % (d + 2);
      Rational& parameter = p == 0       ? moved.network.beta
                            : j == 0     ? moved.network.v(k)
                            : j == d + 1 ? moved.network.b(k)
                                         : moved.network.W(k, j - 1);
      parameter += move;
      return loss(moved, activation_pattern(moved));
    };
    CHECK(Rational((at(step) - at(-step)) / (2 * step)) == g(p));
  }
}
