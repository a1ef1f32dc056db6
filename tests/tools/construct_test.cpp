#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "run_program.hpp"
#include "temporary_folder.hpp"

namespace fs = std::filesystem;

namespace {

struct OutputFolder : TemporaryFolder {
  [[nodiscard]] std::string file(const std::string& name) const { return "'" + (path / name).string() + "'"; }
  [[nodiscard]] bool empty() const { return fs::is_empty(path); }
};

double quantity(const nlohmann::json& document, const std::string& name) {
  for (const auto& q : document["quantities"]) {
    if (q["name"] == name) return std::stod(q["mid"].get<std::string>());
  }
  FAIL("no quantity " << name);
  return 0;
}

}  // namespace

TEST_CASE("construct writes files that flatness reads, with the lambda_max that it announced") {
  const OutputFolder folder;
  for (const std::string arguments :
       {"cap_packing d=3 eps=2/5 n=60", "empty_caps d=2 n=60", "empty_caps d=3 n=60 function=fixed signs=random",
        "cap_packing labels=zero n=50"}) {
    for (const char* name : {"problem.npz", "problem.json"}) {
      INFO(arguments << " " << name);
      const Run built = run_program("construct " + arguments + " mc=0 --json -o " + folder.file(name));
      REQUIRE(built.exit_code == 0);
      const Run flat = run_program("flatness " + folder.file(name) + " --json --digits 20");
      INFO(flat.err);
      REQUIRE(flat.exit_code == 0);
      const double lambda = std::stod(nlohmann::json::parse(flat.out)["lambda_max"]["lower"].get<std::string>());
      CHECK(lambda == Approx(quantity(nlohmann::json::parse(built.out), "lambda_max")).epsilon(1e-9));
    }
  }
  const Run bumps = run_program("construct univariate_bumps n=30 -o " + folder.file("bumps.json"));
  CHECK(bumps.exit_code == 0);
  CHECK(run_program("flatness " + folder.file("bumps.json")).exit_code == 0);
}

TEST_CASE("the same seed writes the same bytes") {
  const OutputFolder folder;
  auto written = [&](const std::string& name, const char* seed) {
    const Run run = run_program("construct empty_caps n=200 --seed " + std::string(seed) + " -o " + folder.file(name));
    REQUIRE(run.exit_code == 0);
    return text_of(folder.path / name);
  };
  for (const char* ending : {".json", ".npz"}) {
    const std::string first = written(std::string("a") + ending, "5");
    CHECK(first == written(std::string("b") + ending, "5"));
    CHECK(first != written(std::string("c") + ending, "6"));
  }
}

TEST_CASE("construct refuses bad input and leaves nothing behind") {
  const OutputFolder folder;
  const std::string output = " -o " + folder.file("x.json");
  for (const char* bad :
       {"construct", "construct no_such_thing", "construct cap_packing eps=0", "construct cap_packing eps=nan",
        "construct cap_packing eps=1.5", "construct cap_packing d=0", "construct cap_packing n=0",
        "construct cap_packing size=3", "construct cap_packing eps", "construct empty_caps d=1e9",
        "construct cap_packing d=4000 n=4000000", "construct cap_packing --seed -1",
        "construct cap_packing --seed 18446744073709551616", "construct cap_packing --digits 0"}) {
    INFO(bad);
    const Run run = run_program(bad + output);
    CHECK(run.exit_code == 2);
    CHECK(run.out.empty());
    CHECK_FALSE(run.err.empty());
  }
  CHECK(run_program("construct cap_packing -o " + folder.file("x.txt")).exit_code == 2);
  CHECK(run_program("construct cap_packing -o " + folder.file("no/such/folder/x.npz")).exit_code == 3);
  CHECK(folder.empty());
}

TEST_CASE("an object that breaks a claim is written, with exit code 1") {
  const OutputFolder folder;
  CHECK(run_program("construct univariate_bumps c=one -o " + folder.file("x.json")).exit_code == 1);
  CHECK(fs::exists(folder.path / "x.json"));
  CHECK(run_program("construct empty_caps d=3 n=1000 function=fixed eta=2").exit_code == 1);
  CHECK(run_program("construct empty_caps d=3 n=1000 function=fixed eta=1.9").exit_code == 0);
}

TEST_CASE("construct --list names every construction") {
  const Run text = run_program("construct --list"), json = run_program("construct --list --json");
  CHECK(text.exit_code == 0);
  const auto document = nlohmann::json::parse(json.out);
  REQUIRE(document["constructions"].size() >= 3);
  for (const auto& kind : document["constructions"]) {
    CHECK(text.out.find(kind["id"].get<std::string>()) != std::string::npos);
    CHECK(kind["parameters"].size() > 0);
  }
}

TEST_CASE("construct empty_caps --table prints the lines and slopes of Corollary I.3") {
  const std::string line = "construct empty_caps --table n=1e2..1e4 --dims 3..4 --replicates 2";
  const Run text = run_program(line), json = run_program(line + " --json");
  CHECK(text.exit_code == 0);
  CHECK(text.err.empty());  // no progress where there is no terminal
  CHECK(text.out.find("stated -2/5 = -0.4000") != std::string::npos);
  const auto document = nlohmann::json::parse(json.out);
  REQUIRE(document["tables"].size() == 2);
  CHECK(document["tables"][0]["rows"].size() == 3);
  CHECK(document["tables"][1]["stated_slope"] == "-2/5");
  CHECK(run_program(line).out == text.out);
  for (const std::string bad : {"empty_caps --table n=1e2..1e3", "empty_caps --table 1e2..1e5",
                                "empty_caps --table n=1e2..1e99", "cap_packing --table n=1e2..1e4",
                                "empty_caps --table n=1e2..1e4 --dims 5..3", "empty_caps --table n=1e2..1e4 --dims 1",
                                "empty_caps --table n=1e2..1e4 --replicates 0", "empty_caps d=3 --table n=1e2..1e4"}) {
    CAPTURE(bad);
    CHECK(run_program("construct " + bad).exit_code == 2);
  }
}
