#include "shatterproof/training/run.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "shatterproof/core/error.hpp"
#include "shatterproof/core/parallel.hpp"
#include "shatterproof/network/array_file.hpp"
#include "shatterproof/network/file.hpp"
#include "temporary_folder.hpp"

using namespace shatterproof;

namespace {

TrainingSettings short_settings() {
  TrainingSettings settings;
  settings.dimension = 4;
  settings.samples = 70;
  settings.width = 90;
  settings.fresh = 20;
  settings.epochs = 430;
  settings.record_every = 60;
  settings.certify_every = 120;
  return settings;
}

bool always(const TrainingRun&) { return true; }

std::string bytes_of_run(const TemporaryFolder& folder, const TrainingRun& run) {
  write_run(folder.path / "bytes.npz", run);
  return text_of(folder.path / "bytes.npz");
}

std::string uninterrupted(const TemporaryFolder& folder, const TrainingSettings& settings) {
  TrainingRun run = begin_training(settings);
  continue_training(run, always);
  return bytes_of_run(folder, run);
}

}  // namespace

TEST_CASE("a run that is interrupted at every record ends as the one that is not, byte for byte") {
  const TemporaryFolder folder;
  for (const Arithmetic arithmetic : {Arithmetic::doubles, Arithmetic::floats}) {
    TrainingSettings settings = short_settings();
    settings.arithmetic = arithmetic;
    const auto file = folder.path / "run.npz";
    write_run(file, begin_training(settings));
    int interruptions = 0;
    while (read_run(file).end.empty()) {
      TrainingRun run = read_run(file);
      int records = 0;
      continue_training(run, [&](const TrainingRun&) { return ++records < 2; });
      write_run(file, run);
      REQUIRE(++interruptions < 20);
    }
    CHECK(interruptions > 5);
    CHECK(text_of(file) == uninterrupted(folder, settings));
  }
}

TEST_CASE("weights that shrink to nothing do not tell where a run was interrupted") {
  const TemporaryFolder folder;
  TrainingSettings settings = short_settings();
  settings.dimension = 2;
  settings.eta = 0.5;
  settings.decay = 1;
  settings.epochs = 3000;
  TrainingRun run = begin_training(settings);
  continue_training(run, [](const TrainingRun& now) { return now.epoch < 2100; });
  write_run(folder.path / "run.npz", run);
  TrainingRun resumed = read_run(folder.path / "run.npz");
  continue_training(resumed, always);
  CHECK(bytes_of_run(folder, resumed) == uninterrupted(folder, settings));
}

TEST_CASE("a run that is taken further ends as the longer one") {
  const TemporaryFolder folder;
  TrainingSettings settings = short_settings();
  settings.epochs = 180;
  TrainingRun run = begin_training(settings);
  continue_training(run, always);
  CHECK(run.end == "all epochs done");
  extend_training(run, 430);
  continue_training(run, always);
  settings.epochs = 430;
  CHECK(bytes_of_run(folder, run) == uninterrupted(folder, settings));
  CHECK_THROWS_AS(extend_training(run, 100), PreconditionError);
  CHECK_THROWS_AS(extend_training(run, 500), PreconditionError);  // 430 is between two records
}

TEST_CASE("records stand where they should") {
  TrainingRun run = begin_training(short_settings());
  continue_training(run, always);
  REQUIRE(run.records.size() == 9);
  for (std::size_t r = 0; r < 9; ++r) {
    CHECK(run.records[r].epoch == (r < 8 ? 60.0 * static_cast<double>(r) : 430));
    const bool certified = r % 2 == 0;  // every 120 epochs, and the end
    CHECK(std::isnan(run.records[r].lambda_upper) != certified);
  }
  CHECK(run.neurons.size() == 9);
}

TEST_CASE("a run stops early only if asked") {
  TrainingSettings settings = short_settings();
  settings.eta = 0.05;
  settings.stop_loss = 0.45;
  TrainingRun run = begin_training(settings);
  REQUIRE(run.settings.stop_loss > 0);
  continue_training(run, always);
  CHECK(run.end == "the loss asked for is reached");
  CHECK(run.records.back().loss <= 0.45);
  CHECK(run.epoch < 430);
}

TEST_CASE("divergence ends the run with a record of where") {
  TrainingSettings settings = short_settings();
  settings.eta = 1e9;
  settings.clip = 0;
  TrainingRun run = begin_training(settings);
  continue_training(run, always);
  CHECK(run.end.find("diverged") == 0);
  CHECK(run.epoch > 0);
  CHECK(run.epoch < 60);
  CHECK(run.records.back().epoch == static_cast<double>(run.epoch));
  const TemporaryFolder folder;
  write_run(folder.path / "run.npz", run);
  CHECK(read_run(folder.path / "run.npz").end == run.end);
}

TEST_CASE("a run file is a network file") {
  const TemporaryFolder folder;
  TrainingRun run = begin_training(short_settings());
  continue_training(run, always);
  write_run(folder.path / "run.npz", run);
  const Problem<Rational> problem = read_problem(folder.path / "run.npz");
  CHECK(problem.network.neurons() == 90);
  CHECK(problem.network.W(3, 2) == exact_rational(run.network.W(3, 2)));
}

TEST_CASE("a damaged run file is refused, whatever was damaged") {
  const TemporaryFolder folder;
  TrainingSettings settings = short_settings();
  settings.width = 5;
  settings.epochs = 60;
  TrainingRun run = begin_training(settings);
  continue_training(run, always);
  write_run(folder.path / "run.npz", run);
  const std::string good = text_of(folder.path / "run.npz");
  CHECK_NOTHROW(read_run(folder.path / "run.npz"));
  std::mt19937 random(5);
  for (int mutation = 0; mutation < 300; ++mutation) {
    std::string bad = good;
    if (mutation % 3 == 0)
      bad.resize(random() % good.size());
    else
      bad[random() % good.size()] ^= static_cast<char>(1 + random() % 255);
    const auto file = folder.write("bad.npz", bad);
    try {
      (void)read_run(file);
    } catch (const FormatError&) {
    }  // any other exception fails the test
  }
  for (const auto& [name, array] : read_array_file(folder.path / "run.npz")) {
    std::vector<NamedArray> arrays;
    for (const auto& [other, content] : read_array_file(folder.path / "run.npz"))
      if (other != name) arrays.push_back(content);
    write_array_file(folder.path / "missing.npz", arrays);
    INFO(name);
    if (name != "truth" && name != "R") CHECK_THROWS_AS(read_run(folder.path / "missing.npz"), FormatError);
  }
}

// Last: the number of threads can be set once only.
TEST_CASE("the number of threads changes nothing") {
  const TemporaryFolder folder;
  TrainingSettings settings = short_settings();
  settings.samples = 300;
  settings.width = 700;
  settings.epochs = 120;
  const std::string alone = uninterrupted(folder, settings);
  set_thread_count(3);
  CHECK(uninterrupted(folder, settings) == alone);
}
