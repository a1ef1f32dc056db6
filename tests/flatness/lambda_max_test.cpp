#include "shatterproof/flatness/lambda_max.hpp"

#include <catch2/catch.hpp>

#include "flatness/random_problem.hpp"
#include "network/golden_networks.hpp"
#include "shatterproof/flatness/approx_lambda_max.hpp"
#include "shatterproof/network/convert.hpp"

using namespace shatterproof;

namespace {

using Index = Eigen::Index;

Ball enclose(const Problem<Rational>& problem, int digits) {
  const auto result = enclose_lambda_max(ball_problem(problem), activation_pattern(problem), digits);
  const Rational width = result.value.upper_rational() - result.value.lower_rational();
  CHECK(width <= 2 * power(Rational(10), -digits) * result.value.upper_rational());
  CHECK_FALSE(result.method.empty());
  return result.value;
}

/// |value - reference| <= 10^-digits relative.
bool near(const Rational& value, const Rational& reference, int digits) {
  return abs(value - reference) <= power(Rational(10), -digits) * reference;
}

Rational middle(const Ball& ball) { return (ball.lower_rational() + ball.upper_rational()) / 2; }

/// The three approximate routes against the enclosure.
void check_routes(const Problem<Rational>& problem) {
  const auto pattern = activation_pattern(problem);
  const Rational truth = middle(enclose(problem, 50));
  CHECK(near(approx_lambda_max_double(problem, pattern), truth, 12));
  CHECK(near(approx_lambda_max_float128(problem, pattern), truth, 30));
  CHECK(near(approx_spectrum(problem, pattern, 50).front(), truth, 47));
}

/// One sample x = 1 and one neuron w = 1, b = 0, so h = 1, z = (1; -1): f = v + beta, r = v + beta - y.
Problem<Rational> scalar_problem(const Rational& v, const Rational& y) {
  Problem<Rational> p{{Matrix<Rational>(1, 1), Vector<Rational>(1), Vector<Rational>(1), 0},
                      {Matrix<Rational>(1, 1), Vector<Rational>(1), 1}};
  p.network.W(0, 0) = p.data.X(0, 0) = 1;
  p.network.b(0) = 0;
  p.network.v(0) = v;
  p.data.y(0) = y;
  return p;
}

}  // namespace

TEST_CASE("lambda_max of the golden networks, by all routes") {
  for (const auto& [name, problem, output] : testing::golden_networks()) {
    INFO(name);
    const Ball value = enclose(problem, 50);
    const Rational reference = parse_rational(output.at("lambda_max_H").get<std::string>());
    CHECK(near(middle(value), reference, 38));
    check_routes(problem);
    const auto spectrum = approx_spectrum(problem, activation_pattern(problem), 50);
    const auto& expected = output.at("eig_H_desc");
    REQUIRE(spectrum.size() == expected.size());
    for (std::size_t i = 0; i < spectrum.size(); ++i)
      CHECK(abs(spectrum[i] - parse_rational(expected[i].get<std::string>())) < parse_rational("1e-36"));
  }
}

TEST_CASE("random networks of several shapes, by all routes") {
  check_routes(testing::random_problem(6, 3, 2, 11));
  check_routes(testing::random_problem(30, 2, 1, 12));  // more samples than parameters
  check_routes(testing::random_problem(1, 4, 3, 13));
  check_routes(testing::random_problem(12, 12, 4, 14));
}

TEST_CASE("fifty digits for sixty samples and a hundred neurons") {
  const auto problem = testing::random_problem(60, 100, 5, 15);
  const auto pattern = activation_pattern(problem);
  const Ball value = enclose(problem, 50);
  CHECK(near(approx_lambda_max_float128(problem, pattern), middle(value), 30));
  CHECK(near(approx_lambda_max_double(problem, pattern), middle(value), 12));
}

TEST_CASE("more digits lie inside fewer") {
  const auto problem = testing::random_problem(8, 5, 3, 16);
  const Ball coarse = enclose(problem, 5), fine = enclose(problem, 200);
  CHECK(coarse.overlaps(fine));
  CHECK(coarse.contains(middle(fine)));
}

TEST_CASE("without an active neuron lambda_max is exactly 1") {
  for (long K : {0L, 3L}) {
    auto problem = testing::random_problem(5, K, 2, 17);
    for (Index k = 0; k < K; ++k) problem.network.b(k) = 10;
    const Ball value = enclose(problem, 30);
    CHECK(value.is_exact());
    CHECK(value.contains(Rational(1)));
  }
  const auto active = testing::random_problem(5, 3, 2, 18);
  CHECK(certainly_less(Ball(1), enclose(active, 20)));
}

TEST_CASE("a top eigenvalue that belongs to D alone, repeated or nearly so") {
  for (const char* split : {"0", "1", "1e-10", "1e-20", "1e-35", "1e-60"}) {
    INFO(split);
    const auto p = testing::blocks_only(-100, -100 - parse_rational(split));
    const Rational largest = (Rational(-4, 5) + 100 + parse_rational(split)) * Rational(5, 8);
    const auto spectrum = approx_spectrum(p, activation_pattern(p), 60);
    REQUIRE(near(spectrum.at(0), largest, 55));
    REQUIRE(spectrum.at(0) - spectrum.at(1) < parse_rational(split) + parse_rational("1e-55"));
    CHECK(enclose(p, 40).contains(largest));
    PrecisionScope scope(1024);
    const auto below = [&](const Rational& sigma) {
      return certify_lambda_max_below(to_ball(p), activation_pattern(p), Ball(sigma));
    };
    CHECK_FALSE(below(largest));
    CHECK_FALSE(below(largest - parse_rational("1e-70")));
    CHECK(below(largest + parse_rational("1e-70")));
  }
}

