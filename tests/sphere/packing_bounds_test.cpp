#include "shatterproof/sphere/packing_bounds.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "numeric/golden.hpp"
#include "shatterproof/core/error.hpp"

using namespace shatterproof;

namespace {

/// A printed value of 40 digits is met when the ball overlaps it widened by one unit of its last digit.
bool meets(const Ball& value, const std::string& printed) {
  const Ball reference = Ball::decimal(printed);
  const Ball slack = abs(reference) * Ball(power(Rational(10), -38));
  return value.is_finite() && value.accuracy_bits() > 120 &&
         certainly_less_or_equal(abs(value - reference), slack + value.radius());
}

Rational one() { return 1; }

}  // namespace

TEST_CASE("packing bounds meet the reference values") {
  const PrecisionScope scope(192);
  const auto reference = golden("lower-bounds.json");
  for (const auto& atom : reference["atoms"]) {
    const long d = atom["d"];
    const Rational eps = parse_rational(atom["eps"].get<std::string>());
    const Ball h(Rational(eps * eps));
    CAPTURE(d, atom["eps"]);
    CHECK(meets(area_bound(d, h), atom["ub_area"]));
    CHECK(meets(disc_bound(d, h), atom["ub_disc"]));
    CHECK(meets(rankin_bound(d, h), atom["ub_rankin"]));
    CHECK(meets(greedy_bound(d, h), atom["lb_greedy"]));
    if (!atom["ub_levenshtein"].is_null())
      CHECK(meets(levenshtein_bound(d, Ball(cosine_of_separation(eps))), atom["ub_levenshtein"]));
    if (!atom.contains("N_max_exact")) continue;
    const auto& exact = atom["N_max_exact"];  // a string when large
    CHECK(best_upper_bound(d, eps).count == Integer(exact.is_string() ? exact.get<std::string>() : exact.dump()));
  }
  for (const auto& row : reference["levenshtein"]) {
    const Rational s = parse_rational(row["s"].get<std::string>());
    CHECK(meets(levenshtein_bound(row["d"], Ball(s)), row["value"]));
    CHECK(meets(Ball(levenshtein_exact(row["d"], s)), row["value"]));
  }
}

TEST_CASE("Levenshtein's bound is sharp where a sharp code exists") {
  const std::tuple<long, Rational, long> sharp[] = {{5, {1, 5}, 16},   {6, {1, 4}, 27},    {7, {1, 3}, 56},
                                                    {8, {1, 2}, 240},  {22, {1, 6}, 275},  {22, {1, 4}, 891},
                                                    {23, {1, 5}, 552}, {23, {1, 3}, 4600}, {24, {1, 2}, 196560}};
  for (const auto& [d, s, count] : sharp) {
    CAPTURE(d, s.get_str());
    CHECK(levenshtein_exact(d, s) == count);
    const Ball value = levenshtein_bound(d, Ball(s));
    CHECK(value.contains(Rational(count)));
    CHECK(value.accuracy_bits() > 40);
  }
  CHECK(levenshtein_bound(3, Ball(1) / sqrt(Ball(5))).contains(Rational(12)));
  // The first three degrees in closed form.
  CHECK(levenshtein_exact(7, Rational(-1, 3)) == 4);
  const Rational s(-1, 40);
  CHECK(levenshtein_exact(9, s) == Rational(2 * 9 * (1 - s) / (1 - 9 * s)));
  const Rational t(1, 20);
  CHECK(levenshtein_exact(9, t) == Rational(9 * (1 - t) * (2 + 10 * t) / (1 - 9 * t * t)));
  CHECK(levenshtein_exact(9, 0) == 18);
}

TEST_CASE("the ball form of Levenshtein's bound agrees with the exact one through zeros of P_k") {
  for (long d : {2, 3, 4, 9, 17})
    for (long numerator = -19; numerator <= 19; ++numerator) {
      const Rational s(numerator, 20);
      Rational reduced = s;
      reduced.canonicalize();
      CAPTURE(d, numerator);
      CHECK(levenshtein_bound(d, Ball(reduced)).contains(levenshtein_exact(d, reduced)));
    }
}

TEST_CASE("bounds outside their range say nothing") {
  CHECK_FALSE(rankin_bound(5, Ball::decimal("0.3")).is_finite());  // theta > pi/4
  CHECK_FALSE(area_bound(5, Ball(0)).is_finite());
  CHECK_FALSE(area_bound(5, Ball(2)).is_finite());
  CHECK_FALSE(fejes_toth_bound(Ball(1)).is_finite());
  CHECK_FALSE(levenshtein_bound(4, Ball(1)).is_finite());
  CHECK_FALSE(levenshtein_bound(4, Ball(-2)).is_finite());
  CHECK_FALSE(levenshtein_bound(4, Ball::indeterminate()).is_finite());
  CHECK_THROWS_AS(levenshtein_exact(4, one()), PreconditionError);
  CHECK_THROWS_AS(area_bound(1, Ball::decimal("0.1")), PreconditionError);
  CHECK_THROWS_AS(best_upper_bound(3, 0), PreconditionError);
  CHECK_THROWS_AS(best_upper_bound(3, Rational(3, 2)), PreconditionError);
  CHECK_THROWS_AS(best_upper_bound(0, Rational(1, 2)), PreconditionError);
}

TEST_CASE("the integer upper bound is exact where the answer is known") {
  CHECK(best_upper_bound(1, Rational(1, 3)).count == 2);
  CHECK(best_upper_bound(5, 1).count == 2);                     // hemispheres
  CHECK(best_upper_bound(5, Rational(9, 10)).count == 2);       // s < -1/2
  CHECK(best_upper_bound(5, Rational(6, 10)).count == 6);       // -1/5 < s < 0: simplex
  CHECK(best_upper_bound(5, Rational(541, 1000)).count == 10);  // just below sqrt(1 - sqrt(1/2)): s > 0, cross-polytope
  CHECK(best_upper_bound(5, Rational(542, 1000)).count == 6);
  CHECK(best_upper_bound(2, Rational(1, 2)).count == 4);
  CHECK(best_upper_bound(2, Rational(1, 100)).count == 222);
  CHECK(best_upper_bound(2, parse_rational("1e-8")).count == Integer("222144146"));
  CHECK(best_upper_bound(2, parse_rational("1e-30")).count == Integer("2221441469079183123507940495030"));
}

TEST_CASE("an integer value of a bound is not floored down") {
  // At eps a hair below the critical one of the E8 roots the bound is a hair above 240; above it the floor must be 239.
  const Rational critical = parse_rational("0.36602540378443864676372317075293618347140262690519");
  CHECK(best_upper_bound(8, critical).count == 240);
  CHECK(best_upper_bound(8, Rational(critical + parse_rational("1e-48"))).count == 239);
  CHECK(best_upper_bound(24, critical).count == 196560);
}

TEST_CASE("upper bounds stay above the certified lower bound") {
  for (long d : {2, 3, 4, 5, 8, 10, 24, 100})
    for (const char* eps : {"1", "0.7", "0.541", "0.5", "0.37", "0.2", "0.1", "0.01", "1e-8"}) {
      CAPTURE(d, eps);
      CHECK(greedy_lower_bound(d, parse_rational(eps)) <= best_upper_bound(d, parse_rational(eps)).count);
    }
}
