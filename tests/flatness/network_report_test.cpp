#include "shatterproof/flatness/network_report.hpp"

#include <catch2/catch.hpp>

#include "chain_support.hpp"
#include "flatness/random_problem.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/flatness/approx_lambda_max.hpp"
#include "shatterproof/flatness/stability.hpp"
#include "shatterproof/network/convert.hpp"

using namespace shatterproof;
using namespace chain_support;

namespace {

/// lambda_max(H) = 11/9 exactly.
Problem<Rational> rational_edge() {
  return {{matrix_of({{"1"}}), vector_of({"5/12"}), vector_of({"4/15"}), 0},
          {matrix_of({{"3/4"}}), vector_of({"4/45"}), 1}};
}

}  // namespace

TEST_CASE("a step exactly at the edge is stable, one a hair beyond is not") {
  const Problem<Rational> p = rational_edge();
  const ActivationPattern pattern = activation_pattern(p);
  const Rational edge(18, 11), hair = power(Rational(10), -300);
  const auto verdict = [&](const Ball& lambda_max, const Rational& eta) {
    return certify_stability(p, pattern, lambda_max, eta);
  };
  PrecisionScope scope(64);
  const Ball known = Ball::interval(Ball::decimal("1.2222"), Ball::decimal("1.2223"));
  for (const Ball& lambda_max : {known, Ball::indeterminate()}) {
    CHECK(verdict(lambda_max, edge) == Verdict::proved);
    CHECK(verdict(lambda_max, edge + hair) == Verdict::refuted);
    CHECK(verdict(lambda_max, edge - hair) == Verdict::proved);
  }
  CHECK_THROWS_AS(verdict(known, 0), PreconditionError);
  CHECK_THROWS_AS(verdict(known, -1), PreconditionError);
}

TEST_CASE("the edge that no precision settles stays undecided, never yes or no") {
  // The same sample many times over: lambda_max is the same rational number, but n is too large for the exact count.
  Problem<Rational> p = rational_edge();
  const Eigen::Index n = 40;
  p.data.X = Matrix<Rational>::Constant(n, 1, Rational(3, 4));
  p.data.y = Vector<Rational>::Constant(n, Rational(4, 45));
  const ActivationPattern pattern = activation_pattern(p);
  PrecisionScope scope(64);
  const Ball known = Ball::interval(Ball::decimal("1.2222"), Ball::decimal("1.2223"));
  CHECK(certify_stability(p, pattern, known, Rational(18, 11)) == Verdict::undecided);
  CHECK(certify_stability(p, pattern, known, parse_rational("1.6363636363636363636363636363")) == Verdict::proved);
  CHECK(certify_stability(p, pattern, known, parse_rational("1.6363636363636363636363636364")) == Verdict::refuted);
}

TEST_CASE("other losses scale lambda_max, trace, spectrum, loss and steps, and nothing else") {
  const Problem<Rational> p = testing::random_problem(7, 5, 3, 4);
  const NetworkReport half = report_network(p, {20, LossKind::half_mean, {}, 4});
  for (const LossKind kind : {LossKind::mean, LossKind::sum}) {
    const Rational factor = kind == LossKind::mean ? Rational(2) : Rational(14);
    CHECK(loss_factor(kind, 7) == factor);
    const NetworkReport report = report_network(p, {20, kind, Rational(1, 10), 4});
    PrecisionScope scope(report.theory.bits);
    const auto scaled = [&](const Ball& value, const Ball& from) {
      return (value / Ball(factor) - from).contains_zero() && value.is_finite();
    };
    CHECK(scaled(report.lambda_max, half.lambda_max));
    CHECK(scaled(report.trace, half.trace));
    CHECK(scaled(report.loss, half.loss));
    CHECK(report.step.value * report.lambda_max.upper_rational() <= 2);
    CHECK(abs(report.step.value * factor / half.step.value - 1) < parse_rational("1e-18"));
    for (std::size_t i = 0; i < 4; ++i)
      CHECK(report.approx_top[i] == Approx(factor.get_d() * half.approx_top[i]).epsilon(1e-12));
    CHECK(report.theory.chain.quantities.lambda_max.overlaps(half.theory.chain.quantities.lambda_max));
    // The step 1/10 on this loss is the step factor/10 on L.
    const Rational on_theory = factor / 10;
    const NetworkReport same = report_network(p, {20, LossKind::half_mean, on_theory});
    CHECK(report.at->stable == same.at->stable);
    CHECK((report.at->corollary_bound - same.at->corollary_bound).contains_zero());
  }
}

