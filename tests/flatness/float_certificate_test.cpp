#include "shatterproof/flatness/float_certificate.hpp"

#include <catch2/catch.hpp>
#include <cfenv>
#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

#include "flatness/random_problem.hpp"
#include "network/golden_networks.hpp"
#include "shatterproof/flatness/lambda_max.hpp"
#include "shatterproof/network/convert.hpp"
#include "shatterproof/numeric/rounding.hpp"

using namespace shatterproof;

namespace {

struct CertificateCase {
  Problem<Rational> exact;
  ActivationPattern pattern;
  Rational lambda;  // to 40 digits
  std::optional<FloatCertificate> certificate;

  explicit CertificateCase(Problem<Rational> problem) : exact(std::move(problem)), pattern(activation_pattern(exact)) {
    const Ball value = enclose_lambda_max(ball_problem(exact), pattern, 40).value;
    lambda = (value.lower_rational() + value.upper_rational()) / 2;
    certificate = FloatCertificate::prepare(to_ball(exact), pattern);
  }
  [[nodiscard]] double above(const char* relative) const {
    return Rational(lambda * (1 + parse_rational(relative))).get_d();
  }
};

void scale(Problem<Rational>& problem, const Rational& factor) {
  for (Eigen::Index k = 0; k < problem.network.v.size(); ++k) problem.network.v(k) *= factor;
  for (Eigen::Index i = 0; i < problem.data.y.size(); ++i) problem.data.y(i) *= factor;
  problem.network.beta *= factor;
}

}  // namespace

TEST_CASE("the double certificate accepts just above lambda_max and refuses just below") {
  int certified_close = 0, cases = 0;
  for (std::uint64_t seed = 1; seed <= 24; ++seed) {
    const auto n = static_cast<Eigen::Index>(1 + seed % 9 * 5), K = static_cast<Eigen::Index>(1 + seed % 5 * 7);
    const CertificateCase at(testing::random_problem(n, K, 1 + static_cast<Eigen::Index>(seed % 4), seed));
    CAPTURE(seed, n, K);
    REQUIRE(at.certificate);
    for (const char* below : {"-1e-12", "-1e-14", "-1e-6", "-1/2", "-2"})
      CHECK_FALSE(at.certificate->certify(at.above(below)));
    CHECK(at.certificate->certify(at.above("1e-9")));
    certified_close += at.certificate->certify(at.above("1e-11"));
    ++cases;
  }
  CHECK(certified_close == cases);
}

TEST_CASE("planted values around lambda_max of the reference networks") {
  for (const auto& [name, problem, output] : testing::golden_networks()) {
    INFO(name);
    const CertificateCase at(problem);
    REQUIRE(at.certificate);
    CHECK_FALSE(at.certificate->certify(at.above("-1e-13")));
    CHECK(at.certificate->certify(at.above("1e-11")));
  }
}

TEST_CASE("scales beyond the range of the analysis, and numbers known too badly, are not certified") {
  for (const char* factor : {"1e40", "1e-40", "1e100", "1e-100", "1e150", "1e-150", "1e300", "1e-300"}) {
    auto problem = testing::random_problem(8, 5, 2, 3);
    scale(problem, parse_rational(factor));
    const CertificateCase at(problem);
    CAPTURE(factor);
    if (!at.certificate) continue;
    CHECK_FALSE(at.certificate->certify(at.above("-1e-12")));
    CHECK_FALSE(at.certificate->certify(std::nan("")));
    CHECK_FALSE(at.certificate->certify(HUGE_VAL));
    CHECK_FALSE(at.certificate->certify(-1));
    CHECK_FALSE(at.certificate->certify(0));
  }
  auto problem = to_ball(testing::random_problem(8, 5, 2, 3));
  const auto pattern = activation_pattern(testing::random_problem(8, 5, 2, 3));
  CHECK(FloatCertificate::prepare(problem, pattern));
  problem.network.v(2) = Ball::hull(problem.network.v(2), problem.network.v(2) + Ball::decimal("1e-9"));
  CHECK_FALSE(FloatCertificate::prepare(problem, pattern));
  problem.network.v(2) = Ball::indeterminate();
  CHECK_FALSE(FloatCertificate::prepare(problem, pattern));
}

TEST_CASE("no active neuron, and lambda_max that belongs to D alone") {
  auto dead = testing::random_problem(6, 3, 2, 5);
  for (Eigen::Index k = 0; k < 3; ++k) dead.network.b(k) = 50;
  const CertificateCase at(dead);
  REQUIRE(at.certificate);
  CHECK(at.lambda == 1);
  CHECK(at.certificate->certify(1 + 1e-12));
  CHECK_FALSE(at.certificate->certify(1));
}

