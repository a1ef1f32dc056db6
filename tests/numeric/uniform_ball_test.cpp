#include "shatterproof/numeric/uniform_ball.hpp"

#include <cmath>

#include "golden.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/core/random.hpp"

using namespace shatterproof;
namespace ub = uniform_ball;

namespace {

Rational depth_of(const nlohmann::json& row) {
  if (row.contains("one_minus_t") && row["one_minus_t"].is_string())
    return parse_rational(row["one_minus_t"].get<std::string>());
  return 1 - parse_rational(row["t"].get<std::string>());
}

}  // namespace

TEST_CASE("closed forms meet the reference values") {
  const PrecisionScope scope(200);
  for (const auto& row : golden("flatness-and-weights.json")["ball_uniform"]) {
    const long d = row["d"];
    const Ball h(depth_of(row));
    CAPTURE(d, row["t"].dump(), row["one_minus_t"].dump());
    CHECK(agrees(ub::tail(d, h), row["Q"]));
    CHECK(agrees(ub::cap_mass(d, h), row["Q"]));
    CHECK(agrees(ub::first_moment(d, h), row["N"]));
    CHECK(agrees(ub::tail_mean(d, h), row["E"]));
    CHECK(agrees(ub::excess(d, h), row["s"]));
    CHECK(agrees(ub::weight_plus(d, h), row["g_plus"]));
    CHECK(agrees(ub::weight(d, h), row["g_P"]));
    if (row.contains("rho") && row["rho"].is_string()) CHECK(agrees(ub::weight_ratio(d, h), row["rho"]));
  }
}

TEST_CASE("constants meet the reference values") {
  const PrecisionScope scope(200);
  const Ball quarter = Ball(1) / Ball(4);
  for (const auto& row : golden("flatness-and-weights.json")["constants"]) {
    const long d = row["d"];
    CAPTURE(d);
    CHECK(agrees(ub::c1(d), row["c1"]));
    CHECK(agrees(ub::c2(d), row["c2"]));
    CHECK(agrees(ub::c3(d), row["c3"]));
    CHECK(agrees(ub::c4(d), row["c4"]));
    CHECK(agrees(ub::c5(d), row["c5"]));
    CHECK(agrees(ub::weight_limit(d), row["kappa"]));
    CHECK(agrees(ub::weight_ratio(d, Ball(0)), row["kappa"]));
    CHECK(agrees(ub::weight_ratio(d, quarter), row["cL_g_best"]));
    CHECK(agrees(ub::weight_plus(d, Ball(1)), row["g0"]));
  }
  for (const auto& row : golden("lower-bounds.json")["dimension_constants"]) {
    const long d = row["d"];
    CAPTURE(d);
    CHECK(agrees(ub::volume(d), row["v_d"]));
    CHECK(agrees(ub::volume(d - 1), row["v_dm1"]));
    CHECK(agrees(ub::c7_squared(d), row["c7_sq"]));
    CHECK(agrees(ub::c8_squared(d), row["c8_sq"]));
    CHECK(agrees(ub::cap_mass_lower(d), row["L_cap"]));
    CHECK(agrees(ub::cap_mass_upper(d), row["U_cap"]));
  }
}

TEST_CASE("atoms and caps meet the reference values") {
  const PrecisionScope scope(200);
  for (const auto& row : golden("lower-bounds.json")["atoms"]) {
    const long d = row["d"];
    const Rational eps = parse_rational(row["eps"].get<std::string>());
    const Rational h = eps * eps;
    const Ball theta = Ball(2) * asin(Ball(eps) / sqrt(Ball(2)));
    CAPTURE(d, row["eps"].dump());
    CHECK(agrees(ub::atom_norm2(d, Ball(h)), row["norm2_P"]));
    CHECK(agrees(ub::atom_norm2_lebesgue(d, Ball(h)), row["norm2_leb"]));
    CHECK(agrees(ub::cap_mass(d, Ball(h)), row["cap_mass"]));
    CHECK(agrees(ub::cap_area_fraction(d, theta), row["surf_frac_theta"]));
    CHECK(agrees(ub::cap_area_fraction(d, Ball(2) * theta), row["surf_frac_2theta"]));
  }
}

