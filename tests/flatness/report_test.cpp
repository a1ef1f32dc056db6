#include "chain_support.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/flatness/flatness_report.hpp"

using namespace shatterproof;
using namespace chain_support;

TEST_CASE("the report of the reference networks, with its own lambda_max") {
  for (const auto& network : reference_networks()) {
    const FlatnessReport report = report_flatness(problem_of(network["input"]), 45);
    const auto& wanted = network["output"];
    PrecisionScope scope(report.bits);
    CHECK(agrees(report.lambda_max.value, wanted["lambda_max_H"]));
    CHECK(agrees_to_37(report.chain.quantities.right_side_data(), wanted["rhs_data"]));
    CHECK(agrees_to_37(report.chain.quantities.right_side_sharp(), wanted["rhs_sharp"]));
    CHECK(agrees_to_37(report.chain.quantities.right_side_paper(), wanted["rhs_paper"]));
    CHECK(verdict_of(report.chain) == Verdict::proved);
    Rational trace = 0;
    for (const auto& eigenvalue : wanted["eig_H_desc"]) trace += parse_rational(eigenvalue.get<std::string>());
    CHECK(certainly_less(abs(report.trace - Ball(trace)), Ball::decimal("1e-36")));
  }
}

TEST_CASE("the stable step is a decimal below 2/lambda_max that no shorter rounding beats") {
  PrecisionScope scope(256);
  const Ball lambda = Ball::interval(Ball::decimal("5.46281728754"), Ball::decimal("5.46281728755"));
  const StableStep step = certify_stable_step(lambda, 6);
  CHECK(step.text == "0.366111");
  CHECK(step.value * lambda.upper_rational() <= 2);
  CHECK((step.value + parse_rational("0.000001")) * lambda.lower_rational() > 2);
  CHECK(certify_stable_step(Ball(1), 5).value == 2);
  CHECK(certify_stable_step(Ball(4), 5).value == Rational(1, 2));
  CHECK_THROWS_AS(certify_stable_step(Ball::indeterminate(), 5), UndecidedError);
  CHECK_THROWS_AS(certify_stable_step(Ball::interval(Ball(-1), Ball(1)), 5), UndecidedError);
}

TEST_CASE("the corollary holds for the certified step and is not claimed for a larger one") {
  PrecisionScope scope(128);
  const FlatnessReport report = report_flatness(problem_of(reference_networks().front()["input"]), 20);
  const std::vector<ChainLink> links = corollary_links(report.chain, report.step.value * 2);
  CHECK(links.front().verdict == Verdict::refuted);
  CHECK_THROWS_AS(corollary_links(report.chain, 0), PreconditionError);
}

TEST_CASE("residuals and blocks that are exactly 0 in numbers that are not dyadic") {
  const Problem<Rational> interpolating{{matrix_of({{"1"}}), vector_of({"5/12"}), vector_of({"4/15"}), 0},
                                        {matrix_of({{"3/4"}}), vector_of({"4/45"}), 1}};
  const FlatnessReport report = report_flatness(interpolating, 20);
  CHECK(report.lambda_max.value.contains(Rational(11, 9)));
  CHECK(report.chain.quantities.stationary);
  CHECK(verdict_of(report.chain) == Verdict::proved);
}

TEST_CASE("a tie is refused, naming neuron and sample") {
  const Problem<Rational> tie{{matrix_of({{"1", "1/2"}}), vector_of({"-1/4"}), vector_of({"1"}), 0},
                              {matrix_of({{"0.1", "0"}, {"-1/2", "1/2"}}), vector_of({"1", "1"}), 1}};
  CHECK_THROWS_WITH(report_flatness(tie, 20), Catch::Contains("neuron 0") && Catch::Contains("sample 1"));
}
