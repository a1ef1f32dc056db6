#include "shatterproof/network/forward_pass.hpp"

#include <catch2/catch.hpp>

#include "flatness/random_problem.hpp"
#include "shatterproof/network/convert.hpp"
#include "shatterproof/network/evaluate.hpp"

using namespace shatterproof;

namespace {

using Index = Eigen::Index;

void check_against_exact(const Problem<Rational>& exact) {
  const Problem<double> problem = to_double(exact);
  const ForwardPass pass = forward_pass(problem, settle_exactly(problem));
  const ActivationPattern pattern = activation_pattern(ball_problem(exact));  // in balls, another route
  for (Index i = 0; i < pattern.samples(); ++i)
    for (Index k = 0; k < pattern.neurons(); ++k) REQUIRE(pass.active.at(i, k) == pattern.active(i, k));
  Rational squares;
  for (Index i = 0; i < pattern.samples(); ++i)
    for (Index k = 0; k < pattern.neurons(); ++k)
      if (pattern.active(i, k)) squares += margin(exact, i, k) * margin(exact, i, k);
  CHECK(exact_rational(pass.hidden_norm) * exact_rational(pass.hidden_norm) >= squares);
  CHECK(pass.hidden_norm ==
        Approx(std::sqrt(squares.get_d())).epsilon(0.002).margin(1e-5));  // kSlack, tolerances of float
}

}  // namespace

TEST_CASE("the forward pass agrees with exact arithmetic, shapes that fill no block included") {
  for (const auto& [n, K, d] : {std::tuple{1, 1, 1}, {8, 16, 2}, {9, 17, 3}, {23, 40, 11}, {5, 0, 2}, {9, 545, 3}})
    check_against_exact(testing::random_problem(n, K, d, static_cast<std::uint64_t>(n + K)));
}

/// One sample and `count` neurons x - b with b within a few units in the last place of x, but w = 3: the product
/// rounds.
TEST_CASE("doubtful signs are settled exactly") {
  Problem<double> problem{{Matrix<double>::Constant(40, 1, 3), Vector<double>(40), Vector<double>::Ones(40), 0},
                          {Matrix<double>::Constant(2, 1, 0.1), Vector<double>::Zero(2), 1}};
  // 3 * 0.1 is not a double: thresholds around it, none equal.
  double b = 0.3;
  for (int step = 0; step < 20; ++step) b = std::nextafter(b, 0);
  for (Index k = 0; k < 40; ++k) problem.network.b(k) = b = std::nextafter(b, 1);
  const ForwardPass pass = forward_pass(problem, settle_exactly(problem));
  CHECK(pass.settled > 0);
  const Rational product = 3 * exact_rational(0.1);
  int active = 0;
  for (Index k = 0; k < 40; ++k) {
    REQUIRE(pass.active.at(1, k) == (product > exact_rational(problem.network.b(k))));
    active += pass.active.at(1, k);
  }
  CHECK(active > 0);
  CHECK(active < 40);
}

TEST_CASE("an exact tie is refused with neuron and sample; NaN and infinity are refused") {
  Problem<double> problem = to_double(testing::random_problem(10, 20, 3, 5));
  problem.network.W.row(13).setConstant(0.5);
  problem.data.X.row(6).setConstant(0.25);
  problem.network.b(13) = 0.375;
  CHECK_THROWS_WITH(forward_pass(problem, settle_exactly(problem)),
                    Catch::Contains("neuron 13 and sample 6") && Catch::Contains("tie"));
  for (const double bad : {std::nan(""), HUGE_VAL, 1e70}) {
    for (int place = 0; place < 6; ++place) {
      Problem<double> q = to_double(testing::random_problem(10, 20, 3, 5));
      double* const entries[] = {&q.network.W(3, 1), &q.network.b(2), &q.network.v(1),
                                 &q.network.beta,    &q.data.X(4, 2), &q.data.y(7)};
      *entries[place] = bad;
      CHECK_FALSE(is_moderate(q));
      CHECK_THROWS_AS(forward_pass(q, settle_exactly(q)), PreconditionError);
    }
  }
}

TEST_CASE("signs that float cannot tell are told in double, without being settled; large numbers skip float") {
  // Pre-activations of relative size 1e-4 to 1e-11 on some of many samples and neurons.
  Problem<double> problem = to_double(testing::random_problem(37, 600, 3, 11));
  for (Index k = 0; k < 600; k += 7) {
    const Index i = k % 37;
    const double at = problem.network.W.row(k).dot(problem.data.X.row(i));
    const double part = std::pow(10.0, -4 - static_cast<double>(k % 8));
    problem.network.b(k) = at * (k % 2 == 0 ? 1 + part : 1 - part);
  }
  for (const double scale : {1.0, 1e-25, 1e7, 1e40}) {
    INFO(scale);
    Problem<double> q = problem;
    q.network.W *= scale;
    q.network.b *= scale;
    const ForwardPass pass = forward_pass(q, [](Index, Index) -> bool { throw std::logic_error("nothing to settle"); });
    for (Index i = 0; i < 37; ++i)
      for (Index k = 0; k < 600; ++k) REQUIRE(pass.active.at(i, k) == is_active_exactly(q, i, k));
  }
}

TEST_CASE("the norm of the hidden values covers what float rounds away") {
  // 1 + 30.5 2^-23 and a little less: each of 512 values loses one part in sixty to the rounding of x.
  const double delta = 0x1p-23 * 30.4999;
  Problem<double> problem{{Matrix<double>(64, 2), Vector<double>::Zero(64), Vector<double>::Ones(64), 0},
                          {Matrix<double>::Ones(8, 2), Vector<double>::Zero(8), 1}};
  problem.network.W.col(0).setOnes();
  problem.network.W.col(1).setConstant(-1);
  problem.data.X.col(0).setConstant(1 + delta);
  const ForwardPass pass = forward_pass(problem, settle_exactly(problem));
  CHECK(pass.hidden_norm >= delta * std::sqrt(512.0));
}

TEST_CASE("so many dimensions that float tells nothing: the bounds are those of double") {
  for (const Index K : {40, 70}) {
    Problem<double> problem = to_double(testing::random_problem(3, static_cast<int>(K), 2, 12));
    Matrix<double> W = Matrix<double>::Zero(K, 16000), X = Matrix<double>::Zero(3, 16000);
    W.leftCols(2) = problem.network.W, X.leftCols(2) = problem.data.X;
    problem.network.W = W, problem.data.X = X;
    CHECK(forward_pass(problem, settle_exactly(problem)).hidden_norm < 1e3);
  }
}

TEST_CASE("numbers so small that products underflow are settled exactly") {
  Problem<double> problem = to_double(testing::random_problem(6, 9, 2, 8));
  for (const double scale : {1e-150, 1e-290}) {
    Problem<double> q = problem;
    q.network.W *= scale;
    q.network.b *= scale;
    const ForwardPass pass = forward_pass(q, settle_exactly(q));
    for (Index i = 0; i < 6; ++i)
      for (Index k = 0; k < 9; ++k) REQUIRE(pass.active.at(i, k) == is_active_exactly(q, i, k));
  }
}