TEST_CASE("rational closed forms in odd dimensions are enclosed") {
  for (const Rational& h : {Rational(1, 7), Rational(1, 2), Rational(1), Rational(9, 5), Rational(2)}) {
    const Rational x = 1 - h, om = 1 - x * x;
    const Ball b(h);
    CHECK(ub::tail(1, b).contains(h / 2));
    CHECK(ub::first_moment(1, b).contains(om / 4));
    CHECK(ub::excess(1, b).contains(h * h / 4));
    CHECK(ub::tail(3, b).contains(h * h * (2 + x) / 4));
    CHECK(ub::first_moment(3, b).contains(3 * om * om / 16));
    CHECK(ub::excess(3, b).contains(h * h * h * (3 + x) / 16));
    if (h <= 1) {
      CHECK(ub::atom_norm2(1, b).contains(h / 6));
      CHECK(ub::atom_norm2(3, b).contains(h * h / 8 - h * h * h / 40));
      CHECK(ub::atom_norm2(5, b).contains(h * h * h / 8 - h * h * h * h / 16 + h * h * h * h * h / 112));
    }
  }
}

TEST_CASE("identities between the closed forms") {
  // Two identities that the closed forms never use: s = N - x Q, and Q_{d+2} = Q_d - x om^((d+1)/2) c1/(d+1).
  const PrecisionScope scope(400);
  for (long d : {1L, 2L, 3L, 6L, 17L, 200L, 1000L})
    for (const char* text : {"0.001", "0.3", "1", "1.5", "1.999", "2"}) {
      const Ball h = Ball::decimal(text), x = Ball(1) - h;
      CAPTURE(d, text);
      const Ball other = ub::first_moment(d, h) - x * ub::tail(d, h);
      CHECK(ub::excess(d, h).overlaps(other));
      CHECK(other.accuracy_bits() > 150);
      const Ball next = ub::tail(d, h) - x * power(sqrt(h * (Ball(2) - h)), d + 1) * ub::c1(d) / Ball(d + 1);
      CHECK(next.overlaps(ub::tail(d + 2, h)));
    }
}

TEST_CASE("wide depths: the enclosure contains every value inside and stays useful") {
  Random random(7);
  for (int i = 0; i < 60; ++i) {
    const long d = 1 + static_cast<long>(random.below(40));
    const double a = 2 * random.uniform(), b = 2 * random.uniform(), c = a + (b - a) * random.uniform();
    const Ball wide = Ball::hull(Ball::exact(a), Ball::exact(b)), inner = Ball::exact(c);
    for (auto* f :
         {ub::tail, ub::first_moment, ub::tail_mean, ub::excess, ub::weight_plus, ub::weight, ub::weight_ratio}) {
      const Ball range = f(d, wide);
      CHECK(range.is_finite());
      CHECK(certainly_less_or_equal(range.lower(), f(d, inner).upper()));
      CHECK(certainly_less_or_equal(f(d, inner).lower(), range.upper()));
    }
    CHECK(ub::tail(d, wide).contains(ub::tail(d, inner).mid()));
  }
  const Ball around_one = Ball::hull(Ball::decimal("0.5"), Ball::decimal("1.5"));
  CHECK(ub::first_moment(3, around_one).contains(Rational(3, 16)));
  CHECK(ub::weight(3, around_one).contains(ub::weight(3, Ball(1)).mid()));
}

TEST_CASE("both ways of summing the series agree") {
  for (long d : {1L, 2L, 9L, 301L, 1000L})
    for (const char* text : {"0.01", "0.5", "1"})
      for (auto* f : {ub::tail, ub::excess, ub::atom_norm2}) {
        const Ball coarse = f(d, Ball::decimal(text));
        const PrecisionScope scope(4200);
        const Ball fine = f(d, Ball::decimal(text));
        CAPTURE(d, text);
        CHECK(coarse.contains(fine.mid()));
        CHECK(fine.accuracy_bits() > 3900);
      }
}

TEST_CASE("the ratio is continuous at depth 0") {
  const Ball near_zero = Ball::hull(Ball(0), Ball::decimal("1e-20"));
  for (long d : {1L, 2L, 24L, 1000L}) {
    const Ball ratio = ub::weight_ratio(d, near_zero);
    CHECK(ratio.contains(ub::weight_limit(d).mid()));
    CHECK(ratio.accuracy_bits() > 40);
    CHECK(ub::weight_ratio(d, Ball(0)).overlaps(ub::weight_limit(d)));
  }
}

