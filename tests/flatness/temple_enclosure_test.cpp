#include "shatterproof/flatness/temple_enclosure.hpp"

#include <catch2/catch.hpp>

#include "flatness/random_problem.hpp"
#include "network/golden_networks.hpp"
#include "shatterproof/flatness/approx_lambda_max.hpp"
#include "shatterproof/flatness/block_bound.hpp"
#include "shatterproof/flatness/float_certificate.hpp"
#include "shatterproof/flatness/lambda_max.hpp"
#include "shatterproof/network/convert.hpp"

using namespace shatterproof;

namespace {

using Index = Eigen::Index;

std::optional<DoubleEnclosure> enclose(const Problem<double>& problem, double tolerance = 1e-11) {
  return enclose_by_temple(BoundedHessian(problem, settle_exactly(problem)), tolerance);
}

/// lambda_max of the doubles to 40 digits, in balls, without a look at gaps.
Ball truth_of(const Problem<double>& problem) {
  const Problem<Rational> exact = exact_problem(problem);
  return enclose_by_inertia(ball_problem(exact), activation_pattern(exact), 40).value;
}

bool contains(const DoubleEnclosure& enclosure, const Ball& truth) {
  return exact_rational(enclosure.lower) <= truth.upper_rational() &&
         truth.lower_rational() <= exact_rational(enclosure.upper);
}

void scale_outputs(Problem<double>& problem, double factor) {
  problem.network.v *= factor;
  problem.data.y *= factor;
  problem.network.beta *= factor;
}

}  // namespace

TEST_CASE("enclosures of 240 random networks contain lambda_max, computed in balls") {
  int enclosed = 0, disagreements = 0;
  for (std::uint64_t seed = 1; seed <= 240; ++seed) {
    const auto n = static_cast<Index>(1 + seed % 7 * 2), K = static_cast<Index>(1 + seed % 5 * 2),
               d = static_cast<Index>(1 + seed % 3);
    Problem<double> problem = to_double(testing::random_problem(n, K, d, 1000 + seed));
    if (seed % 4 == 1) scale_outputs(problem, 0x1p-3);
    if (seed % 4 == 2) scale_outputs(problem, 0x1p2);
    const auto enclosure = enclose(problem);
    if (!enclosure) continue;
    ++enclosed;
    CHECK(enclosure->upper - enclosure->lower <= 1e-11 * enclosure->lower);
    disagreements += !contains(*enclosure, truth_of(problem));
  }
  CAPTURE(enclosed);
  CHECK(disagreements == 0);
  CHECK(enclosed >= 200);
}

TEST_CASE("enclosures of the reference networks, and through the general entry") {
  for (const auto& [name, problem, output] : testing::golden_networks()) {
    INFO(name);
    const Rational truth = parse_rational(output.at("lambda_max_H").get<std::string>());
    const Ball value = enclose_lambda_max(ball_problem(problem), activation_pattern(problem), 10).value;
    const Rational slack = parse_rational("1e-35") * truth;
    CHECK(value.lower_rational() <= truth + slack);
    CHECK(truth - slack <= value.upper_rational());
    CHECK(value.upper_rational() - value.lower_rational() <= parse_rational("2e-10") * truth);
  }
}

TEST_CASE("tables, float start and both rungs on a larger network") {
  Problem<double> dense = to_double(testing::random_problem(136, 520, 2, 9));
  const BoundedHessian bounded(dense, settle_exactly(dense));
  REQUIRE_FALSE(bounded.hessian().pattern().over_neurons.uses_lists());
  REQUIRE_FALSE(bounded.hessian().pattern().over_samples.uses_lists());
  const auto by_trace = enclose_by_temple(bounded, 1e-11);
  REQUIRE(by_trace);
  const Problem<Rational> exact = exact_problem(dense);
  const Rational value = approx_lambda_max_float128(exact, activation_pattern(exact));
  CHECK(exact_rational(by_trace->lower) <= value);
  CHECK(value <= exact_rational(by_trace->upper));

  // Thresholds far out: few active, so lists; a small lambda_max against the trace, so the Frobenius norm.
  Problem<double> sparse = to_double(testing::random_problem(200, 400, 6, 10));
  sparse.network.b.array() += 1.6;
  scale_outputs(sparse, 0.25);
  const BoundedHessian few(sparse, settle_exactly(sparse));
  REQUIRE(few.hessian().pattern().over_neurons.uses_lists());
  const auto by_norm = enclose_by_temple(few, 1e-11);
  REQUIRE(by_norm);
  CHECK_THAT(by_norm->method, Catch::Contains("Frobenius"));
  const Problem<Rational> exact_few = exact_problem(sparse);
  const Rational small = approx_lambda_max_float128(exact_few, activation_pattern(exact_few));
  CHECK(exact_rational(by_norm->lower) <= small);
  CHECK(small <= exact_rational(by_norm->upper));
}

