// What the writers write is accepted by the independent checker, and says what was asked for.
#include <Eigen/LU>
#include <catch2/catch.hpp>

#include "checker/check.hpp"
#include "flatness/random_problem.hpp"
#include "shatterproof/certificate/inequality_certificate.hpp"
#include "shatterproof/certificate/lambda_max_certificate.hpp"
#include "shatterproof/certificate/packing_certificate.hpp"
#include "shatterproof/certificate/rank_certificate.hpp"
#include "shatterproof/flatness/lambda_max.hpp"

using namespace shatterproof;
using shatterproof::testing::random_problem;

namespace {

std::string accepted(const std::string& certificate) {
  const checker::Outcome outcome = checker::check(certificate);
  INFO(outcome.text);
  REQUIRE(outcome.answer == checker::Answer::verified);
  return outcome.text;
}

LambdaMaxCertificate certify(const Problem<Rational>& problem, int digits) {
  const ActivationPattern pattern = activation_pattern(problem);
  const Ball enclosure = enclose_lambda_max(ball_problem(problem), pattern, digits + 2).value;
  const LambdaMaxCertificate certificate = lambda_max_certificate(problem, pattern, enclosure, digits);
  CHECK(certificate.lower <= enclosure.upper_rational());
  CHECK(certificate.upper > enclosure.upper_rational());
  CHECK(certificate.upper - certificate.lower < enclosure.upper_rational() * power(Rational(10), 3 - digits));
  const std::string claim = accepted(certificate.text);
  CHECK(claim.find(to_text_exact(certificate.lower) + " <= lambda_max(H) < " + to_text_exact(certificate.upper)) !=
        std::string::npos);
  return certificate;
}

/// Every weight and sample times a power of two: pre-activations keep their signs.
Problem<Rational> scaled(Problem<Rational> p, long of_weights, long of_outputs) {
  const Rational w = power(Rational(2), of_weights), v = power(Rational(2), of_outputs);
  for (Eigen::Index k = 0; k < p.network.neurons(); ++k) {
    for (Eigen::Index j = 0; j < p.network.dimension(); ++j) p.network.W(k, j) *= w;
    p.network.b(k) *= w, p.network.v(k) *= v;
  }
  return p;
}

}  // namespace

TEST_CASE("enclosures of random networks are accepted, at several digits") {
  for (const auto& [n, K, d] :
       {std::tuple{1L, 1L, 1L}, {1L, 5L, 2L}, {7L, 1L, 1L}, {40L, 2L, 1L}, {12L, 20L, 3L}, {300L, 2L, 1L}})
    for (const int digits : {5, 12, 20, 40}) {
      CAPTURE(n, K, d, digits);
      certify(random_problem(n, K, d, static_cast<std::uint64_t>(n + K)), digits);
    }
}

TEST_CASE("no neuron, dead neurons: lambda_max is 1") {
  CHECK(certify(random_problem(3, 0, 2, 1), 10).lower == 1);
  Problem<Rational> dead = random_problem(3, 2, 2, 1);
  dead.network.b(0) = dead.network.b(1) = 100;
  const LambdaMaxCertificate certificate = certify(dead, 10);
  CHECK(certificate.lower == 1);
  CHECK(certificate.upper < 1 + power(Rational(10), -8));
}

TEST_CASE("lambda_max attained by a block of D alone") {
  // v = 0 and far residuals: H has the block [[h^2, s], [s, 0]] with |s| large.
  Problem<Rational> p = random_problem(3, 2, 2, 4);
  p.network.v(0) = p.network.v(1) = 0;
  for (Eigen::Index i = 0; i < 3; ++i) p.data.y(i) = 1000000;
  certify(p, 10);
  // Two samples with opposite residuals on the two sides of a symmetric pair: here Phi does not meet the block at all.
  Problem<Rational> q{{Matrix<Rational>(1, 1), Vector<Rational>(1), Vector<Rational>(1), 0},
                      {Matrix<Rational>(2, 1), Vector<Rational>(2), Rational(1)}};
  q.network.W(0, 0) = power(Rational(2), -40), q.network.b(0) = -power(Rational(2), -39), q.network.v(0) = 0;
  q.data.X << 1, -1;
  q.data.y << 4000000, -4000000;
  certify(q, 10);
}

TEST_CASE("huge and tiny numbers") {
  const Problem<Rational> p = random_problem(4, 3, 2, 6);
  for (const auto& [w, v] : {std::pair{-200L, 0L}, {-400L, 400L}, {60L, 0L}, {200L, -200L}, {0L, -300L}, {600L, 0L}}) {
    CAPTURE(w, v);
    certify(scaled(p, w, v), 8);
  }
}

