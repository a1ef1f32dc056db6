#include "shatterproof/rates/minimise.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "shatterproof/core/error.hpp"

namespace shatterproof::rates {
namespace {

Signs anywhere() { return Signs(ParameterPoint{{"d", exact_number(3)}}); }

/// n^a v^b A^c
Term term(const std::string& name, const Rational& a, const Rational& b, const Rational& c = 0) {
  return {name, power(PowerProduct::quantity("n"), a) * power(PowerProduct::quantity("v"), b) *
                    power(PowerProduct::quantity("A"), c)};
}

Rational constant(const RationalFunction& f) {
  REQUIRE(f.is_constant());
  return f.numerator().leading_coefficient() / f.denominator().leading_coefficient();
}

TEST_CASE("balance solves for the quantity with all others in it") {
  Signs signs = anywhere();
  // A^2 v = n^-1 v^-3
  const auto v = balance(term("", 0, 1, 2).value, term("", -1, -3).value, "v", signs);
  CHECK(to_text(v) == "A^(-1/2)*n^(-1/4)");
  CHECK_THROWS_AS(balance(term("", 0, 1).value, term("", -1, 1).value, "v", signs), Undefined);
}

TEST_CASE("a bound that binds is reported, and a third term that dominates") {
  Signs signs = anywhere();
  const Sum sum{term("up", 0, 1), term("down", -1, -1, 1)};
  const auto free = minimise(sum, "v", {}, {}, signs);
  CHECK(to_text(free.optimum) == "A^(1/2)*n^(-1/2)");
  CHECK(free.active == std::set<std::string>{"up", "down"});
  CHECK(free.unique);
  const auto bounded = minimise(sum, "v", {.floor = term("", Rational(-1, 3), 0).value}, {}, signs);
  CHECK(to_text(bounded.optimum) == "n^(-1/3)");
  CHECK(bounded.active == std::set<std::string>{"floor"});
  const auto tie = minimise(sum, "v", {.floor = term("", Rational(-1, 2), 0).value}, {}, signs);
  CHECK(tie.active == std::set<std::string>{"floor", "up", "down"});
  CHECK(to_text(tie.optimum) == "A^(1/2)*n^(-1/2)");
  const auto high = minimise(sum, "v", {.ceiling = term("", Rational(-2, 3), 0).value}, {}, signs);
  CHECK(high.active == std::set<std::string>{"ceiling"});
  // A constant above the crossing: the whole valley floor is optimal.
  const auto flat = minimise({sum[0], sum[1], term("flat", Rational(-1, 4), 0)}, "v", {}, {}, signs);
  CHECK_FALSE(flat.unique);
}

TEST_CASE("no minimum is an error of the point, not a number") {
  Signs signs = anywhere();
  CHECK_THROWS_AS(minimise({term("up", 0, 1)}, "v", {}, {}, signs), Undefined);
  CHECK_THROWS_AS(minimise({term("up", 0, 1)}, "v", {.ceiling = term("", -1, 0).value}, {}, signs), Undefined);
  CHECK_THROWS_AS(minimise({term("down", 0, -1)}, "v", {.floor = term("", -1, 0).value}, {}, signs), Undefined);
  CHECK_THROWS_AS(minimise({term("flat", 0, 0)}, "v", {}, {}, signs), Undefined);
  CHECK_THROWS_AS(minimise({term("up", 0, 1), term("down", 0, -1)}, "v",
                           {.floor = term("", -1, 0).value, .ceiling = term("", -2, 0).value}, {}, signs),
                  Undefined);
  CHECK_THROWS_AS(minimise({}, "v", {}, {}, signs), PreconditionError);
  CHECK_THROWS_AS(minimise({term("up", 0, 1)}, "n", {}, {}, signs), PreconditionError);
}

TEST_CASE("for eps to 0 the order is turned round") {
  Signs signs = anywhere();
  const Direction direction = parse_direction("1/eps");
  const Sum sum{{"a", PowerProduct::quantity("eps")}, {"b", PowerProduct()}};
  CHECK(to_text(leading_terms(sum, direction, signs)) == "1");
  CHECK_THROWS_AS(parse_direction("1/"), PreconditionError);
  CHECK_THROWS_AS(parse_direction("n^2"), PreconditionError);
}

TEST_CASE("random sums of lines agree with a brute force search over a fine grid") {
  std::mt19937 random(5);
  const auto draw = [&](long most) { return Rational(static_cast<long>(random() % (2 * most + 1)) - most); };
  int minima = 0;
  for (int trial = 0; trial < 200; ++trial) {
    Sum sum;
    std::vector<std::pair<Rational, Rational>> lines;
    for (int i = 0; i < 2 + static_cast<int>(random() % 4); ++i) {
      lines.emplace_back(draw(5), draw(3));
      sum.push_back(term("t" + std::to_string(i), lines.back().first, lines.back().second));
    }
    const Rational low = draw(3), high = low + 4;
    Signs signs = anywhere();
    const auto height = [&](const Rational& e) {
      Rational most = lines[0].first + lines[0].second * e;
      for (const auto& [a, b] : lines) most = std::max(most, Rational(a + b * e));
      return most;
    };
    const bool all_flat = std::all_of(lines.begin(), lines.end(), [](const auto& line) { return line.second == 0; });
    if (all_flat) continue;
    const auto found =
        minimise(sum, "v", {.floor = term("", low, 0).value, .ceiling = term("", high, 0).value}, {}, signs);
    const Rational best = height(constant(found.optimum.exponent("n")));
    // Kinks have denominators up to 6, so a grid of step 1/60 contains every one of them.
    Rational grid = height(low);
    for (Rational e = low; e <= high; e += Rational(1, 60)) grid = std::min(grid, height(e));
    CHECK(best == grid);
    ++minima;
  }
  CHECK(minima > 150);
}

}  // namespace
}  // namespace shatterproof::rates
