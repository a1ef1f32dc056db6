#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "run_program.hpp"

namespace {

nlohmann::json pack_json(const std::string& options) {
  const Run run = run_program("pack --json " + options);
  INFO(options << '\n' << run.err);
  REQUIRE(run.exit_code == 0);
  return nlohmann::json::parse(run.out);
}

bool has_component(const char* option) {
  return run_program(std::string("pack --dim 3 --eps 0.5 ") + option).exit_code == 0;
}

}  // namespace

TEST_CASE("pack --count finds the largest eps for so many caps") {
  const auto roots = pack_json("--dim 8 --count 240");
  CHECK(roots["family"] == "E8 shell m=1");
  CHECK(roots["count_wanted"] == "240");
  CHECK(roots["eps"].get<std::string>().size() > 30);
  CHECK(roots["ratio"] == "1.00000");
  CHECK(pack_json("--dim 2 --count 7")["count"] == "7");
  CHECK(pack_json("--dim 1 --count 2")["eps"] == "1");
  CHECK(pack_json("--dim 3 --count 12")["family"] == "icosahedron");
  CHECK(std::stoi(pack_json("--dim 4 --count 500")["count"].get<std::string>()) >= 500);
}

TEST_CASE("pack --list shows the exact cosine and the usable eps") {
  bool found = false;
  for (const auto& family : pack_json("--dim 4 --list")) {
    if (family["family"] != "600-cell") continue;
    found = true;
    CHECK(family["count"] == "120");
    CHECK(family["max_cosine"] == "(1 + sqrt 5)/4");
    CHECK(family["usable_eps"].get<std::string>().substr(0, 9) == "0.2212317");
  }
  CHECK(found);
  CHECK(run_program("pack --dim 24 --list").out.find("Golay code") != std::string::npos);
  for (const auto& family : pack_json("--dim 3 --list --eps 0.3")) CHECK(family["count"] != "37");
}

TEST_CASE("pack --family takes families that others surpass, and fills no holes then") {
  CHECK(pack_json("--dim 24 --eps 0.4 --family Golay")["count"] == "4096");
  CHECK(pack_json("--dim 17 --eps 0.366 --family laminated")["count"] == "5346");
  CHECK(pack_json("--dim 7 --eps 0.3 --family E7")["count"] == "126");
  const int plain = std::stoi(pack_json("--dim 7 --eps 0.3 --fill-rounds 0")["count"].get<std::string>());
  const auto filled = pack_json("--dim 7 --eps 0.3 --fill-rounds 3");
  CHECK(std::stoi(filled["count"].get<std::string>()) > plain);
  CHECK(filled["certified"] == true);
  CHECK(filled["family"].get<std::string>().find("in holes") != std::string::npos);
}

TEST_CASE("pack with the linear programming bound") {
  if (!has_component("--degree 5")) return;  // built without Clp
  const auto kissing = pack_json("--dim 4 --eps 0.366 --degree 12");
  CHECK(kissing["upper_bound"] == "25");
  CHECK(kissing["upper_bound_name"] == "Delsarte (degree 12)");
  CHECK(kissing["delsarte_dual"].size() == 13);
  CHECK(run_program("pack --dim 4 --eps 0.366 --degree 41").exit_code == 2);
  // The committed table is what the command makes; two dimensions of it here.
  std::ifstream file(std::string(std::getenv("SHATTERPROOF_SOURCE")) + "/proofs_notes/packing_table.md");
  std::stringstream committed;
  committed << file.rdbuf();
  for (const char* dim : {"3", "8"}) {
    const Run run = run_program(std::string("pack --table --dim ") + dim);
    REQUIRE(run.exit_code == 0);
    std::istringstream lines(run.out);
    int rows = 0;
    for (std::string line; std::getline(lines, line);) {
      CAPTURE(line);
      CHECK(committed.str().find(line + "\n") != std::string::npos);
      ++rows;
    }
    CHECK(rows == 12);
  }
}

TEST_CASE("an interrupted table keeps its rows, and the next run goes on from them") {
  const TemporaryFolder folder;
  const std::string call =
      "XDG_CACHE_HOME='" + folder.path.string() + "' '" + program_path() + "' pack --table --dim 7";
  const std::filesystem::path kept = folder.path / "shatterproof/packing_table.json";
  constexpr int kBeforeItListens = 128 + 2;  // a slow build is still loading
  Run stopped{kBeforeItListens, "", ""};
  for (double seconds = 0.5; stopped.exit_code == kBeforeItListens && seconds < 20; seconds *= 2)
    stopped = run_program("--preserve-status -s INT " + std::to_string(seconds) + " env " + call, "timeout");
  CHECK((stopped.exit_code == 4 || stopped.exit_code == 0));
  if (stopped.exit_code == 4) CHECK(stopped.err.find("of 10 rows; start again to go on") != std::string::npos);
  const Run whole = run_program(call, "env");
  REQUIRE(whole.exit_code == 0);
  CHECK(whole.out.find(stopped.out) == 0);
  const auto stored = nlohmann::json::parse(std::ifstream(kept));
  CHECK(stored["rows"].size() == 10);
  CHECK(run_program(call, "env").out == whole.out);
  // What another program made, or what is damaged, is made again.
  auto other = stored;
  other["rows"]["7 1/2"][2] = "1000";
  other["program"] = "another";
  folder.write("shatterproof/packing_table.json", other.dump());
  CHECK(run_program(call, "env").out == whole.out);
  folder.write("shatterproof/packing_table.json", "{");
  CHECK(run_program(call, "env").out == whole.out);
}

TEST_CASE("pack refuses requests that do not fit together") {
  for (const char* bad :
       {"--dim 3 --count 1", "--dim 3 --count x", "--dim 3 --count 1e16", "--dim 1 --count 3",
        "--dim 3 --count 4 --eps 0.1", "--dim 3 --count 4 --list", "--count 4", "--list", "--table --dim 25",
        "--table --eps 0.1", "--table --json", "--dim 3 --count 10000 --family nonsense",
        "--dim 3 --count 100000 --family optimised", "--dim 3 --eps 0.3 --fill-rounds -1", "--dim 8 --eps 0.3 --stream",
        "--dim 3 --count 5 --stream"}) {
    const Run run = run_program(std::string("pack ") + bad);
    CAPTURE(bad, run.err);
    CHECK(run.exit_code == 2);
    CHECK(run.out.empty());
    CHECK_FALSE(run.err.empty());
  }
}