TEST_CASE("no double certificate where a host program rounds another way; the enclosure still comes, from balls") {
  const Problem<Rational> exact = testing::random_problem(12, 7, 3, 5);
  const ActivationPattern pattern = activation_pattern(exact);
  const Ball usual = enclose_lambda_max(ball_problem(exact), pattern, 8).value;
  std::fesetround(FE_UPWARD);
  const bool certified = FloatCertificate::prepare(to_ball(exact), pattern).has_value();
  const Ball upward = enclose_lambda_max(ball_problem(exact), pattern, 8).value;
  std::fesetround(FE_TONEAREST);
  CHECK_FALSE(certified);
  CHECK(upward.overlaps(usual));
}

#if defined(__SSE2__)
TEST_CASE("a host program that takes denormal numbers for 0 changes no sign and gets no double certificate") {
  // 3 2^-1023 > 2^-1022: the first neuron is active on the first sample.
  Problem<double> problem{{Matrix<double>::Constant(2, 3, 0x1p-1023), Vector<double>::Constant(2, 0x1p-1022),
                           Vector<double>::Constant(2, 3), 0.5},
                          {Matrix<double>::Ones(2, 3), Vector<double>::Zero(2), 1}};
  problem.network.W.row(1) << 1, 0.5, 0.25;
  problem.data.X.row(1) << -1, 2, 0.5;
  const Ball usual = enclose_lambda_max(problem, 6).value;
  for (const unsigned mode : {0x8000U, 0x0040U, 0x8040U}) {  // flush to zero, denormals are zero, both
    const unsigned before = _mm_getcsr();
    _mm_setcsr(before | mode);
    const bool ieee = rounding::is_ieee();
    const Rational least = exact_rational(-0x1p-1074);
    const Ball flushed = enclose_lambda_max(problem, 6).value;
    _mm_setcsr(before);
    CHECK_FALSE(ieee);
    CHECK(least == -power(Rational(2), -1074));
    CHECK(flushed.overlaps(usual));
  }
  CHECK(rounding::is_ieee());
}
#endif

TEST_CASE("the enclosure that needs no gap: at gaps and where an eigenvalue is double") {
  int enclosed = 0;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    const auto n = static_cast<Eigen::Index>(3 + seed % 5 * 20), K = static_cast<Eigen::Index>(2 + seed % 4 * 90);
    CAPTURE(seed, n, K);
    const Problem<double> p = to_double(testing::random_problem(n, K, 1 + static_cast<Eigen::Index>(seed % 3), seed));
    const BoundedHessian bounded(p, settle_exactly(p));
    const auto enclosure = enclose_by_cholesky(bounded, 1e-11);
    REQUIRE(enclosure);
    CHECK(enclosure->upper - enclosure->lower <= 1e-11 * enclosure->lower);
    const Ball truth = enclose_lambda_max(exact_problem(p), 30).value;
    CHECK(certainly_less_or_equal(Ball::exact(enclosure->lower), truth.upper()));
    CHECK(certainly_less_or_equal(truth.lower(), Ball::exact(enclosure->upper)));
    const auto certificate = FloatCertificate::prepare(bounded);
    REQUIRE(certificate);
    CHECK_FALSE(certificate->certify(truth.lower_double() * (1 - 1e-13)));
    if (bounded.hessian().neurons() == 0) continue;  // exactly 1
    CHECK_FALSE(enclose_by_cholesky(bounded, 1e-17));
    ++enclosed;
  }
  CHECK(enclosed == 11);
  // Two mirror-image neurons: the top eigenvalues are |s_1| = |s_2|, which D alone attains.
  const Problem<double> p = to_double(testing::blocks_only(-100, -100));
  const BoundedHessian bounded(p, settle_exactly(p));
  const auto certificate = FloatCertificate::prepare(bounded);
  REQUIRE(certificate);
  const double block = enclose_lambda_max(exact_problem(p), 20).value.mid_double();
  CHECK_FALSE(certificate->certify(block * (1 - 1e-12)));
  CHECK(certificate->certify(block * (1 + 1e-9)));
  if (const auto enclosure = enclose_by_cholesky(bounded, 1e-9)) {
    CHECK(enclosure->lower <= block);
    CHECK(enclosure->upper >= block);
  }
}