TEST_CASE("a top eigenvalue close to a block norm") {
  // h + v ||z|| with ||z|| = sqrt 2 vanishes for no rational v: v = -1/sqrt 2 is approached.
  for (const char* v : {"-0.7071067811865475244", "-0.7071067811865475244008443621048490392848"}) {
    const auto p = scalar_problem(parse_rational(v), -10);
    const Rational truth = approx_spectrum(p, activation_pattern(p), 60).front();
    CHECK(near(middle(enclose(p, 40)), truth, 39));
  }
}

TEST_CASE("a symmetric network and small perturbations of it") {
  Problem<Rational> p = testing::blocks_only(0, 0);
  p.network.v << 2, 2;
  for (const char* split : {"0", "1e-10", "1e-20", "1e-40"}) {
    INFO(split);
    p.network.v(1) = 2 + parse_rational(split);
    p.data.y(1) = parse_rational(split);
    const Rational truth = approx_spectrum(p, activation_pattern(p), 90).front();
    CHECK(near(middle(enclose(p, 60)), truth, 59));
  }
}

TEST_CASE("tiny and huge scales") {
  for (const char* scale : {"1e-200", "1e-30", "1e30", "1e200"}) {
    INFO(scale);
    auto p = testing::random_problem(5, 3, 2, 20);
    for (Index k = 0; k < 3; ++k) p.network.v(k) *= parse_rational(scale);
    const Rational truth = approx_spectrum(p, activation_pattern(p), 60).front();
    CHECK(near(middle(enclose(p, 30)), truth, 29));
  }
}

TEST_CASE("certify_lambda_max_below accepts what is true and nothing else") {
  PrecisionScope scope(512);
  for (const auto& problem : {testing::random_problem(6, 4, 2, 21), testing::random_problem(40, 2, 1, 22),
                              testing::golden_networks().at(2).problem}) {
    const auto pattern = activation_pattern(problem);
    const auto enclosed = to_ball(problem);
    const Ball value = enclose(problem, 60);
    const Ball one(1), tiny = Ball::decimal("1e-30");
    const auto below = [&](const Ball& sigma) { return certify_lambda_max_below(enclosed, pattern, sigma); };
    CHECK(below(value.upper() * (one + tiny)));
    CHECK(below(Ball(1000000)));
    CHECK_FALSE(below(value));
    CHECK_FALSE(below(value.mid() * (one - tiny)));
    CHECK_FALSE(below(value.lower()));
    CHECK_FALSE(below(value * Ball::decimal("0.9")));
    CHECK_FALSE(below(one));
    CHECK_FALSE(below(Ball(0)));
    CHECK_FALSE(below(-value * Ball(100)));
    CHECK_FALSE(below(Ball::indeterminate()));
    CHECK_FALSE(below(Ball::exact(INFINITY)));
    CHECK_FALSE(below(Ball::hull(value * Ball::decimal("0.5"), value * Ball(2))));
    // Too few bits never certify the tight bound.
    PrecisionScope coarse(20);
    CHECK_FALSE(certify_lambda_max_below(to_ball(problem), pattern, value.upper() * (one + tiny)));
  }
}

TEST_CASE("an exact tie at an integer eigenvalue is not certified") {
  // K = 1, v = 0, r = 0, h = 1: H restricted to (beta, v) is [[1, 1], [1, 1]], so lambda_max = 2 exactly.
  const auto p = scalar_problem(0, 0);
  const auto pattern = activation_pattern(p);
  CHECK_FALSE(certify_lambda_max_below(to_ball(p), pattern, Ball(2)));
  CHECK(certify_lambda_max_below(to_ball(p), pattern, Ball(2) + Ball::decimal("1e-20")));
  CHECK(enclose(p, 30).contains(Rational(2)));
}

TEST_CASE("a shift below the blocks is refused even where I - M_sigma is positive definite") {
  // v = 0 and a large residual: for sigma just below ||s|| the entries of M_sigma change sign, so that I - M_sigma is
  // positive definite although sigma I - H is not.
  const auto p = scalar_problem(0, 100);
  const auto pattern = activation_pattern(p);
  const Hessian<Rational> hessian(p, pattern);
  const Rational sigma = 141;  // ||s|| = 100 sqrt 2
  REQUIRE(sigma * sigma < hessian.block_norm2(0));
  REQUIRE(Reduction<Rational>(hessian).at(sigma)(0, 0) < 1);
  CHECK_FALSE(certify_lambda_max_below(to_ball(p), pattern, Ball(sigma)));
}

TEST_CASE("indeterminate or wide input gives no enclosure") {
  const auto p = testing::random_problem(4, 2, 2, 23);
  const auto pattern = activation_pattern(p);
  const BallProblem nan = [&] {
    auto q = to_ball(p);
    q.network.v(0) = Ball::indeterminate();
    return q;
  };
  CHECK_THROWS_AS(enclose_lambda_max(nan, pattern, 10), UndecidedError);
  const BallProblem wide = [&] {
    auto q = to_ball(p);
    q.network.beta = Ball::hull(Ball(-1), Ball(1));
    return q;
  };
  CHECK_THROWS_AS(enclose_lambda_max(wide, pattern, 10), UndecidedError);
  CHECK_THROWS_AS(enclose_lambda_max(ball_problem(p), pattern, 0), PreconditionError);
  CHECK_THROWS_AS(enclose_lambda_max(BallProblem(), pattern, 10), PreconditionError);
  CHECK_THROWS_AS(enclose_lambda_max(ball_problem(p), ActivationPattern(4, 1), 10), PreconditionError);
}
