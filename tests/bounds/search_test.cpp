#include "shatterproof/bounds/search.hpp"

#include <cmath>

#include "reference.hpp"
#include "shatterproof/bounds/sweep.hpp"
#include "shatterproof/core/error.hpp"

using namespace shatterproof;

namespace {

const ChosenBound& find(const std::vector<ChosenBound>& bounds, const std::string& name) {
  for (const ChosenBound& bound : bounds)
    if (bound.bound.name == name) return bound;
  throw std::runtime_error("no bound called " + name);
}

}  // namespace

TEST_CASE("the search finds the published optima") {
  // Table 5.5 of the specification, sigma = B = C = 1: d, n, exact Bayes, sigma-free, slab.
  struct Row {
    long d, n;
    double fano, bayes, empty, slab;
  };
  const PrecisionScope guard(50);
  for (const Row& row :
       {Row{2, 10000, 1.08e-5, 1.268e-3, 3.615e-4, 1.070e-2}, Row{3, 1000, 1.55e-4, 8.283e-3, 2.880e-3, 3.807e-2}}) {
    const auto bounds = best_lower_bounds({row.d, row.n, 1, 1, 1});
    CAPTURE(row.d, row.n);
    CHECK(find(bounds, "fano_vg_quarter").bound.value.mid_double() >= row.fano * 0.99);
    CHECK(find(bounds, "bayes_exact").bound.value.mid_double() >= row.bayes * 0.995);
    CHECK(find(bounds, "bayes_exact").bound.value.mid_double() <= row.bayes * 1.2);
    CHECK(find(bounds, "empty_caps").bound.value.mid_double() >= row.empty * 0.995);
    CHECK(find(bounds, "slab_mmse").bound.value.mid_double() >= row.slab * 0.98);
    for (const ChosenBound& bound : bounds) {
      CAPTURE(bound.bound.name);
      if (bound.bound.status == BoundStatus::not_applicable) continue;
      CHECK(bound.bound.value.is_finite());
      CHECK_FALSE(certainly_less(Ball(1), bound.bound.value));  // the estimator 0 has risk at most B^2
    }
  }
}

TEST_CASE("a given eps is used as it is") {
  const PrecisionScope guard(50);
  const auto bounds = best_lower_bounds({2, 100, 1, 1, 1}, {Rational(1, 4), Integer(8)});
  CHECK(find(bounds, "assouad_mmse").eps == Rational(1, 4));
  CHECK(find(bounds, "assouad_mmse").caps == 8);
  CHECK_THROWS_AS(best_lower_bounds({2, 100, 1, 1, 1}, {Rational(1, 4), Integer(9)}), PreconditionError);
  CHECK_THROWS_AS(best_lower_bounds({2, 100, 1, 1, 1}, {std::nullopt, Integer(4)}), PreconditionError);
}

TEST_CASE("values that are very negative or overflow still leave a candidate") {
  const PrecisionScope guard(50);
  const auto negative = best_lower_bounds({6, 10000, Rational(1, 10), 1, 1}, {Rational(2, 5), std::nullopt});
  CHECK(find(negative, "fano_vg_quarter").bound.status == BoundStatus::vacuous);
  CHECK(find(negative, "bayes_exact").bound.status == BoundStatus::certified);
  const Rational huge = power(Rational(10), 300);
  for (const ChosenBound& bound : best_lower_bounds({2, 100, 1, huge, huge}, {})) {
    CAPTURE(bound.bound.name);
    if (bound.bound.status != BoundStatus::not_applicable) CHECK(bound.bound.value.is_finite());
  }
}

TEST_CASE("slopes over n are near the stated rates") {
  ExplicitChain chain;
  chain.dimension = 2;
  const auto swept = sweep_bounds({2, 1, 1, 1, 1}, chain, parse_sweep("n=1e6..1e8"));
  for (const SweptBound& bound : swept) {
    CAPTURE(bound.name, bound.slope);
    if (bound.name == "bayes_exact" || bound.name == "empty_caps") CHECK(bound.slope == Approx(-2.0 / 3).margin(0.01));
    if (bound.name == "slab_mmse") CHECK(bound.slope == Approx(-4.0 / 11).margin(0.01));
  }
  CHECK(log_log_slope({10, 100, 1000}, {1, 0.1, 0.01}) == Approx(-1));
  CHECK(std::isnan(log_log_slope({10}, {1})));
  CHECK(std::isnan(log_log_slope({10, 100}, {0, -1})));
}

TEST_CASE("sweep syntax") {
  CHECK(parse_sweep("n=1e2..1e4") == std::vector<Integer>{100, 1000, 10000});
  CHECK(parse_sweep("n=7..7") == std::vector<Integer>{7});
  for (const char* bad :
       {"", "n=", "n=1e2", "1e2..1e8", "n=1e8..1e2", "n=0..10", "n=1.5..10", "n=a..b", "m=1..10", "n=1..1e99"}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(parse_sweep(bad), PreconditionError);
  }
}

TEST_CASE("packings that are handed over improve bounds only where they are certified and have more caps") {
  const MinimaxProblem problem{6, 10000, 1, 1, 1};
  const Rational eps = parse_rational("0.2951");
  const auto bounds = best_lower_bounds(problem, {eps, {}});
  const Integer caps = find(bounds, "bayes_exact").caps;
  Packing packing = best_packing(6, eps);
  REQUIRE(packing.count == caps);
  CHECK(find(with_packings(problem, bounds, {packing}), "bayes_exact").family.empty());  // no better
  Packing more = packing;
  more.count = caps + 12, more.family = "more";
  const auto better = with_packings(problem, bounds, {more});
  CHECK(find(better, "bayes_exact").caps == caps + 12);
  CHECK(find(better, "slab_mmse").family == "more");
  CHECK(certainly_less(find(bounds, "bayes_exact").bound.value, find(better, "bayes_exact").bound.value));
  more.certified = false;
  CHECK_THROWS_AS(with_packings(problem, bounds, {more}), PreconditionError);
  more.certified = true, more.dimension = 7;
  CHECK_THROWS_AS(with_packings(problem, bounds, {more}), PreconditionError);
}

TEST_CASE("the search ends where the number of caps is beyond a double") {
  CHECK(approx_best_lower_bounds({500, Integer("1000000000000"), 1, 1, 1}).size() == 11);
}
