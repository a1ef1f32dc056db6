#include "shatterproof/report/bounds_section.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <mutex>

#include "shatterproof/bounds/search.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/report/flatness_section.hpp"
#include "shatterproof/report/packing_section.hpp"

using namespace shatterproof;
using namespace shatterproof::report;

TEST_CASE("bounds over n are those of the bounds module, and what is remembered is the same") {
  BoundsRequest request;
  request.dimensions = {3};
  request.samples = {100, 1000};
  request.replicates = 2;
  std::map<std::string, std::string> store;
  std::mutex storing;
  int made = 0;
  request.remember = [&](const std::string& what, const std::function<std::string()>& job) {
    const std::lock_guard lock(storing);
    const auto [place, fresh] = store.emplace(what, "");
    if (fresh) place->second = job(), ++made;
    return place->second;
  };
  Document first, second;
  add_bounds(request, first);
  const int jobs = made;
  add_bounds(request, second);
  CHECK(jobs > 0);
  CHECK(made == jobs);
  REQUIRE(first.bounds.size() == 1);
  REQUIRE(first.bounds[0].points.size() == 2);
  const auto& values = first.bounds[0].points[1].values;
  MinimaxProblem problem;
  problem.dimension = 3, problem.samples = 1000;
  for (const ChosenBound& chosen : approx_best_lower_bounds(problem))
    if (chosen.bound.name == "slab_mmse") CHECK(values.at("slab_mmse").value == chosen.bound.value.mid_double());
  CHECK(values.count("explicit_gap") == 0);  // vacuous up to n = 10^7
  const BoundValue& gap = values.at("measured_gap");
  CHECK(gap.lower.value() <= gap.value);
  CHECK(gap.value <= gap.upper.value());
  CHECK(second.bounds[0].points[1].values.at("measured_gap").value == gap.value);
  const auto found = std::find_if(first.nonvacuous.begin(), first.nonvacuous.end(),
                                  [](const NonVacuous& entry) { return entry.key == "explicit_mse_sharp"; });
  REQUIRE(found != first.nonvacuous.end());
  CHECK(found->n == "1e6");
}

TEST_CASE("requests that make no sense are refused") {
  Document document;
  BoundsRequest request;
  CHECK_THROWS_AS(add_bounds(request, document), PreconditionError);
  request.dimensions = {2}, request.samples = {10}, request.eta = 3;
  CHECK_THROWS_AS(add_bounds(request, document), PreconditionError);
}

TEST_CASE("measured errors join the bounds of their dimension and noise, each group for itself, none with decay") {
  Document document;
  document.bounds.push_back({2, "1", "1/2", "1", "1", "1/20", {{10, {{"slab_mmse", {0.5, {}, {}}}}}, {100, {}}}});
  document.experiments.push_back(
      {"E2",
       "",
       "",
       "small",
       "",
       {},
       {{"large", "eta=0.9", 2, 1, 0.9, 0, {{50, 0.2, 0.1, 0.3}, {100, 0.1, 0.1, 0.1}}, 0, 0, 0},
        {"small", "eta=0.2", 2, 1, 0.2, 0, {{50, 0.4, 0.3, 0.5}}, 0, 0, 0},
        {"decay", "decay", 2, 1, 0.2, 1e-3, {{50, 7, 7, 7}, {70, 7, 7, 7}}, 0, 0, 0},
        {"other noise", "eta=0.9", 2, 0.5, 0.9, 0, {{60, 1, 1, 1}}, 0, 0, 0}},
       20,
       0});
  add_measured_series(document);
  const auto& points = document.bounds[0].points;
  REQUIRE(points.size() == 3);
  CHECK(points[1].n == 50);
  CHECK_FALSE(points[1].computed);
  CHECK(points[2].computed);
  CHECK(points[1].values.at("measured_mse:E2 eta=0.9").value == 0.2);
  CHECK(points[1].values.at("measured_mse:E2 eta=0.2").value == 0.4);
  CHECK(points[1].values.size() == 2);
  CHECK(points[2].values.count("measured_mse:E2 eta=0.9") == 1);
  REQUIRE(document.bound_kinds.size() == 3);
  CHECK(document.bound_kinds[2].label.find("E2, eta=0.2") != std::string::npos);
}

TEST_CASE("pictures of packings: which caps are empty, and the inner products") {
  const PackingPicture disc = packing_picture({2, Rational(1, 4), 50}, 1);
  CHECK(disc.centres.size() == 8);
  CHECK(disc.empty.size() == 8);
  CHECK(disc.certified);
  for (std::size_t j = 0; j < disc.centres.size(); ++j) {
    bool held = false;
    for (const Point& x : disc.samples)
      held = held || disc.centres[j][0] * x[0] + disc.centres[j][1] * x[1] > 1 - 1.0 / 16;
    CHECK(disc.empty[j] == !held);
  }
  const PackingPicture e8 = packing_picture({8, Rational(183, 500), 0}, 1);
  CHECK(e8.centres.empty());
  long pairs = 0;
  for (const long count : e8.counts) pairs += count;
  CHECK(pairs == 240 * 239 / 2);
  CHECK(e8.counts[20] == 240 * 126 / 2);  // orthogonal pairs: each root has 126 others
  CHECK(e8.counts[30] == 240 * 56 / 2);
  CHECK_THROWS_AS(packing_picture({3, Rational(1, 100), 10}, 1), PreconditionError);
}

TEST_CASE("numbers of caps lie between their bounds") {
  for (const PackingBounds& bounds : packing_bounds(2, 8, {Rational(1, 2), Rational(1, 10)}))
    for (const PackingBoundPoint& point : bounds.points) {
      CHECK(Integer(point.lower) <= Integer(point.count));
      CHECK(Integer(point.count) <= Integer(point.upper));
    }
}

TEST_CASE("the built-in networks: every link of Theorem 3.2 is proved") {
  for (const FlatnessEntry& entry : standard_flatness()) {
    INFO(entry.name);
    CHECK(entry.stable == Verdict::proved);
    CHECK(entry.chain.size() >= 8);
    for (const ChainLinkEntry& link : entry.chain) CHECK(link.verdict == Verdict::proved);
    CHECK(entry.spectrum.front() == Approx(std::stod(entry.lambda_max.lower)).epsilon(1e-6));
  }
}