TEST_CASE("ends of the range") {
  for (long d : {1L, 2L, 7L, 1000L}) {
    CAPTURE(d);
    for (auto* f :
         {ub::tail, ub::first_moment, ub::excess, ub::weight_plus, ub::weight, ub::cap_mass, ub::atom_norm2}) {
      CHECK(f(d, Ball(0)).is_exact());
      CHECK(f(d, Ball(0)).contains(Rational(0)));
    }
    CHECK(ub::tail_mean(d, Ball(0)).contains(Rational(1)));
    CHECK(ub::tail(d, Ball(1)).contains(Rational(1, 2)));
    CHECK(ub::tail(d, Ball(2)).contains(Rational(1)));
    CHECK(ub::first_moment(d, Ball(2)).contains(Rational(0)));
    CHECK(ub::tail_mean(d, Ball(2)).contains(Rational(0)));
    CHECK(ub::excess(d, Ball(2)).contains(Rational(1)));
    CHECK(ub::weight_plus(d, Ball(2)).contains(Rational(1)));
    CHECK(ub::weight(d, Ball(2)).contains(Rational(0)));
  }
  CHECK(ub::cap_area_fraction(2, Ball(1)).overlaps(Ball(1) / Ball::pi()));
  CHECK(ub::cap_area_fraction(3, Ball::pi()).contains(Rational(1)));
  CHECK(ub::cap_area_fraction(9, Ball::pi() / Ball(2)).contains(Rational(1, 2)));
  CHECK(ub::cap_area_fraction(9, Ball(0)).contains(Rational(0)));
  CHECK(ub::cap_area_fraction(1, Ball(3)).contains(Rational(1, 2)));
  CHECK(ub::cap_area_fraction(4, Ball::hull(Ball(3), Ball(4))).contains(Rational(1)));
  CHECK(ub::volume(0).contains(Rational(1)));
}

TEST_CASE("tiny depths and large dimensions keep their accuracy") {
  for (long d : {1L, 24L, 999L, 1000L, 100000L})
    for (const char* text : {"1e-300", "1e-5000", "0.7", "1.9999999999"})
      for (auto* f : {ub::tail, ub::first_moment, ub::excess, ub::weight_plus, ub::weight_ratio}) {
        CAPTURE(d, text);
        CHECK(f(d, Ball::decimal(text)).accuracy_bits() > 70);
      }
}

TEST_CASE("what is not a dimension or a depth certifies nothing") {
  for (long d : {0L, -1L, -100L}) {
    CHECK_THROWS_AS(ub::tail(d, Ball(1)), PreconditionError);
    CHECK_THROWS_AS(ub::c1(d), PreconditionError);
    CHECK_THROWS_AS(ub::cap_area_fraction(d, Ball(1)), PreconditionError);
    CHECK_THROWS_AS(ub::approx::tail(d, 0.5), PreconditionError);
  }
  CHECK_THROWS_AS(ub::volume(-1), PreconditionError);
  for (const Ball& bad :
       {Ball(-1), Ball(3), Ball::indeterminate(), Ball::decimal("-1e-30"), Ball::hull(Ball(5), Ball(6))})
    for (auto* f : {ub::tail, ub::first_moment, ub::tail_mean, ub::excess, ub::weight_plus, ub::weight,
                    ub::weight_ratio, ub::atom_norm2})
      CHECK_FALSE(f(3, bad).is_finite());
  CHECK_FALSE(ub::atom_norm2(3, Ball::decimal("1.1")).is_finite());
  CHECK_FALSE(ub::cap_area_fraction(3, Ball(4)).is_finite());
  CHECK_FALSE(ub::cap_area_fraction(3, Ball(-1)).is_finite());
  for (double bad : {-1.0, 2.5, static_cast<double>(NAN), static_cast<double>(INFINITY)}) {
    CHECK(std::isnan(ub::approx::tail(3, bad)));
    CHECK(std::isnan(ub::approx::weight_ratio(3, bad)));
    CHECK(std::isnan(ub::approx::log_weight_plus(3, bad)));
    CHECK(std::isnan(ub::approx::atom_norm2(3, bad)));
  }
}
