#include "shatterproof/flatness/hessian.hpp"

#include <catch2/catch.hpp>

#include "flatness/random_problem.hpp"
#include "network/golden_networks.hpp"
#include "shatterproof/network/convert.hpp"

using namespace shatterproof;

namespace {

using Index = Eigen::Index;

Rational& parameter(Network<Rational>& network, Index p) {
  if (p == 0) return network.beta;
  const Index d = network.dimension(), k = (p - 1) / (d + 2), j = (p - 1) % (d + 2);
  return j == 0 ? network.v(k) : j == d + 1 ? network.b(k) : network.W(k, j - 1);
}

/// d^2 L / d theta_p d theta_q by differences of the loss with its rectifiers. Along two parameters L is a polynomial
/// of total degree 4 as long as no activation changes, so that one extrapolation makes the difference exact.
Rational difference(const Problem<Rational>& problem, Index p, Index q) {
  const auto at = [&](const Rational& s, const Rational& t) {
    Problem<Rational> moved = problem;
    parameter(moved.network, p) += s;
    parameter(moved.network, q) += t;
    return loss(moved, activation_pattern(moved));
  };
  const auto mixed = [&](const Rational& h) {
    return Rational((at(h, h) - at(h, -h) - at(-h, h) + at(-h, -h)) / (4 * h * h));
  };
  const Rational h(1, 1 << 16);
  return (4 * mixed(h) - mixed(2 * h)) / 3;
}

void check_against_differences(const Problem<Rational>& problem) {
  const auto pattern = activation_pattern(problem);
  const Hessian<Rational> hessian(problem, pattern);
  const Matrix<Rational> H = hessian.dense();
  Rational trace = 0;
  for (Index p = 0; p < H.rows(); ++p) {
    trace += H(p, p);
    for (Index q = 0; q <= p; ++q) {
      INFO("entry " << p << ", " << q);
      CHECK(H(p, q) == difference(problem, p, q));
      CHECK(H(q, p) == H(p, q));
    }
  }
  CHECK(trace == hessian.trace());
}

}  // namespace

TEST_CASE("the dense Hessian is the second derivative of the loss, exactly") {
  check_against_differences(testing::random_problem(3, 2, 1, 1));
  check_against_differences(testing::random_problem(4, 2, 3, 2));
  check_against_differences(testing::golden_networks().at(0).problem);
}

TEST_CASE("the matrix-free product equals the dense one, and so do all scalars") {
  const auto problem = testing::random_problem(7, 4, 3, 3);
  const auto pattern = activation_pattern(problem);
  const Hessian<Rational> exact(problem, pattern);
  const Hessian<double> rounded(to_double(problem), pattern);
  const Hessian<Ball> enclosed(to_ball(problem), pattern);
  const Matrix<Rational> H = exact.dense();
  const Matrix<double> H_double = rounded.dense();
  const Matrix<Ball> H_ball = enclosed.dense();
  for (Index p = 0; p < H.rows(); ++p) {
    Vector<Rational> unit = Vector<Rational>::Constant(H.rows(), Rational(0));
    unit(p) = 1;
    const Vector<Rational> column = exact.apply(unit);
    for (Index q = 0; q < H.rows(); ++q) {
      CHECK(column(q) == H(q, p));
      CHECK(H_double(q, p) == Approx(H(q, p).get_d()).margin(1e-14));
      CHECK(H_ball(q, p).contains(H(q, p)));
    }
  }
  CHECK(enclosed.trace().contains(exact.trace()));
}

TEST_CASE("the resolvent of the blocks and the n x n reduction") {
  const auto problem = testing::random_problem(5, 3, 2, 4);
  const auto pattern = activation_pattern(problem);
  const Hessian<Rational> hessian(problem, pattern);
  const Matrix<Rational> phi = hessian.jacobian();
  const Rational sigma(17, 5), n(5);
  const Matrix<Rational> M = Reduction<Rational>(hessian).at(sigma);
  for (Index j = 0; j < 5; ++j) {
    const Vector<Rational> column = phi.col(j);
    const Vector<Rational> x = hessian.solve_blocks(sigma, column);
    // (sigma I - D) x is column again: D x = H x - Phi Phi^T x / n.
    const Vector<Rational> Hx = hessian.apply(x), Gx = hessian.apply_jacobian(hessian.apply_jacobian_transposed(x));
    for (Index p = 0; p < x.size(); ++p) CHECK(Rational(sigma * x(p) - Hx(p) + Gx(p) / n) == column(p));
    for (Index i = 0; i < 5; ++i) {
      Rational entry = 0;
      for (Index p = 0; p < x.size(); ++p) entry += phi(p, i) * x(p);
      CHECK(Rational(entry / n) == M(i, j));
    }
  }
}

TEST_CASE("block norms of the golden networks") {
  for (const auto& [name, problem, output] : testing::golden_networks()) {
    INFO(name);
    PrecisionScope scope(256);
    const auto pattern = activation_pattern(problem);
    const Hessian<Ball> hessian(to_ball(problem), pattern);
    const auto& expected = output.at("s_norms");
    REQUIRE(expected.size() == static_cast<std::size_t>(hessian.neurons()));
    for (Index k = 0; k < hessian.neurons(); ++k) {
      const Rational reference = parse_rational(expected[static_cast<std::size_t>(k)].get<std::string>());
      CHECK(certainly_less(abs(sqrt(hessian.block_norm2(k)) - Ball(reference)), Ball::decimal("1e-37")));
    }
  }
}

TEST_CASE("a pattern of another shape is refused") {
  const auto problem = testing::random_problem(3, 2, 2, 5);
  CHECK_THROWS_AS(Hessian<Rational>(problem, ActivationPattern(3, 1)), PreconditionError);
  CHECK_THROWS_AS(Hessian<Rational>(problem, ActivationPattern(2, 2)), PreconditionError);
}
