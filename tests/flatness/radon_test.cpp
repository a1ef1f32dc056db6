#include "shatterproof/flatness/radon.hpp"

#include "chain_support.hpp"
#include "shatterproof/core/error.hpp"

using namespace shatterproof;

namespace {

const nlohmann::json& rows() { return golden("flatness-and-weights.json")["radon_gaussian"]["rows"]; }

/// Within 10^-digits relative of the reference value, which has at least so many digits.
bool near(const Ball& value, const nlohmann::json& text, int digits = 35) {
  const Ball wanted(parse_rational(text.get<std::string>()));
  return certainly_less_or_equal(abs(value - wanted), (abs(wanted) + Ball::decimal("1e-3")) * power(Ball(10), -digits));
}

}  // namespace

TEST_CASE("the Radon side of a Gaussian: reference values, slice theorem, back projection") {
  PrecisionScope scope(160);
  for (const auto& row : rows()) {
    const long d = row["d"].get<long>();
    const Ball factor = radon::normalisation(d);
    CHECK(near(factor, row["factor_2_2pi_pow"]));
    for (const auto& [t, value] : row["nu_at"].items()) {
      const Ball at = Ball::decimal(t);
      CHECK(near(-radon::gaussian_side(d, at) / factor, value));
      CHECK(radon::gaussian_side(d, at).overlaps(radon::gaussian_side_by_fourier(d, at)));
    }
    for (const auto& [t, value] : row["w_d_at"].items()) CHECK(near(radon::dual_ridge(d, Ball::decimal(t)), value));
    for (const Rational& r : {Rational(0), Rational(1, 3), Rational(5, 2)}) {
      const Ball laplacian = (Ball(Rational(r * r)) - Ball(d)) * exp(-Ball(Rational(r * r / 2)));
      const Ball back = radon::backprojected_side(d, r);
      CHECK(back.overlaps(-factor * laplacian));
      CHECK(back.accuracy_bits() > 80);
    }
  }
}

TEST_CASE("mass of the Radon side against the reference seminorms") {
  PrecisionScope scope(128);
  for (const auto& row : rows()) {
    const long d = row["d"].get<long>();
    const Ball one = radon::gaussian_side_mass(d, radon::RidgeWeight::one);
    const Ball lorentz = radon::gaussian_side_mass(d, radon::RidgeWeight::lorentz) / radon::normalisation(d);
    CHECK(near(one / radon::normalisation(d), row["V_norm_g1"], 23));
    CHECK(near(one, row["radon_side_g1"], 23));
    CHECK(near(lorentz, row["V_norm_g_lorentz"], d % 2 == 1 ? 23 : 14));
  }
  // On the line the seminorm is int |f''| = 4 e^(-1/2).
  const Ball line = radon::gaussian_side_mass(1, radon::RidgeWeight::one) / Ball(2);
  CHECK(line.overlaps(Ball(4) * exp(-Ball(1) / Ball(2))));
  CHECK(line.accuracy_bits() > 90);
}

TEST_CASE("one neuron in weak form") {
  PrecisionScope scope(128);
  for (const long d : {1, 3, 5, 7})
    for (const Rational& m : {Rational(0), Rational(1, 3), Rational(-1, 3), Rational(2), Rational(-5, 2)}) {
      const Ball pairing = radon::neuron_pairing(d, m);
      CHECK(pairing.overlaps(-radon::dual_ridge(d, Ball(m))));
      CHECK(pairing.radius().upper_double() < 1e-20);
      CHECK(!pairing.overlaps(Ball(2) * radon::dual_ridge(d, Ball(m))));
    }
  CHECK_THROWS_AS(radon::neuron_pairing(2, 1), PreconditionError);
  CHECK_THROWS_AS(radon::gaussian_side(0, Ball(1)), PreconditionError);
}
