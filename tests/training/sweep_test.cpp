#include "shatterproof/training/sweep.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <thread>

#include "shatterproof/core/error.hpp"
#include "temporary_folder.hpp"

using namespace shatterproof;

namespace {

const char* const kSmallSweep = R"(
seeds = 2
[settings]
epochs = 40
record-every = 20
fresh = 10
eta = 0.3
[grid]
samples = [8, 16]
dim = [1, 2]
[derived]
width = "2*samples"
)";

std::string message_of(const std::string& text) {
  try {
    (void)parse_sweep("sweep.toml", text);
  } catch (const FormatError& e) {
    return e.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("a sweep file gives every combination, seeds fastest") {
  const Sweep sweep = parse_sweep("sweep.toml", kSmallSweep);
  REQUIRE(sweep.cells.size() == 8);
  std::set<std::string> distinct;
  for (const TrainingSettings& s : sweep.cells) {
    CHECK(s.width == 2 * s.samples);
    CHECK(s.eta == 0.3);
    distinct.insert(canonical_text(s));
  }
  CHECK(distinct.size() == 8);
  CHECK(sweep.cells[0].seed == 1);
  CHECK(sweep.cells[1].seed == 2);
  CHECK(sweep.cells[2].dimension == 2);
  CHECK(sweep.cells[4].samples == 16);
  CHECK(sweep.varied == std::vector<std::string>{"dim", "samples", "width", "seed"});
}

TEST_CASE("cases stand beside the grid, and rules may divide") {
  const Sweep sweep = parse_sweep("s", R"(
[[case]]
eta = 0.4
[[case]]
eta = 0.3
decay = 0.1
[derived]
epochs = "1000/eta"
)");
  REQUIRE(sweep.cells.size() == 2);
  CHECK(parse_sweep("s", "[settings]\neta = 0.01\n[derived]\nepochs = \"1000/eta\"").cells[0].epochs == 100000);
  CHECK(parse_sweep("s", "[settings]\nepochs = 1e5").cells[0].epochs == 100000);
  CHECK(sweep.cells[0].epochs == 2500);
  CHECK(sweep.cells[1].epochs == 3333);
  CHECK(sweep.cells[1].decay == 0.1);
}

TEST_CASE("a bad sweep file is told with line and key") {
  CHECK(message_of("[grid]\ndim = [1, 0]").find("sweep.toml:2: dim: found '0'") != std::string::npos);
  CHECK(message_of("[grid]\n\ndimension = [1]").find("sweep.toml:3: unknown parameter 'dimension'") !=
        std::string::npos);
  CHECK(message_of("[grid]\ndim = []").find("sweep.toml:2: dim: found an empty list") != std::string::npos);
  CHECK(message_of("[grid]\ndim = [true]").find("sweep.toml:2: dim") != std::string::npos);
  CHECK(message_of("seeds = 0").find("sweep.toml:1: seeds") != std::string::npos);
  CHECK(message_of("seeds = \"3\"").find("sweep.toml:1: seeds") != std::string::npos);
  CHECK(message_of("[settings\n").find("sweep.toml:1") != std::string::npos);
  CHECK(message_of("\nnonsense = 1").find("sweep.toml:2: nonsense") != std::string::npos);
  CHECK(message_of("[derived]\nwidth = \"samples\"").find("sweep.toml:2: width") != std::string::npos);
  CHECK(message_of("[derived]\nwidth = \"4*geometry\"").find("sweep.toml:2: width") != std::string::npos);
  CHECK(message_of("[derived]\nwidth = \"x*samples\"").find("sweep.toml:2: width") != std::string::npos);
  CHECK(message_of("case = 3").find("sweep.toml:1: case") != std::string::npos);
  CHECK(message_of("[settings]\ncertify-every = 7").find("certify-every") != std::string::npos);
  CHECK_THROWS_AS(read_sweep("/nowhere/sweep.toml"), IoError);
}

TEST_CASE("the table is the same in one go, in shards and by two at once; nothing is done twice") {
  const TemporaryFolder folder;
  const Sweep sweep = parse_sweep("sweep.toml", kSmallSweep);
  JobStore whole(folder.path / "whole"), shards(folder.path / "shards"), shared(folder.path / "shared");
  CHECK(run_sweep(sweep, whole, {}, {}) == 0);
  const auto table = sweep_table(sweep, whole);
  REQUIRE(table.has_value());
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK_FALSE(sweep_table(sweep, shards).has_value());
    CHECK(run_sweep(sweep, shards, {2 - i, 3}, {}) == 0);
  }
  CHECK(sweep_table(sweep, shards) == table);

  std::atomic<int> done{0};
  const auto work = [&] {
    JobStore own(folder.path / "shared");
    for (const TrainingSettings& cell : sweep.cells)
      done += run_sweep_cell(cell, own, [] { return true; }) == JobStore::Outcome::done;
  };
  std::thread other(work);
  work();
  other.join();
  CHECK(done == 8);
  CHECK(sweep_table(sweep, shared) == table);
}

TEST_CASE("equal cells are one job and two lines") {
  const TemporaryFolder folder;
  const Sweep sweep = parse_sweep("s", "[settings]\nepochs = 3\nsamples = 5\nwidth = 4\n[grid]\neta = [0.1, 0.1]");
  JobStore store(folder.path);
  CHECK(run_sweep(sweep, store, {}, {}) == 0);
  const auto table = sweep_table(sweep, store);
  REQUIRE(table.has_value());
  CHECK(std::count(table->begin(), table->end(), '\n') == 3);
}

TEST_CASE("an interrupted sweep goes on, and a damaged cell is found and done again") {
  const TemporaryFolder folder;
  const Sweep sweep = parse_sweep("sweep.toml", kSmallSweep);
  JobStore store(folder.path);
  int asked = 0;
  CHECK(run_sweep(sweep, store, {}, {[&] { return ++asked < 9; }, [](const SweepProgress&) {}}) > 0);
  CHECK_FALSE(sweep_table(sweep, store).has_value());
  CHECK(run_sweep(sweep, store, {}, {}) == 0);
  const auto table = sweep_table(sweep, store);
  REQUIRE(table.has_value());
  const std::string description = cell_description(sweep.cells[3]);
  const std::string good = text_of(store.file_of(description));
  for (const std::string& bad : {std::string(), good.substr(0, good.size() / 2), good + "x",
                                 std::string(good).replace(good.size() - 2, 1, "7")}) {
    std::ofstream(store.file_of(description), std::ios::binary) << bad;
    CHECK_FALSE(store.find(description).has_value());
    CHECK(run_sweep_cell(sweep.cells[3], store, [] { return true; }) == JobStore::Outcome::done);
    CHECK(text_of(store.file_of(description)) == good);
  }
}

TEST_CASE("the result of a cell reads back to the same text, and nothing else does") {
  TrainingSettings settings = parse_sweep("s", kSmallSweep).cells[0];
  const auto result = run_cell(settings, [] { return true; });
  REQUIRE(result.has_value());
  const std::string text = to_text(*result);
  const auto back = cell_result_from_text(text);
  REQUIRE(back.has_value());
  CHECK(to_text(*back) == text);
  for (const std::string& bad : {std::string(), text.substr(0, text.size() - 3), text + "1\n", "x\n0\n\n\n" + text})
    CHECK_FALSE(cell_result_from_text(bad).has_value());
}

TEST_CASE("a cell on a data file depends on what is in it") {
  const TemporaryFolder folder;
  TrainingSettings settings;
  settings.data_file = folder.write("data.json", R"({"X": [[0.5]], "y": [1]})").string();
  const std::string before = cell_description(settings);
  CHECK(cell_description(settings) == before);
  folder.write("data.json", R"({"X": [[0.5]], "y": [2]})");
  CHECK(cell_description(settings) != before);
}