TEST_CASE("a tie and too large a problem are refused") {
  Problem<Rational> p = random_problem(2, 1, 1, 1);
  const ActivationPattern pattern = activation_pattern(p);
  CHECK_THROWS_AS(lambda_max_certificate(random_problem(4001, 1400, 1, 1), ActivationPattern(4001, 1400), Ball(1), 5),
                  UndecidedError);
  p.network.W(0, 0) = 1, p.network.b(0) = p.data.X(0, 0);
  CHECK_THROWS_AS(activation_pattern(p), PreconditionError);
  static_cast<void>(pattern);
}

TEST_CASE("packings of every form are accepted") {
  struct Case {
    long d;
    const char *eps, *family;
  };
  for (const Case& c : {Case{8, "0.366", "E8 shell"},
                        {3, "1/5", "icosahedron"},
                        {4, "0.22", "600-cell"},
                        {6, "1/2", "simplex"},
                        {2, "1/5", "regular polygon"},
                        {3, "1/4", "apple-peeling"},
                        {1, "1/3", ""},
                        {7, "1", ""}}) {
    CAPTURE(c.d, c.eps, c.family);
    const Packing packing = best_packing(c.d, parse_rational(c.eps), {c.family, 5000});
    const std::string claim = accepted(packing_certificate(packing));
    CHECK(claim.find(packing.count.get_str() + " unit vectors u_i of R^d, d = " + std::to_string(c.d)) !=
          std::string::npos);
    CHECK(claim.find("pairwise disjoint, eps = " + to_text_exact(packing.eps)) != std::string::npos);
  }
}

TEST_CASE("packings that are only counted, uncertified or too large are refused") {
  CHECK_THROWS_AS(packing_certificate(best_packing(5, parse_rational("1e-8"), {})), UndecidedError);
  Packing uncertified = best_packing(3, Rational(1, 2), {});
  uncertified.certified = false;
  CHECK_THROWS_AS(packing_certificate(uncertified), UndecidedError);
}

TEST_CASE("ranks of random matrices") {
  Random random(3);
  for (int trial = 0; trial < 30; ++trial) {
    const long m = 1 + static_cast<long>(random.below(6)), n = 1 + static_cast<long>(random.below(6));
    const long r = 1 + static_cast<long>(random.below(static_cast<std::uint64_t>(std::min(m, n))));
    IntegerMatrix A(m, r), B(r, n);
    for (long k = 0; k < A.size(); ++k) A.data()[k] = static_cast<long>(random.below(19)) - 9;
    for (long k = 0; k < B.size(); ++k) B.data()[k] = static_cast<long>(random.below(19)) - 9;
    const IntegerMatrix product = A * B;
    if (product.isZero()) continue;
    const auto rank = Eigen::FullPivLU<Eigen::MatrixXd>(product.cast<double>()).rank();
    CHECK(accepted(rank_certificate(product)).find("has rank " + std::to_string(rank) + "\n") != std::string::npos);
  }
  CHECK_THROWS_AS(rank_certificate(IntegerMatrix::Zero(2, 2)), PreconditionError);
}

TEST_CASE("verdicts that come down to exact comparisons") {
  const auto comparisons = [](const std::string& keys) {
    const std::string note =
        "```claim\nid = \"x/1-of-ours\"\nsource = \"ours\"\nstatement = \"s\"\nexpect = \"proved\"\n" + keys + "```\n";
    return exact_comparisons(verify(read_note_text(note, "note.md")).at(0));
  };
  const auto squares =
      comparisons("forall = \"d in 1..5\"\nclaim = \"sum(k, 1, d, k) = d*(d+1)/2 and d^2 < 2^d + 7\"\n");
  REQUIRE(squares.size() == 10);
  CHECK(squares[0].label == "x/1-of-ours");
  CHECK(accepted(inequality_certificate(squares)).find("10 comparisons hold") != std::string::npos);
  const auto refuted = comparisons("forall = \"d in 1..5, h in (0, 1]\"\nclaim = \"d*h <= 2 or h^2 > 1\"\n");
  REQUIRE(refuted.size() == 2);
  accepted(inequality_certificate(refuted));
  const auto given = comparisons("forall = \"d in 1..5\"\ngiven = \"d >= 3\"\nclaim = \"d <= 4\"\n");
  REQUIRE(given.size() == 2);
  accepted(inequality_certificate(given));
  CHECK(comparisons("forall = \"h in (0, 1]\"\nclaim = \"h <= 1\"\n").empty());      // real variables
  CHECK(comparisons("forall = \"d in 1..3\"\nclaim = \"sqrt(d) <= d\"\n").empty());  // a function
  CHECK(comparisons("forall = \"d in 1..3\"\nclaim = \"d^(1/2) <= d\"\n").empty());  // a fractional power
  CHECK_THROWS_AS(inequality_certificate({}), PreconditionError);
}
