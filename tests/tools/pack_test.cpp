#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "run_program.hpp"

namespace fs = std::filesystem;

namespace {

nlohmann::json pack(const std::string& options) {
  const Run run = run_program("pack --json " + options);
  INFO(options << '\n' << run.err);
  REQUIRE(run.exit_code == 0);
  return nlohmann::json::parse(run.out);
}

}  // namespace

TEST_CASE("pack prints N between the bounds") {
  const auto roots = pack("--dim 8 --eps 0.366");
  CHECK(roots["count"] == "240");
  CHECK(roots["family"] == "E8 shell m=1");
  CHECK(roots["certified"] == true);
  CHECK(roots["max_cosine"] == "1/2");
  CHECK(roots["upper_bound"] == "240");
  CHECK(pack("--dim 4 --eps 0.22")["max_cosine"] == "(1 + sqrt 5)/4");
  CHECK(pack("--dim 2 --eps 1/2")["count"] == "4");
  CHECK(pack("--dim 1 --eps 1/3")["count"] == "2");
  CHECK(pack("--dim 7 --eps 1")["count"] == "2");
  CHECK(pack("--dim 3 --eps 1/5 --family icosahedron")["count"] == "12");
}

TEST_CASE("pack answers where nothing can be enumerated") {
  CHECK(pack("--dim 1000 --eps 0.5")["count"] == "2000");
  const auto tiny = pack("--dim 5 --eps 1e-8");
  CHECK(tiny["count"].get<std::string>().size() == 32);
  CHECK(tiny["enumerated"] == false);
  CHECK(pack("--dim 3 --eps 0.1 --max-centres 10")["enumerated"] == false);
}

TEST_CASE("pack writes the centres, or nothing at all") {
  const fs::path file = fs::temp_directory_path() / ("shatterproof_pack_" + std::to_string(::getpid()) + ".json");
  CHECK(pack("--dim 3 --eps 0.25 --output '" + file.string() + "'")["count"] == "24");
  const auto written = nlohmann::json::parse(std::ifstream(file));
  CHECK(written["centres"].size() == 24);
  CHECK(written["integer_vectors"].size() == 24);
  fs::remove(file);
  const Run large = run_program("pack --dim 3 --eps 1e-4 --output '" + file.string() + "'");
  CHECK(large.exit_code == 2);
  CHECK(large.err.find("too many to write") != std::string::npos);
  CHECK(large.out.empty());
  CHECK_FALSE(fs::exists(file));
}

TEST_CASE("pack refuses bad input with a message and exit code 2") {
  for (const char* bad :
       {"--dim 3 --eps 0", "--dim 3 --eps -1/2", "--dim 3 --eps 1.5", "--dim 3 --eps nan", "--dim 3 --eps inf",
        "--dim 3 --eps ''", "--dim 0 --eps 0.5", "--dim -2 --eps 0.5", "--dim 1000000 --eps 0.5", "--dim x --eps 0.5",
        "--dim 3", "--eps 0.5", "--dim 3 --eps 0.5 --family nonsense", "--dim 3 --eps 1e-99999",
        "--dim 3 --eps 0.5 --max-centres -1"}) {
    const Run run = run_program(std::string("pack ") + bad);
    CAPTURE(bad, run.err);
    CHECK(run.exit_code == 2);
    CHECK(run.out.empty());
    CHECK_FALSE(run.err.empty());
  }
}

TEST_CASE("pack proves that no further cap fits, and says so where it did not check") {
  const auto maximality = [](const std::string& arguments) {
    const Run run = run_program("pack --json " + arguments);
    REQUIRE(run.exit_code == 0);
    return nlohmann::json::parse(run.out)["maximality"].get<std::string>();
  };
  for (const char* proved : {"--dim 3 --eps 0.16", "--dim 3 --eps 0.38", "--dim 4 --eps 0.22", "--dim 5 --eps 0.45"})
    CHECK(maximality(proved).find("no further cap fits (proved") != std::string::npos);
  // Holes left open: nothing of the kind is proved.
  CHECK(maximality("--dim 5 --eps 0.3 --fill-rounds 0").find("a further cap fits") != std::string::npos);
  CHECK(maximality("--dim 5 --eps 0.3 --fill-rounds 0").find("proved") == std::string::npos);
  CHECK(maximality("--dim 24 --eps 0.295").find("not checked") == 0);
}
