#include <catch2/catch.hpp>
#include <chrono>
#include <nlohmann/json.hpp>
#include <random>
#include <thread>

#include "run_program.hpp"

namespace {

namespace fs = std::filesystem;

const std::string kTrain =
    "train --dim 4 --samples 120 --width 480 --fresh 50 --record-every 50 --epochs 3000 --threads 1";

/// How long a whole run takes here, in milliseconds.
int duration_of(const std::string& arguments) {
  const auto start = std::chrono::steady_clock::now();
  REQUIRE(run_program(arguments).exit_code == 0);
  const auto passed = std::chrono::steady_clock::now() - start;
  return static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(passed).count());
}

/// Starts the program and kills it after so many milliseconds, unless it has ended before; true if it was killed.
bool kill_after(const std::string& arguments, int milliseconds) {
  const Run run =
      run_program(arguments, "timeout' '-s' 'KILL' '" + std::to_string(milliseconds / 1000.0) + "' '" + program_path());
  return run.exit_code == 137;
}

}  // namespace

TEST_CASE("twenty kills at random moments change nothing of a run") {
  const TemporaryFolder folder;
  const std::string whole = (folder.path / "whole.npz").string(), killed = (folder.path / "killed.npz").string();
  const int whole_time = duration_of(kTrain + " -o " + whole);
  std::mt19937 random(3);
  int kills = 0;
  for (int k = 0; k < 20; ++k) {
    // Now and then a new start, so that kills hit the beginning too.
    if (k % 3 == 2) fs::remove(killed);
    kills += kill_after(kTrain + " --resume --checkpoint-seconds 0 -o " + killed,
                        1 + static_cast<int>(random() % static_cast<unsigned>(whole_time / 3 + 1)));
  }
  CHECK(kills >= 5);
  REQUIRE(run_program(kTrain + " --resume -o " + killed).exit_code == 0);
  CHECK(text_of(killed) == text_of(whole));
}

TEST_CASE("twenty kills at random moments change nothing of a sweep") {
  const TemporaryFolder folder;
  const std::string file =
      folder
          .write("sweep.toml",
                 "seeds = 4\n[settings]\nepochs = 1000\nfresh = 20\nrecord-every = 100\neta = 0.3\n"
                 "[grid]\ndim = [1, 2, 3, 4, 5]\nsamples = [32, 64]\n[derived]\nwidth = \"4*samples\"\n")
          .string();
  const std::string whole = (folder.path / "whole").string(), killed = (folder.path / "killed").string();
  const int whole_time = duration_of("sweep " + file + " --threads 1 -o " + whole);
  std::mt19937 random(4);
  int kills = 0;
  for (int k = 0; k < 20; ++k)
    kills += kill_after("sweep " + file + " --threads 2 -o " + killed,
                        1 + static_cast<int>(random() % static_cast<unsigned>(whole_time / 6 + 1)));
  CHECK(kills >= 5);
  REQUIRE(run_program("sweep " + file + " --shard 1/2 -o " + killed).exit_code == 0);
  REQUIRE(run_program("sweep " + file + " --shard 2/2 -o " + killed).exit_code == 0);
  CHECK(text_of(killed + "/table.csv") == text_of(whole + "/table.csv"));
}

TEST_CASE("train: errors name what was found and what was expected") {
  const TemporaryFolder folder;
  const std::string out = " -o " + (folder.path / "run.npz").string();
  for (const auto& [arguments, words] : std::vector<std::pair<std::string, std::string>>{
           {"train --eta 0" + out, "eta: found '0', expected a number > 0"},
           {"train --geometry cube" + out, "geometry: found 'cube', expected ball, radial, subspaces or sphere"},
           {"train", "-o FILE.npz"},
           {"train --arithmetic float --unit gelu" + out, "arithmetic: found float"},
           {"train --samples 1000000000 --width 1000000000" + out, "too large for memory"}}) {
    const Run run = run_program(arguments);
    INFO(arguments << "\n" << run.err);
    CHECK(run.exit_code == 2);
    CHECK(run.err.find(words) != std::string::npos);
    CHECK_FALSE(fs::exists(folder.path / "run.npz"));
  }
  CHECK(run_program("train --data " + folder.write("bad.json", "{").string() + out).exit_code == 3);
  CHECK(run_program("train --epochs 0 -o /nowhere/run.npz").exit_code == 3);
}

