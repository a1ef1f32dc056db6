#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "run_program.hpp"

namespace {

const nlohmann::json& row(const nlohmann::json& rows, const std::string& name) {
  for (const auto& x : rows)
    if (x["name"] == name) return x;
  throw std::runtime_error("no row " + name);
}

}  // namespace

TEST_CASE("bounds prints certified lower bounds in both measures") {
  const Run run = run_program("bounds --dim 2 --samples 100 --sigma 1 --eps 1/4 --caps 8 --json --digits 12");
  INFO(run.err);
  REQUIRE(run.exit_code == 0);
  const auto json = nlohmann::json::parse(run.out);
  const auto mmse = row(json["lower_bounds"], "assouad_mmse");
  CHECK(mmse["status"] == "certified");
  CHECK(mmse["caps"] == "8");
  const double p = std::stod(mmse["probability_measure"]["mid"].get<std::string>());
  CHECK(p == Approx(0.0140127919).epsilon(1e-6));
  CHECK(std::stod(mmse["lebesgue_measure"]["mid"].get<std::string>()) == Approx(p * 3.141592653589793).epsilon(1e-9));
  CHECK(row(json["lower_bounds"], "fano_vg_quarter")["status"] == "vacuous");
  CHECK(row(json["upper_bounds"], "explicit_gap_sharp")["status"] == "vacuous");
}

TEST_CASE("bounds refuses bad input with exit code 2 and prints nothing") {
  for (const char* options :
       {"--dim 0 --samples 3", "--dim 2 --samples 0", "--dim 2", "--dim 2 --samples 10 --sigma nan",
        "--dim 2 --samples 10 --sigma -1", "--dim 2 --samples 10 --eta 0", "--dim 2 --samples 10 --eps 2",
        "--dim 2 --samples 10 --eps 1/2 --caps 5", "--dim 2 --sweep n=1..x", "--dim 2 --samples inf",
        "--dim 2 --samples 10 --delta 1"}) {
    const Run run = run_program(std::string("bounds ") + options);
    INFO(options << '\n' << run.err);
    CHECK(run.exit_code == 2);
    CHECK(run.out.empty());
    CHECK_FALSE(run.err.empty());
  }
  const Run empty = run_program("bounds --dim 2 --samples 10 --eta 3");
  CHECK(empty.exit_code == 2);
  CHECK(empty.err.find("Theta_flat is empty") != std::string::npos);
}

TEST_CASE("bounds stand on the best caps that can be placed, and say whose they are") {
  const Run run = run_program("bounds --dim 6 --samples 10000 --eps 0.2951 --json");
  REQUIRE(run.exit_code == 0);
  const auto json = nlohmann::json::parse(run.out);
  const Run pack = run_program("pack --dim 6 --eps 0.2951 --json");
  const auto packed = nlohmann::json::parse(pack.out);
  for (const char* name : {"bayes_exact", "assouad_mmse", "slab_mmse"}) {
    CAPTURE(name);
    const auto bound = row(json["lower_bounds"], name);
    CHECK(bound["caps"] == packed["count"]);
    CHECK(bound["family"] == packed["family"]);
    CHECK(bound["status"] == "certified");
  }
  const auto filled = json["caps"].back();  // a vacuous bound keeps the first code
  CHECK(filled["family"].get<std::string>().find("in holes") != std::string::npos);
  CHECK(filled["upper_bound"] == packed["upper_bound"]);
  CHECK(filled["upper_bound_name"] == packed["upper_bound_name"]);
  const auto cube = nlohmann::json::parse(run_program("bounds --dim 6 --samples 100 --eps 0.2951 --json").out)["cube"];
  CHECK(cube["caps"] == packed["count"]);
  // Fewer caps than there are: as asked.
  const auto fewer =
      nlohmann::json::parse(run_program("bounds --dim 6 --samples 100 --eps 0.2951 --caps 9 --json").out);
  CHECK(row(fewer["lower_bounds"], "bayes_exact")["caps"] == "9");
  CHECK(fewer["caps"].front()["family"] == "of --caps");
}

TEST_CASE("bounds in dimension 500, where N is beyond a double, come to an end") {
  const Run run = run_program("bounds --dim 500 --samples 1e6 --eps 1/4 --json");
  REQUIRE(run.exit_code == 0);
  const auto json = nlohmann::json::parse(run.out);
  CHECK(json["caps"].front()["family"] == "existence (area)");
}
