#include "shatterproof/bounds/lower_bounds.hpp"

#include <cmath>

#include "reference.hpp"
#include "shatterproof/bounds/gilbert_code.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/core/random.hpp"

using namespace shatterproof;
using reference::agrees;
using reference::integer;
using reference::rational;

namespace {

CubePrior prior_of(const nlohmann::json& x) {
  const MinimaxProblem problem{x["d"].get<long>(), integer(x["n"]), rational(x["sigma"]), rational(x["B"]),
                               rational(x["C"])};
  return make_cube_prior(problem, rational(x["eps"]), integer(x["N"]));
}

CubePrior simple_prior(const MinimaxProblem& problem, const Rational& eps) {
  return make_cube_prior(problem, eps, certified_caps(problem.dimension, eps));
}

}  // namespace

TEST_CASE("lower bounds meet the reference values") {
  const auto rows = reference::load("lower-bounds.json")["lower_bounds"];
  for (const auto& x : rows) {
    const CubePrior prior = prior_of(x);
    CAPTURE(x["d"].get<long>(), x["eps"].get<std::string>(), x["n"].get<std::string>());
    CHECK(agrees(prior.prior_energy(), x["prior_energy"], 30));
    CHECK(agrees(prior.signal_to_noise(), x["snr"], 30));
    for (const RiskBound& bound :
         {fano_vg_quarter(prior), fano_vg_half(prior), assouad_two_point(prior), assouad_mmse(prior),
          one_line_exp(prior), one_line_product(prior), empty_caps(prior), fano_gilbert(prior)}) {
      CAPTURE(bound.name);
      if (!x.contains(bound.name)) continue;  // improved Fano has no reference beyond N = 300
      if (bound.status == BoundStatus::not_applicable)
        CHECK(rational(x[bound.name]) == 0);
      else
        CHECK(agrees(bound.value, x[bound.name], 30));
    }
  }
}

TEST_CASE("the bounds are ordered: (A1), (A3) <= (A2) <= exact Bayes <= prior energy, and Fano below Bayes") {
  Random random(7);
  const PrecisionScope guard(40);
  for (int i = 0; i < 8; ++i) {
    const long d = 2 + static_cast<long>(random.below(7));
    const Rational eps(static_cast<long>(80 + random.below(400)), 1000);
    const Integer n = 1 + static_cast<long>(std::exp(10 * random.uniform()));
    const MinimaxProblem problem{d, n, Rational(static_cast<long>(1 + random.below(20)), 10), Rational(3, 2),
                                 Rational(1, 50)};
    const CubePrior prior = simple_prior(problem, eps);
    CAPTURE(d, eps.get_d(), n.get_str(), prior.caps.get_str());
    const Ball bayes = bayes_exact(prior).value, mmse = assouad_mmse(prior).value;
    REQUIRE(certainly_positive(bayes));
    CHECK_FALSE(certainly_less(prior.prior_energy(), bayes));
    for (const RiskBound& bound : cube_lower_bounds(prior)) {
      CAPTURE(bound.name);
      if (bound.status == BoundStatus::not_applicable) continue;
      CHECK(bound.value.is_finite());
      CHECK_FALSE(certainly_less(bayes, bound.value));
      CHECK_FALSE(certainly_negative(bound.value));
    }
    CHECK_FALSE(certainly_less(mmse, assouad_two_point(prior).value));
    CHECK_FALSE(certainly_less(mmse, one_line_exp(prior).value));
  }
}

TEST_CASE("more caps than are certified are refused") {
  const MinimaxProblem problem{2, 10, 1, 1, 1};
  CHECK(certified_caps(2, Rational(1, 2)) == 4);
  CHECK_THROWS_AS(make_cube_prior(problem, Rational(1, 2), 5), PreconditionError);
  CHECK_NOTHROW(make_cube_prior(problem, Rational(1, 2), 4));
  CHECK_THROWS_AS(make_cube_prior({8, 10, 1, 1, 1}, Rational(1, 2), 26), PreconditionError);
  CHECK_THROWS_AS(make_cube_prior(problem, Rational(3, 2), 1), PreconditionError);
  CHECK_THROWS_AS(make_cube_prior(problem, 0, 1), PreconditionError);
  CHECK_THROWS_AS(make_cube_prior(problem, Rational(1, 2), 0), PreconditionError);
  CHECK_THROWS_AS(make_cube_prior({0, 10, 1, 1, 1}, Rational(1, 2), 1), PreconditionError);
  CHECK_THROWS_AS(make_cube_prior({2, -1, 1, 1, 1}, Rational(1, 2), 1), PreconditionError);
  CHECK_THROWS_AS(make_cube_prior({2, 1, -1, 1, 1}, Rational(1, 2), 1), PreconditionError);
}