TEST_CASE("the sparse pass and the blocks of samples that share neurons") {
  const auto sparse = [](const Problem<double>& p) {
    return BoundedHessian(p, settle_exactly(p), BoundedHessian::Signs::sparse);
  };
  // As on small networks by bits.
  int enclosed = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    Problem<double> p =
        to_double(testing::random_problem(static_cast<long>(1 + seed % 12), static_cast<long>(1 + seed % 8),
                                          static_cast<long>(1 + seed % 3), 7000 + seed));
    if (seed % 2 == 0) scale_outputs(p, 0x1p-3);
    const auto enclosure = enclose_by_temple(sparse(p), 1e-11);
    if (!enclosure) continue;
    ++enclosed;
    CHECK(contains(*enclosure, truth_of(p)));
  }
  CHECK(enclosed >= 40);

  // Disjoint caps on the circle: a block for each; neither the trace nor the rest is small against lambda_max = 1 + ..
  constexpr Index kCaps = 40, kEach = 3;
  Problem<double> caps{{Matrix<double>(kCaps, 2), Vector<double>(kCaps), Vector<double>(kCaps), 0},
                       {Matrix<double>(kCaps * kEach, 2), Vector<double>(kCaps * kEach), 1}};
  for (Index k = 0; k < kCaps; ++k) {
    const double angle = 6.283 * static_cast<double>(k) / kCaps;
    caps.network.W.row(k) << 50 * std::cos(angle), 50 * std::sin(angle);
    caps.network.b(k) = 50 * (1 - 0.003);
    caps.network.v(k) = k % 2 == 0 ? 1 : -1;
    for (Index e = 0; e < kEach; ++e) {
      const double at = angle + 0.02 * static_cast<double>(e - 1);
      caps.data.X.row(k * kEach + e) << std::cos(at), std::sin(at);
    }
  }
  caps.data.y.setZero();
  caps.data.y = BoundedHessian(caps, settle_exactly(caps)).residuals();  // the outputs
  const BoundedHessian blocks = sparse(caps);
  const auto enclosure = enclose_by_temple(blocks, 1e-11);
  REQUIRE(enclosure);
  CHECK_THAT(enclosure->method, Catch::Contains("blocks"));
  CHECK(contains(*enclosure, truth_of(caps)));
  // The bound itself, against all eigenvalues of G (here H: the residuals are 0 up to rounding).
  const Problem<Rational> exact = exact_problem(caps);
  const auto spectrum = approx_top_eigenvalues(exact, activation_pattern(exact), 3);
  CHECK(spectrum[1] <= block_bound(blocks));
  CHECK(block_bound(blocks) < spectrum[0]);
}

TEST_CASE("a start from a network nearby, from elsewhere and from nowhere: the same enclosure") {
  const Problem<Rational> before = testing::random_problem(30, 20, 3, 61);
  Problem<Rational> after = before;
  for (Rational& v : after.network.v.reshaped()) v *= Rational(1001, 1000);
  const ActivationPattern pattern = activation_pattern(after);
  const auto first = enclose_lambda_max(ball_problem(before), pattern, 10);
  REQUIRE(first.direction.size() == parameter_count(before.network));
  const Ball truth = enclose_by_inertia(ball_problem(after), pattern, 30).value;
  Vector<double> orthogonal = Vector<double>::Zero(first.direction.size()), nan = orthogonal;
  orthogonal(1) = first.direction(2), orthogonal(2) = -first.direction(1);
  nan.setConstant(std::nan(""));
  for (const Vector<double>& start :
       {first.direction, orthogonal, Vector<double>(0 * orthogonal), nan, Vector<double>(Vector<double>::Ones(3))})
    for (const int digits : {10, 25}) {
      const auto enclosure = enclose_lambda_max(ball_problem(after), pattern, digits, start);
      CHECK(enclosure.value.overlaps(truth));
      CHECK_THAT(enclosure.method, Catch::Contains("Temple"));
    }
  // It saves products.
  const Problem<double> doubles = to_double(after);
  const BoundedHessian bounded(doubles, settle_exactly(doubles));
  const auto start = bounded.hessian().from_parameters(first.direction);
  CHECK(approx_top_pair(bounded.hessian(), 1e-10, start).products < approx_top_pair(bounded.hessian(), 1e-10).products);
}