TEST_CASE("train: a run is not overwritten by mistake, nor taken up with other settings") {
  const TemporaryFolder folder;
  const std::string out = " -o " + (folder.path / "run.npz").string();
  const std::string small = "train --dim 2 --samples 9 --width 5 --fresh 3 --record-every 10";
  REQUIRE(run_program(small + " --epochs 20" + out).exit_code == 0);
  CHECK(run_program(small + " --epochs 20" + out).exit_code == 2);
  const Run other = run_program(small + " --eta 0.1 --resume" + out);
  CHECK(other.exit_code == 2);
  CHECK(other.err.find("--eta: found 0.1") != std::string::npos);
  const Run further = run_program("train --epochs 40 --resume --json" + out);
  REQUIRE(further.exit_code == 0);
  const auto document = nlohmann::json::parse(further.out);
  CHECK(document.at("epochs_made") == 40);
  CHECK(document.at("records").size() == 5);
  CHECK(run_program(small + " --epochs 20 --overwrite" + out).exit_code == 0);
  CHECK(run_program("flatness " + (folder.path / "run.npz").string() + " --eta 0.9 --digits 8").exit_code != 3);
  folder.write("damaged.npz", text_of(folder.path / "run.npz").substr(0, 400));
  CHECK(run_program("train --resume -o " + (folder.path / "damaged.npz").string()).exit_code == 3);
}

TEST_CASE("sweep: shards come from the options, from Slurm, and as commands") {
  const TemporaryFolder folder;
  const std::string file =
      folder
          .write("it's.toml", "[settings]\nepochs = 5\nfresh = 1\nsamples = 4\nwidth = 3\n[grid]\ndim = [1, 2, 3, 4]\n")
          .string();
  const std::string arguments = "sweep \"" + file + "\" -o " + (folder.path / "out").string();
  const Run emitted = run_program(arguments + " --emit 3");
  CHECK(emitted.exit_code == 0);
  CHECK(std::count(emitted.out.begin(), emitted.out.end(), '\n') == 3);
  CHECK(emitted.out.find("--shard 3/3") != std::string::npos);
  CHECK(emitted.out.find("it'\\''s.toml") != std::string::npos);
  CHECK(run_program(arguments + " --emit 0").exit_code == 2);
  for (const char* shard : {"0/2", "3/2", "x/2", "1", "/", "1/0", "''"})
    CHECK(run_program(arguments + " --shard " + shard).exit_code == 2);
  const auto cells = [&] {
    return std::distance(fs::directory_iterator(folder.path / "out/cells"), fs::directory_iterator());
  };
  const auto slurm = [&](const std::string& variables) {
    return run_program(arguments, "env' " + variables + " '" + program_path());
  };
  CHECK(slurm("SLURM_ARRAY_TASK_ID=12 SLURM_ARRAY_TASK_COUNT=2 SLURM_ARRAY_TASK_MIN=11").exit_code == 0);
  CHECK(cells() == 2);
  CHECK_FALSE(fs::exists(folder.path / "out/table.csv"));
  CHECK(slurm("SLURM_ARRAY_TASK_ID=x SLURM_ARRAY_TASK_COUNT=2").exit_code == 2);
  CHECK(slurm("SLURM_ARRAY_TASK_ID=11 SLURM_ARRAY_TASK_COUNT=2 SLURM_ARRAY_TASK_MIN=11").exit_code == 0);
  CHECK(fs::exists(folder.path / "out/table.csv"));
}

TEST_CASE("experiment: a short one from the command line") {
  const TemporaryFolder folder;
  const std::string common = " --seeds 2 --set epochs=20 --set record-every=10 --set width=8 --set fresh=3 -o " +
                             (folder.path / "out").string();
  const Run run = run_program("experiment E1" + common + " --json");
  CHECK((run.exit_code == 0 || run.exit_code == 1));
  const auto documents = nlohmann::json::parse(run.out);
  REQUIRE(documents.size() == 1);
  CHECK(documents[0].at("set").at("width") == "8");
  CHECK(documents[0].at("findings").size() == 9);
  for (const char* name : {"E1.json", "E1_runs.csv", "E1_records.csv", "E1_neurons.csv"})
    CHECK(fs::exists(folder.path / "out" / name));
  CHECK(run_program("experiment E11 -o x").exit_code == 2);
  CHECK(run_program("experiment E1 --set eta -o x").exit_code == 2);
  CHECK(run_program("experiment E1 --set seed=1 -o x").exit_code == 2);
  CHECK(run_program("experiment E1 --scale huge -o x").exit_code == 2);
  CHECK(run_program("experiment --list").out.find("E10") != std::string::npos);
}
