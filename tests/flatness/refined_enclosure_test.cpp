#include "shatterproof/flatness/refined_enclosure.hpp"

#include <catch2/catch.hpp>

#include "flatness/random_problem.hpp"
#include "shatterproof/flatness/approx_lambda_max.hpp"
#include "shatterproof/flatness/float_certificate.hpp"
#include "shatterproof/flatness/lambda_max.hpp"
#include "shatterproof/flatness/temple_enclosure.hpp"
#include "shatterproof/network/convert.hpp"

using namespace shatterproof;

namespace {

using Index = Eigen::Index;

std::optional<RefinedEnclosure> refined(const Problem<Rational>& problem, int digits) {
  const BoundedHessian bounded(to_double(problem), settle_exactly(problem));
  return enclose_refined(bounded, ball_problem(problem), digits);
}

/// Small enough for a dense eigensolver with 100 digits, of several shapes and scales.
Problem<Rational> small_problem(std::uint64_t seed) {
  const auto n = static_cast<long>(1 + seed % 7), K = static_cast<long>(1 + seed % 4),
             d = static_cast<long>(1 + seed / 3 % 3);
  Problem<Rational> problem = testing::random_problem(n, K, d, 5000 + seed);
  // Some numbers that are no doubles; positive factors leave the pattern as it is.
  if (seed % 3 == 1)
    for (Rational& v : problem.network.v.reshaped()) v *= Rational(7, 10);
  if (seed % 5 == 2)
    for (Rational& y : problem.data.y.reshaped()) y *= 40;
  return problem;
}

Rational largest_dense(const Problem<Rational>& problem) {
  return approx_spectrum(problem, activation_pattern(problem), 100).front();
}

const Rational kDenseError = parse_rational("1e-90");

}  // namespace

TEST_CASE("200 random networks: 50 digits agree with a dense eigensolver of 100 digits") {
  int agree = 0, by_fixed_point = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const Problem<Rational> problem = small_problem(seed);
    const EigenvalueEnclosure enclosure = enclose_lambda_max(ball_problem(problem), activation_pattern(problem), 50);
    const Rational truth = largest_dense(problem), slack = kDenseError * truth;
    by_fixed_point += enclosure.method.find("fixed point") != std::string::npos ? 1 : 0;
    const PrecisionScope scope(400);
    const Rational lower = enclosure.value.lower_rational(), upper = enclosure.value.upper_rational();
    agree +=
        lower <= truth + slack && truth - slack <= upper && upper - lower <= parse_rational("2e-50") * truth ? 1 : 0;
  }
  CHECK(agree == 200);
  CHECK(by_fixed_point >= 100);
}

TEST_CASE("fixed point and inertia in balls overlap, at 20, 40 and 100 digits") {
  for (const int digits : {20, 40, 100}) {
    const Problem<Rational> problem = testing::random_problem(20, 15, 3, static_cast<std::uint64_t>(digits));
    const auto value = refined(problem, digits);
    REQUIRE(value);
    const PrecisionScope scope(800);
    const Ball other = enclose_by_inertia(ball_problem(problem), activation_pattern(problem), digits).value;
    CHECK(value->value.overlaps(other));
    CHECK(certainly_less(value->value.upper() - value->value.lower(),
                         Ball(2) * power(Ball(10), -digits) * value->value.lower()));
  }
}

TEST_CASE("tables, lists, and the Frobenius norm at larger sizes") {
  const auto check = [](const Problem<Rational>& problem, const std::string& rung) {
    const BoundedHessian bounded(to_double(problem), settle_exactly(problem));
    const auto in_double = enclose_by_temple(bounded, 1e-11);
    const auto value = enclose_refined(bounded, ball_problem(problem), 40);
    REQUIRE(in_double);
    REQUIRE(value);
    CHECK_THAT(value->method, Catch::Contains(rung));
    CHECK(Ball::interval(Ball::exact(in_double->lower), Ball::exact(in_double->upper)).contains(value->value));
    return bounded.hessian().pattern().over_neurons.uses_lists();
  };
  CHECK_FALSE(check(testing::random_problem(136, 1030, 2, 9), "trace"));
  Problem<Rational> sparse = testing::random_problem(200, 400, 6, 10);
  for (Rational& b : sparse.network.b.reshaped()) b += Rational(8, 5);
  for (Rational& v : sparse.network.v.reshaped()) v /= 4;
  for (Rational& y : sparse.data.y.reshaped()) y /= 4;
  CHECK(check(sparse, "Frobenius"));
}

TEST_CASE("planted sigma: a relative 1e-12 above lambda_max is proved, as far below never") {
  int above = 0, below = 0, above_in_double = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const Problem<Rational> problem = small_problem(seed);
    const ActivationPattern pattern = activation_pattern(problem);
    const Rational truth = largest_dense(problem);
    const Rational high = truth * (1 + parse_rational("1e-12")), low = truth * (1 - parse_rational("1e-12"));
    const PrecisionScope scope(192);
    above += certify_lambda_max_below(to_ball(problem), pattern, Ball(high)) ? 1 : 0;
    below += certify_lambda_max_below(to_ball(problem), pattern, Ball(low)) ? 1 : 0;
    if (const auto certificate = FloatCertificate::prepare(to_ball(problem), pattern)) {
      above_in_double += certificate->certify(high.get_d()) ? 1 : 0;
      below += certificate->certify(low.get_d()) ? 1 : 0;
    }
    // Nor do the enclosures say so.
    const Ball value = enclose_lambda_max(ball_problem(problem), pattern, 12).value;
    below += value.upper_rational() < low ? 1 : 0;
    below += value.lower_rational() > high ? 1 : 0;
  }
  CHECK(above == 100);
  CHECK(below == 0);
  CHECK(above_in_double > 50);
}

TEST_CASE("no gap, dead networks and too many digits: nothing") {
  // Two mirror-image neurons whose block vectors Phi^T kills: the top eigenvalues are |s_1| = |s_2|.
  const Problem<double> p = to_double(testing::blocks_only(-100, -100));
  CHECK_FALSE(refined(exact_problem(p), 30));
  CHECK(enclose_lambda_max(ball_problem(exact_problem(p)), activation_pattern(exact_problem(p)), 30)
            .value.contains(largest_dense(exact_problem(p))));
  Problem<Rational> dead = testing::random_problem(5, 3, 2, 17);
  for (Rational& b : dead.network.b.reshaped()) b = 50;
  CHECK_FALSE(refined(dead, 30));
  CHECK_FALSE(refined(testing::random_problem(9, 5, 2, 78), 400));
}

TEST_CASE("huge and tiny scales: the right 30 digits or nothing") {
  int enclosed = 0;
  for (const char* scale : {"1e-59", "1e-20", "1e-3", "1e3", "1e20", "1e50"}) {
    CAPTURE(scale);
    Problem<Rational> problem = testing::random_problem(9, 5, 2, 77);
    for (Rational& v : problem.network.v.reshaped()) v *= parse_rational(scale);
    for (Rational& y : problem.data.y.reshaped()) y *= parse_rational(scale);
    problem.network.beta *= parse_rational(scale);
    const auto value = refined(problem, 30);
    if (!value) continue;
    ++enclosed;
    const PrecisionScope scope(600);
    CHECK(value->value.overlaps(enclose_by_inertia(ball_problem(problem), activation_pattern(problem), 40).value));
  }
  CHECK(enclosed >= 3);
}