TEST_CASE("Corollary 3.3 is claimed only for a step that is proved stable") {
  const Problem<Rational> p = testing::random_problem(7, 5, 3, 4);
  const NetworkReport small = report_network(p, {20, LossKind::half_mean, Rational(1, 1000)});
  CHECK(small.at->stable == Verdict::proved);
  CHECK(small.at->corollary.size() >= 2);
  for (const ChainLink& link : small.at->corollary) CHECK(link.verdict == Verdict::proved);
  CHECK(verdict_of(small) == Verdict::proved);
  const NetworkReport large = report_network(p, {20, LossKind::half_mean, Rational(1000)});
  CHECK(large.at->stable == Verdict::refuted);
  CHECK(large.at->corollary.empty());
  CHECK(verdict_of(large.theory.chain) == Verdict::proved);
  CHECK(verdict_of(large) == Verdict::refuted);
  CHECK_THROWS_AS(report_network(p, {20, LossKind::half_mean, Rational(0)}), PreconditionError);
  CHECK_THROWS_AS(report_network(p, {20, LossKind::half_mean, {}, -1}), PreconditionError);
}

TEST_CASE("a network too large for the chain: told so, and lambda_max alone is enclosed") {
  constexpr long n = 23171;  // as many neurons: n K is above 2^29
  constexpr long kEven = (n + 1) / 2, kOdd = n / 2;
  const Rational v = parse_rational("0.1");
  Problem<Rational> problem{{Matrix<Rational>(n, 1), Vector<Rational>(n), Vector<Rational>(n), 0},
                            {Matrix<Rational>(n, 1), Vector<Rational>(n), 1}};
  // x = i/n. Even neurons are active on the last sample alone (n x > n - 3/2), odd ones on the first (-n x > -1/2), all
  // with h = 1/2; the labels make every residual 0.
  for (long k = 0; k < n; ++k) {
    problem.data.X(k, 0) = Rational(k) / n;
    problem.data.y(k) = 0;
    problem.network.W(k, 0) = k % 2 == 0 ? n : -n;
    problem.network.b(k) = k % 2 == 0 ? Rational(2 * n - 3, 2) : Rational(-1, 2);
    problem.network.v(k) = k % 2 == 0 ? v : Rational(-v);
  }
  problem.data.y(n - 1) = kEven * v / 2;
  problem.data.y(0) = -kOdd * v / 2;
  CHECK_THROWS_AS(report_network(problem, {}), UndecidedError);
  ReportRequest request;
  request.digits = 20;
  const SharpnessReport report = report_sharpness(problem, request);
  CHECK_THAT(report.lambda_max.method, Catch::Contains("fixed point"));
  // Phi^T Phi = 1 1^T + diag(first, 0, .., 0, last): a root of a cubic on (e_1, e_n, the rest).
  const Rational x = problem.data.X(n - 1, 0), rest = n - 2;
  const Rational first = kOdd * (v * v + Rational(1, 4)), last = kEven * (v * v * (1 + x * x) + Rational(1, 4));
  const auto determinant = [&](const Rational& lambda) {
    const Rational A = 1 + first - n * lambda, B = 1 + last - n * lambda, C = rest - n * lambda;
    return Rational(A * (B * C - rest) - (C - rest) + rest * (1 - B));
  };
  const PrecisionScope scope(200);
  const Rational lower = report.lambda_max.value.lower_rational(), upper = report.lambda_max.value.upper_rational();
  CHECK(sgn(determinant(lower)) * sgn(determinant(upper)) < 0);
  CHECK(sgn(determinant(upper)) == sgn(determinant(Rational(upper + 1000))));  // the largest root
  CHECK(upper - lower < parse_rational("1e-20"));
}

