#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "numeric/golden.hpp"
#include "run_program.hpp"

namespace fs = std::filesystem;

namespace {

struct ProblemFile {
  fs::path path = fs::temp_directory_path() / ("shatterproof_flatness_" + std::to_string(::getpid()) + ".json");
  explicit ProblemFile(const std::string& text) { std::ofstream(path) << text; }
  ~ProblemFile() { fs::remove(path); }
  [[nodiscard]] std::string quoted() const { return "'" + path.string() + "'"; }
};

Run flatness_of(const std::string& text, const std::string& options = "") {
  const ProblemFile file(text);
  return run_program("flatness " + file.quoted() + " " + options);
}

nlohmann::json problem_file(const nlohmann::json& input) {
  nlohmann::json file{{"W", input["w"]}};
  for (const char* key : {"X", "y", "b", "v", "beta", "R"}) file[key] = input[key];
  return file;
}

/// Both are decimal texts of one number, the second with 40 digits.
bool same_number(const nlohmann::json& printed, const nlohmann::json& wanted) {
  using namespace shatterproof;
  const Rational reference = parse_rational(wanted.get<std::string>());
  const Rational difference = abs(Rational(parse_rational(printed.get<std::string>()) - reference));
  return difference <= abs(reference) * parse_rational("1e-37");
}

constexpr const char* kSmall = R"({"X": [["0.5"], ["-0.5"]], "y": ["1", "0"], "W": [["1"]], "b": ["0.25"], "v": ["1"],
                                   "beta": 0, "R": 1})";

}  // namespace

TEST_CASE("flatness prints the reference numbers") {
  const nlohmann::json reference = golden("flatness-and-weights.json");
  REQUIRE(reference["networks"].size() >= 5);
  for (const auto& network : reference["networks"]) {
    const Run run = flatness_of(problem_file(network["input"]).dump(), "--digits 45 --json");
    INFO(run.err);
    REQUIRE(run.exit_code == 0);
    const auto json = nlohmann::json::parse(run.out);
    const auto& wanted = network["output"];
    CHECK(same_number(json["lambda_max"]["lower"], wanted["lambda_max_H"]));
    CHECK(same_number(json["lambda_max"]["upper"], wanted["lambda_max_H"]));
    CHECK(same_number(json["variation_seminorm"]["lower"], wanted["Vg_norm"]));
    CHECK(same_number(json["variation_seminorm"]["upper"], wanted["Vg_norm"]));
    CHECK(same_number(json["path_sum"], wanted["path_sum_gt"]));
    CHECK(same_number(json["unmerged_sum"], wanted["naive_unmerged_sum_g"]));
    CHECK(same_number(json["mean_gradient_norm2"], wanted["mean_grad_norm2"]));
    CHECK(same_number(json["loss"], wanted["L"]));
    CHECK(same_number(json["right_side_data"], wanted["rhs_data"]));
    CHECK(same_number(json["right_side_sharp"], wanted["rhs_sharp"]));
    CHECK(same_number(json["right_side_paper"], wanted["rhs_paper"]));
    for (const auto& link : json["chain"]) {
      CHECK(link["verdict"] == "proved");
      CHECK((link["left"].is_string() && link["right"].is_string()));
    }
  }
}

TEST_CASE("flatness as a table") {
  const Run run = flatness_of(kSmall);
  CHECK(run.exit_code == 0);
  CHECK(run.err.empty());
  CHECK_THAT(run.out, Catch::Contains("lambda_max") && Catch::Contains("largest stable step") &&
                          Catch::Contains("theorem 3.2, sharp") && Catch::Contains("corollary 3.3"));
}

TEST_CASE("flatness refuses bad input without a verdict") {
  const auto refused = [](const std::string& text, int code, const std::string& said) {
    const Run run = flatness_of(text, "--json");
    INFO(text << run.err);
    CHECK(run.exit_code == code);
    CHECK(run.out.empty());
    CHECK_THAT(run.err, Catch::Contains(said));
  };
  auto problem = nlohmann::json::parse(kSmall);
  problem["b"] = {"0.5"};
  refused(problem.dump(), 3, "sample 0");
  problem["b"] = {"0.25"};
  problem["R"] = "0.25";
  refused(problem.dump(), 3, "R");
  problem["R"] = "1";
  problem["y"] = {"1"};
  refused(problem.dump(), 3, "y");
  problem["y"] = {"nan", "0"};
  refused(problem.dump(), 3, "nan");
  refused("{", 3, ".json");
  CHECK(run_program("flatness /no/such/file.json").exit_code == 3);
  CHECK(run_program("flatness").exit_code == 2);
  CHECK(flatness_of(kSmall, "--digits 1").exit_code == 2);
  CHECK(flatness_of(kSmall, "--digits 100000000").exit_code == 2);
}
