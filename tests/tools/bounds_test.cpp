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