TEST_CASE("figures of neurons: firing counts are exact, norms enclosed, a neuron without direction has no threshold") {
  Problem<Rational> p{
      {matrix_of({{"3", "4"}, {"0", "0"}, {"1", "0"}}), vector_of({"1", "-1/2", "5"}), vector_of({"-2", "3", "7"}), 0},
      {matrix_of({{"1", "0"}, {"0", "-1"}, {"1/2", "1/2"}}), vector_of({"0", "1", "0"}), 1}};
  PrecisionScope scope(128);
  const auto neurons = enclose_neurons(p, activation_pattern(p));
  REQUIRE(neurons.size() == 3);
  CHECK((neurons[0].active == 2 && neurons[1].active == 3 && neurons[2].active == 0));
  CHECK(neurons[0].norm.contains(Rational(5)));
  CHECK(neurons[0].path_norm.contains(Rational(10)));
  CHECK(neurons[0].output.contains(Rational(-2)));
  CHECK(neurons[0].threshold->contains(Rational(1, 5)));
  // w/|w| = (3/5, 4/5): above are samples 0 and 2 with margins 2/5 and 1/2; p = 2/3, q = (1/2, 1/6);
  // below is sample 1 with margin 1, p = 1/3, q = (0, -1/3): g = min(3/10 sqrt(13/18), 1/3 sqrt(2/9)).
  CHECK(neurons[0].weight->overlaps(Ball(Rational(1, 3)) * sqrt(Ball(Rational(2, 9)))));
  CHECK(neurons[0].weight->accuracy_bits() > 100);
  CHECK_FALSE(neurons[1].threshold);
  CHECK_FALSE(neurons[1].weight);
  CHECK((neurons[2].weight->is_exact() && neurons[2].weight->contains(Rational(0))));
  CHECK(neurons[2].residual_block.contains(Rational(0)));
}

TEST_CASE("the top of the spectrum, dense and by Lanczos") {
  const Problem<Rational> small = testing::random_problem(9, 4, 3, 1);
  const ActivationPattern pattern = activation_pattern(small);
  const auto exact = approx_spectrum(small, pattern, 30);
  const auto top = approx_top_eigenvalues(small, pattern, 1000);
  REQUIRE(top.size() == exact.size());
  for (std::size_t i = 0; i < top.size(); ++i) CHECK(std::abs(top[i] - exact[i].get_d()) < 1e-12 * exact[0].get_d());
  const Problem<Rational> wide = testing::random_problem(12, 230, 3, 2);  // 1151 parameters
  const ActivationPattern wide_pattern = activation_pattern(wide);
  const auto lanczos = approx_top_eigenvalues(wide, wide_pattern, 3);
  REQUIRE(lanczos.size() == 3);
  CHECK((lanczos[0] >= lanczos[1] && lanczos[1] >= lanczos[2]));
  CHECK(lanczos[0] == Approx(approx_lambda_max_double(wide, wide_pattern).get_d()).epsilon(1e-12));
  const Hessian<double> hessian(to_double(wide), wide_pattern);
  const Vector<double> dense = approx_eigenvalues(hessian.dense());
  for (Eigen::Index i = 0; i < 3; ++i) CHECK(lanczos[static_cast<std::size_t>(i)] == Approx(dense(i)).epsilon(1e-11));
  CHECK_THROWS_AS(approx_top_eigenvalues(small, pattern, 0), PreconditionError);
}
