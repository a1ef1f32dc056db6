#include "shatterproof/training/experiment.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "shatterproof/core/error.hpp"
#include "shatterproof/core/random.hpp"
#include "shatterproof/training/findings.hpp"
#include "temporary_folder.hpp"

using namespace shatterproof;

TEST_CASE("ranks, medians and slopes") {
  CHECK(spearman_correlation({1, 2, 3, 4}, {10, 20, 40, 90}) == Approx(1));
  CHECK(spearman_correlation({1, 2, 3}, {3, 2, 1}) == Approx(-1));
  CHECK(spearman_correlation({1, 2, 2, 3}, {1, 2, 3, 4}) == Approx(0.9486832981));
  CHECK(std::isnan(spearman_correlation({1, 1}, {2, 3})));
  CHECK(median_of({3, 1, 2}) == 2);
  CHECK(median_of({4, 1, 2, 3}) == 2.5);
  CHECK(std::isnan(median_of({})));
  CHECK(log_log_slope({{10, {100, 1, 1e9}}, {100, {1e4}}, {1000, {1e6}}}) == Approx(2));
  CHECK_THROWS_AS(log_log_slope({{10, {1}}}), PreconditionError);
}

TEST_CASE("the bootstrap interval of a slope covers the true one about as often as it says") {
  int covered = 0;
  constexpr int kTrials = 200;
  Random random(11);
  for (int trial = 0; trial < kTrials; ++trial) {
    std::vector<Replicates> points;
    for (const double n : {32.0, 64.0, 128.0, 256.0}) {
      Replicates point{n, {}};
      for (int r = 0; r < 15; ++r) point.values.push_back(std::pow(n, -0.4) * std::exp(0.3 * random.normal()));
      points.push_back(point);
    }
    const BootstrapInterval interval = middle_of(bootstrap_slopes(points, 400, 100 + static_cast<unsigned>(trial)));
    covered += interval.lower <= -0.4 && -0.4 <= interval.upper;
  }
  CHECK(covered > 0.85 * kTrials);
  CHECK(covered < kTrials);
}

TEST_CASE("a median is judged by its interval") {
  const auto verdict = [](const std::vector<double>& values) {
    return judge_median({"n", "s"}, values, 0, 1, "r").verdict;
  };
  CHECK(verdict({0.1, 0.2, 0.3, 0.4, 0.5}) == Verdict::supported);
  CHECK(verdict({0.1, 0.2, 0.3, 0.4, 1.5}) == Verdict::undecided);
  CHECK(verdict({2, 3, 4, 5, 6}) == Verdict::refuted);
  CHECK(verdict({-2, -3, -4, -5, -6}) == Verdict::refuted);
  CHECK(verdict({0.5}) == Verdict::undecided);
  CHECK(verdict({}) == Verdict::undecided);
  CHECK(verdict({0.5, NAN, 0.5, 0.5, 0.5}) == Verdict::undecided);
  CHECK(verdict({0.1, 0.2, 0.3, HUGE_VAL, 0.4}) == Verdict::undecided);
  // Of nine values the second to the eighth enclose the median with 0.961, the third to the seventh with 0.82.
  CHECK(verdict({-5, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 9}) == Verdict::supported);
  CHECK(verdict({-5, -5, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 9}) == Verdict::undecided);
  CHECK(judge_median({"n", "s"}, {-5, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 9}, 0, 1, "r").confidence.rfind("0.9609", 0) ==
        0);
}

TEST_CASE("runs without numbers or with few replicates certify nothing") {
  CHECK(judge_trend({"n", "s"}, {{1, 2}, {}}, 1, "r").verdict == Verdict::undecided);
  CHECK(judge_trend({"n", "s"}, {{1, 2}, {3}}, 1, "r").verdict == Verdict::undecided);
  const auto slopes_of = [](std::size_t replicates) {
    std::vector<ExperimentRuns::Run> runs;
    for (const long d : {1, 2})
      for (const long n : {10, 20, 40})
        for (std::size_t r = 0; r < replicates; ++r) {
          ExperimentRuns::Run run;
          run.cell.settings.dimension = d;
          run.cell.settings.samples = n;
          run.cell.settings.seed = r;
          const double noise = 1 + 0.01 * static_cast<double>(r);
          run.summary.last.mse_train = noise * std::pow(n, d == 1 ? -1.0 : -0.1);
          runs.push_back(run);
        }
    return slopes_by_dimension(ExperimentRuns(runs, false), [](const ExperimentRuns::Run&) { return true; });
  };
  CHECK(judge_flattening({"n", "s"}, slopes_of(1), "r").verdict == Verdict::undecided);
  CHECK(judge_last_slope({"n", "s"}, slopes_of(4), -HUGE_VAL, 0.3, "r").verdict == Verdict::undecided);
  CHECK(judge_flattening({"n", "s"}, slopes_of(6), "r").verdict == Verdict::supported);
  CHECK(judge_last_slope({"n", "s"}, slopes_of(6), -HUGE_VAL, 0.3, "r").verdict == Verdict::supported);
  CHECK(judge_last_slope({"n", "s"}, slopes_of(6), 0.3, HUGE_VAL, "r").verdict == Verdict::refuted);
}