TEST_CASE("edge cases: no noise, no samples, no amplitude, one cap") {
  const PrecisionScope guard(64);
  const Rational eps(1, 2);
  const CubePrior noiseless = simple_prior({3, 100, 0, 1, 1}, eps);
  CHECK(fano_vg_quarter(noiseless).status == BoundStatus::not_applicable);  // N = 6 < 8
  CHECK(assouad_mmse(noiseless).status == BoundStatus::vacuous);
  CHECK(assouad_mmse(noiseless).value.contains(Rational(0)));
  CHECK(bayes_exact(noiseless).value.overlaps(empty_caps(noiseless).value));
  CHECK(one_line_product(noiseless).value.overlaps(empty_caps(noiseless).value));

  const CubePrior empty = simple_prior({3, 0, 0, 1, 1}, eps);
  CHECK(bayes_exact(empty).value.overlaps(empty.prior_energy()));
  CHECK(assouad_two_point(empty).value.overlaps(empty.prior_energy()));

  const CubePrior flat = simple_prior({3, 100, 1, 1, 0}, eps);
  CHECK(flat.amplitude == 0);
  for (const RiskBound& bound : cube_lower_bounds(flat)) CHECK(bound.status == BoundStatus::not_applicable);

  const CubePrior single = make_cube_prior({2, 100, 1, 1, 1}, eps, 1);
  CHECK(fano_gilbert(single).status == BoundStatus::not_applicable);
  CHECK(certainly_positive(bayes_exact(single).value));
}

TEST_CASE("a negative Fano bracket is clipped to 0 and called vacuous") {
  const CubePrior prior = simple_prior({2, 1000000, 1, 1, 1}, Rational(1, 4));
  const RiskBound bound = fano_vg_quarter(prior);
  CHECK(bound.status == BoundStatus::vacuous);
  CHECK((bound.value.is_exact() && bound.value.contains(Rational(0))));
}

TEST_CASE("values far below the range of double stay finite and positive") {
  const PrecisionScope guard(40);
  const CubePrior prior = make_cube_prior({24, 1, 1, 1, 1}, parse_rational("1e-8"), 196560);
  CHECK(prior.prior_energy().upper_double() < 1e-150);
  for (const RiskBound& bound : cube_lower_bounds(prior)) {
    CAPTURE(bound.name);
    CHECK(bound.value.is_finite());
    CHECK(bound.status == BoundStatus::certified);
  }
}

TEST_CASE("the amplitude obeys the seminorm budget exactly") {
  const CubePrior prior = make_cube_prior({3, 10, 1, 1, Rational(1, 1000)}, Rational(1, 2), 6);
  CHECK(prior.amplitude == Rational(1, 1000) * 256 / 6);  // C/(N eps^8)
  const Rational used = prior.amplitude * 6 / 256;
  CHECK(used == Rational(1, 1000));
}

TEST_CASE("Gilbert counts against brute force") {
  CHECK(hamming_ball_volume(10, -1) == 0);
  CHECK(hamming_ball_volume(10, 0) == 1);
  CHECK(hamming_ball_volume(10, 10) == 1024);
  CHECK(hamming_ball_volume(10, 99) == 1024);
  for (long n = 1; n <= 12; ++n) {
    for (long w = 1; w <= n; ++w) {
      long volume = 0;
      for (long word = 0; word < (1L << n); ++word) volume += __builtin_popcountl(static_cast<unsigned long>(word)) < w;
      CHECK(gilbert_code_size(n, w) == ((1L << n) + volume - 1) / volume);
    }
  }
}

TEST_CASE("the entropy form of improved Fano is below the exact one") {
  const Ball information = Ball(3);
  for (long n : {290L, 300L}) {
    const Ball exact = best_distance_times_bracket(n, information);
    const Ball above = best_distance_times_bracket(n + 11, information);  // 301 uses the entropy bound
    if (n == 290) CHECK(certainly_less(above, exact * Ball(Rational(311, 290))));
    CHECK(certainly_positive(above));
  }
}
