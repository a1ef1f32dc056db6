#include "shatterproof/numeric/bpsk.hpp"

#include <cmath>

#include "golden.hpp"

using namespace shatterproof;

TEST_CASE("mmse meets the reference values") {
  const PrecisionScope scope(200);
  for (const auto& row : golden("lower-bounds.json")["mmse"]) {
    const Ball s = Ball::decimal(row["s"].get<std::string>());
    CAPTURE(row["s"].dump());
    CHECK(agrees(bpsk_mmse(s), row["value"]));
    CHECK(agrees(erfc(sqrt(s / Ball(2))), row["two_Q_sqrt_s"]));
  }
}

TEST_CASE("mmse keeps its accuracy and its order over all scales") {
  for (const char* text : {"1e-300", "1e-9", "0.3", "7", "30", "500", "1e4", "1e7", "1e12"}) {
    const Ball s = Ball::decimal(text), value = bpsk_mmse(s);
    CAPTURE(text);
    CHECK(value.accuracy_bits() > 60);
    CHECK(certainly_less_or_equal(value.lower(), exp(-(s / Ball(2))).upper()));
    CHECK(certainly_less_or_equal(exp(-s).lower(), value.upper()));
    CHECK(certainly_less_or_equal(erfc(sqrt(s / Ball(2))).lower(), value.upper()));
  }
  const PrecisionScope scope(1000);
  CHECK(bpsk_mmse(Ball(3)).accuracy_bits() > 950);
}

TEST_CASE("two precisions enclose the same number") {
  for (const char* text : {"0.01", "1", "44.5", "3000"}) {
    Ball coarse, fine;
    {
      const PrecisionScope scope(40);
      coarse = bpsk_mmse(Ball::decimal(text));
    }
    {
      const PrecisionScope scope(700);
      fine = bpsk_mmse(Ball::decimal(text));
    }
    CHECK(coarse.overlaps(fine));
    CHECK(coarse.contains(fine.mid()));
  }
}

TEST_CASE("ends, wide and invalid signal-to-noise ratios") {
  CHECK(bpsk_mmse(Ball(0)).contains(Rational(1)));
  CHECK(bpsk_mmse(Ball(0)).is_exact());
  const Ball wide = bpsk_mmse(Ball::hull(Ball(1), Ball(2)));
  CHECK(wide.contains(bpsk_mmse(Ball::decimal("1.7")).mid()));
  CHECK(certainly_less(wide, Ball(1)));
  for (const Ball& bad : {Ball(-1), Ball::indeterminate(), Ball::hull(Ball(-3), Ball(-2))})
    CHECK_FALSE(bpsk_mmse(bad).is_finite());
  CHECK(std::isnan(approx_bpsk_mmse(-1)));
  CHECK(std::isnan(approx_bpsk_mmse(NAN)));
  CHECK(approx_bpsk_mmse(INFINITY) == 0);
  CHECK(approx_log_bpsk_mmse(INFINITY) == -INFINITY);
}

TEST_CASE("mmse in double") {
  CHECK(approx_bpsk_mmse(0) == 1);
  for (double s : {1e-300, 1e-8, 0.1, 1.0, 4.0, 30.0, 123.4, 700.0, 1400.0}) {
    const Ball truth = bpsk_mmse(Ball::exact(s));
    CAPTURE(s);
    CHECK(abs(Ball::exact(approx_bpsk_mmse(s)) / truth - Ball(1)).upper_double() < 2.3e-16);
    if (s > 1e-3) CHECK(abs(Ball::exact(approx_log_bpsk_mmse(s)) / log(truth) - Ball(1)).upper_double() < 4e-16);
  }
  CHECK(std::abs(approx_log_bpsk_mmse(1e6) / log(bpsk_mmse(Ball(1000000))).mid_double() - 1) < 1e-15);
}