TEST_CASE("the bound by blocks is one of the second eigenvalue of every network") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    Problem<double> p = to_double(testing::random_problem(9, 6, 2, 8000 + seed));
    p.network.b.array() += 0.5;
    const BoundedHessian bounded(p, settle_exactly(p), BoundedHessian::Signs::sparse);
    p.data.y += bounded.residuals();  // then H is G up to rounding
    const Problem<Rational> exact = exact_problem(p);
    CHECK(approx_top_eigenvalues(exact, activation_pattern(exact), 2)[1] <= block_bound(bounded) + 1e-12);
  }
}

TEST_CASE("no gap, no enclosure: multiple and clustered eigenvalues, and a top eigenvalue of D") {
  for (const double split : {0.0, 1e-12, 1e-6, 1.0}) {
    INFO(split);
    const Problem<double> p = to_double(testing::blocks_only(-100, -100 - exact_rational(split)));
    const auto enclosure = enclose(p);
    CHECK_FALSE(enclosure);
    // The ladder goes on.
    const Problem<Rational> exact = exact_problem(p);
    const Ball value = enclose_lambda_max(ball_problem(exact), activation_pattern(exact), 10).value;
    CHECK(value.overlaps(truth_of(p)));
  }
}

TEST_CASE("no neuron, dead neurons, one sample, more samples than parameters") {
  Problem<double> none = to_double(testing::random_problem(5, 0, 2, 17));
  REQUIRE(enclose(none));
  CHECK(enclose(none)->lower == 1);
  CHECK(enclose(none)->upper == 1);
  Problem<double> dead = to_double(testing::random_problem(5, 3, 2, 17));
  dead.network.b.setConstant(50);
  REQUIRE(enclose(dead));
  CHECK(enclose(dead)->upper == 1);
  for (const auto& [n, K, d] : {std::tuple{1, 6, 3}, {1, 1, 1}, {60, 2, 1}, {90, 3, 2}}) {
    CAPTURE(n, K, d);
    const Problem<double> p = to_double(testing::random_problem(n, K, d, static_cast<std::uint64_t>(40 + n)));
    const Ball truth = truth_of(p);
    if (const auto enclosure = enclose(p)) CHECK(contains(*enclosure, truth));
    const auto certificate = FloatCertificate::prepare(to_ball(exact_problem(p)), activation_pattern(exact_problem(p)));
    REQUIRE(certificate);
    const double lambda = truth.mid_double();
    CHECK(certificate->certify(lambda * (1 + 1e-11)));
    CHECK_FALSE(certificate->certify(lambda * (1 - 1e-12)));
    CHECK_FALSE(certificate->certify(lambda * 0.5));
    CHECK_FALSE(certificate->certify(std::nan("")));
  }
}

TEST_CASE("huge and tiny scales give a right enclosure or none") {
  int enclosed = 0;
  for (const double scale : {1e-150, 1e-59, 1e-20, 1e-3, 1e3, 1e20, 1e59, 1e150}) {
    CAPTURE(scale);
    for (int what = 0; what < 3; ++what) {
      Problem<double> p = to_double(testing::random_problem(9, 5, 2, 77));
      if (what == 0) scale_outputs(p, scale);
      if (what == 1) p.network.W *= scale, p.network.b *= scale;
      if (what == 2) p.data.X *= scale, p.network.b *= scale;
      if (!is_moderate(p)) {
        CHECK_THROWS_AS(enclose(p), PreconditionError);
        continue;
      }
      const auto enclosure = enclose(p);
      if (!enclosure) continue;
      ++enclosed;
      CHECK(contains(*enclosure, truth_of(p)));
    }
  }
  CHECK(enclosed > 8);
}

TEST_CASE("a tolerance out of reach gives nothing") {
  const Problem<double> p = to_double(testing::random_problem(9, 5, 2, 78));
  CHECK(enclose(p, 1e-11));
  CHECK_FALSE(enclose(p, 1e-17));
  CHECK_FALSE(enclose(p, std::nan("")));
  CHECK_FALSE(enclose(p, -1));
}