TEST_CASE("one run refutes what is proved of each; a trend needs every seed") {
  CHECK(judge_every({"n", "s"}, {1, 2, 0}, 0, "r").verdict == Verdict::supported);
  CHECK(judge_every({"n", "s"}, {1, 2, -1e-9}, 0, "r").verdict == Verdict::refuted);
  CHECK(judge_every({"n", "s"}, {1, NAN}, 0, "r").verdict == Verdict::undecided);
  CHECK(judge_every({"n", "s"}, {}, 0, "r").verdict == Verdict::undecided);
  const std::vector<double> low{1, 2, 3, 4, 5}, high{2, 3, 4, 5, 6}, mixed{2, 3, 4, 5, 1};
  CHECK(judge_trend({"n", "s"}, {low, high}, 1, "r").verdict == Verdict::supported);
  CHECK(judge_trend({"n", "s"}, {low, high}, -1, "r").verdict == Verdict::refuted);
  CHECK(judge_trend({"n", "s"}, {low, mixed}, 1, "r").verdict == Verdict::undecided);
  CHECK(judge_trend({"n", "s"}, {low, low}, 1, "r").verdict != Verdict::supported);
}

TEST_CASE("every experiment has runs that can be made, at both scales") {
  CHECK(experiments().size() == 10);
  for (const Experiment& e : experiments())
    for (const Scale scale : {Scale::small, Scale::paper}) {
      ExperimentOptions options;
      options.scale = scale;
      const auto cells = cells_of(e, options);
      INFO(e.id);
      CHECK(cells.size() >= 10);
      for (const ExperimentCell& cell : cells) CHECK_NOTHROW(require_consistent(cell.settings));
    }
  ExperimentOptions options;
  options.overrides["init"] = "kaiming-uniform";
  options.seeds = 2;
  const auto cells = cells_of(experiment_named("E1"), options);
  CHECK(cells.size() == 4);
  CHECK(cells[0].settings.initialisation == Initialisation::kaiming_uniform);
  for (const auto& [id, name] :
       {std::pair{"E1", "seed"}, {"E2", "dim"}, {"E2", "samples"}, {"E4", "eta"}, {"E4", "epochs"}}) {
    ExperimentOptions varied;
    varied.overrides[name] = "5";
    INFO(id << " " << name);
    CHECK_THROWS_AS(cells_of(experiment_named(id), varied), PreconditionError);
  }
  CHECK(sizes_of(cells) == "dim 10; samples 256; width 1024; eta 0.9, 0.01; decay 0, 0.1; epochs 4000; seed 1, 2");
  options.overrides["init"] = "nonsense";
  CHECK_THROWS_AS(cells_of(experiment_named("E1"), options), PreconditionError);
  CHECK_THROWS_AS(experiment_named("E11"), PreconditionError);
}

TEST_CASE("an experiment of a few steps is run, judged and tabulated") {
  const TemporaryFolder folder;
  ExperimentOptions options;
  options.seeds = 2;
  options.overrides = {{"fresh", "5"}};
  JobStore store(folder.path);
  for (const char* id : {"E1", "E3", "E4", "E5", "E6", "E7"}) {
    const Experiment& experiment = experiment_named(id);
    auto cells = cells_of(experiment, options);
    for (ExperimentCell& cell : cells) {
      cell.settings.epochs = 20;
      cell.settings.record_every = 10;
      cell.settings.samples = 10;
      cell.settings.width = std::min(cell.settings.width, 64L);
    }
    CHECK_FALSE(runs_of(cells, store, options).has_value());
    CHECK(run_sweep(sweep_of(cells), store, {}, {}) == 0);
    const auto runs = runs_of(cells, store, options);
    REQUIRE(runs.has_value());
    const auto findings = experiment.judge(*runs);
    CHECK(findings.size() >= 2);
    for (const Finding& finding : findings) {
      CHECK(finding.verdict != Verdict::proved);
      CHECK_FALSE(finding.confidence.empty());
    }
    const std::string table = runs_table(*runs);
    CHECK(static_cast<std::size_t>(std::count(table.begin(), table.end(), '\n')) == cells.size() + 1);
    const std::string records = records_table(*runs);
    CHECK(static_cast<std::size_t>(std::count(records.begin(), records.end(), '\n')) == 3 * cells.size() + 1);
  }
}
