// `flatness` with networks of the user's own: layouts, losses, steps, trajectories.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "run_on_terminal.hpp"
#include "run_program.hpp"
#include "temporary_folder.hpp"

namespace fs = std::filesystem;

namespace {

std::string trained(const std::string& name) {
  const char* source = std::getenv("SHATTERPROOF_SOURCE");
  return "'" + std::string(source ? source : ".") + "/tests/golden/trained/" + name + "'";
}

constexpr const char* kOneNeuron = R"({"X": [[0.5], [-0.5]], "y": [1, 0], "W": [[1]], "b": [0.25], "v": [1],
                                       "beta": 0, "R": 1})";

nlohmann::json flatness_json(const std::string& arguments, int exit_code = 0) {
  const Run run = run_program("flatness --json " + arguments);
  INFO(arguments << run.err);
  REQUIRE(run.exit_code == exit_code);
  return nlohmann::json::parse(run.out);
}

double number(const nlohmann::json& text) { return std::stod(text.get<std::string>()); }

}  // namespace

TEST_CASE("flatness of what PyTorch trained, in one file or two") {
  const auto whole = flatness_json(trained("net.npz"));
  const auto apart = flatness_json(trained("net.safetensors") + " --data " + trained("data.npz"));
  CHECK(whole["lambda_max"] == apart["lambda_max"]);
  CHECK(whole["chain"] == apart["chain"]);
  CHECK(whole["verdict"] == "proved");
  CHECK(whole["arrays"].size() == 6);
  CHECK(apart["arrays"][0]["name"] == "fc1.weight");
  CHECK(apart["arrays"][0]["shape"] == "(16, 3)");
  CHECK(apart["arrays"][0]["type"] == "float32");
  const Run text = run_program("flatness " + trained("net.npz"));
  CHECK_THAT(text.out, Catch::Contains("fc1.bias") && Catch::Contains("(16,)") && Catch::Contains("so b = -bias"));
  // Biases read as thresholds make another network.
  CHECK(flatness_json(trained("net.npz") + " --bias-sign plus")["lambda_max"] == whole["lambda_max"]);
  CHECK(flatness_json(trained("net.npz") + " --bias-sign minus")["lambda_max"] != whole["lambda_max"]);
  CHECK(flatness_json(trained("net.npz") + " --radius 7/3")["R"] == "7/3");
}

TEST_CASE("flatness at a step of the user's: yes, no, and the exit code") {
  const auto stable = flatness_json(trained("net.npz") + " --eta 0.4");
  CHECK(stable["step"]["stable"] == "proved");
  CHECK(stable["step"]["eta"] == "2/5");
  CHECK(stable["step"]["corollary"].back()["verdict"] == "proved");
  CHECK(number(stable["step"]["corollary_bound"]["lower"]) > number(stable["variation_seminorm"]["upper"]));
  const auto unstable = flatness_json(trained("net.npz") + " --eta 0.42", 1);
  CHECK(unstable["step"]["stable"] == "refuted");
  CHECK(unstable["step"]["corollary"].empty());
  CHECK(unstable["verdict"] == "refuted");
  CHECK(unstable["chain"].back()["verdict"] == "proved");
  // The largest stable step is stable, and not for the loss that is twice as steep.
  const std::string step = stable["largest_stable_step"];
  CHECK(flatness_json(trained("net.npz") + " --eta " + step)["step"]["stable"] == "proved");
  const auto mean = flatness_json(trained("net.npz") + " --loss mean --eta " + step, 1);
  CHECK(number(mean["lambda_max"]["mid"]) == Approx(2 * number(stable["lambda_max"]["mid"])).epsilon(1e-15));
  CHECK(mean["half_mean_loss"]["lambda_max"]["mid"] == stable["lambda_max"]["mid"]);
  CHECK(mean["loss_kind"]["factor"] == "2");
  CHECK(flatness_json(trained("net.npz") + " --loss sum")["loss_kind"]["factor"] == "48");
  // Exactly at the edge: lambda_max = 1 and 2/eta = 1.
  const std::string dead = R"({"X": [[0.5]], "y": [1], "W": [[1]], "b": [2], "v": [1], "beta": 0})";
  const TemporaryFolder folder;
  folder.write("dead.json", dead);
  const std::string file = "flatness '" + (folder.path / "dead.json").string() + "' --eta 2";
  CHECK(run_program(file + ".00000000000000000000000000000001").exit_code == 1);
  const Run edge = run_program(file);
  CHECK(edge.exit_code == 0);
  CHECK_THAT(edge.out, Catch::Contains("stable at eta = 2") && Catch::Contains("yes"));
}

TEST_CASE("an edge that nothing settles is undecided, with an exit code of its own") {
  // One sample 40 times over: lambda_max = 11/9 exactly, but there are too many samples to count eigenvalues exactly.
  nlohmann::json problem{{"W", {{"1"}}}, {"b", {"5/12"}}, {"v", {"4/15"}}, {"beta", 0}};
  for (int i = 0; i < 40; ++i) {
    problem["X"].push_back({"3/4"});
    problem["y"].push_back("4/45");
  }
  const TemporaryFolder folder;
  folder.write("edge.json", problem.dump());
  const std::string file = "'" + (folder.path / "edge.json").string() + "'";
  CHECK(flatness_json(file + " --eta 18/11", 4)["step"]["stable"] == "undecided");
  CHECK_THAT(run_program("flatness " + file + " --eta 18/11").out, Catch::Contains("is left open"));
  CHECK(flatness_json("--trajectory '" + folder.path.string() + "' --eta 18/11", 4)["certified"] == 1);
  CHECK(flatness_json(file + " --eta 1.6363636363636363636")["step"]["stable"] == "proved");
}

TEST_CASE("flatness with the top of the spectrum and the neurons") {
  const auto json = flatness_json(trained("net.npz") + " --top 3 --neurons");
  CHECK(json["top_eigenvalues"]["status"] == "approximate, no bound");
  REQUIRE(json["top_eigenvalues"]["values"].size() == 3);
  CHECK(number(json["top_eigenvalues"]["values"][0]) == Approx(number(json["lambda_max"]["mid"])).epsilon(1e-11));
  REQUIRE(json["per_neuron"].size() == 16);
  CHECK(json["per_neuron"][2]["activation_rate"] == "11/12");
  CHECK(json["per_neuron"][14]["active"] == 0);
  const Run text = run_program("flatness --top 3 --neurons " + trained("net.npz"));
  CHECK_THAT(text.out, Catch::Contains("approximate: computed in double, no bound") && Catch::Contains("0.9167"));
}

TEST_CASE("flatness --lambda-max: the enclosure, the step and the verdict alone") {
  const auto whole = flatness_json(trained("net.npz") + " --digits 30 --loss mean");
  const auto alone = flatness_json(trained("net.npz") + " --digits 30 --loss mean --lambda-max --eta 1/100");
  CHECK(alone["schema"] == "shatterproof/flatness-lambda-max/1");
  CHECK(alone["lambda_max"] == whole["lambda_max"]);
  CHECK(alone["largest_stable_step"] == whole["largest_stable_step"]);
  CHECK(alone["step"]["stable"] == "proved");
  CHECK(flatness_json(trained("net.npz") + " --lambda-max --eta 100", 1)["step"]["stable"] == "refuted");
  CHECK_THAT(run_program("flatness --lambda-max " + trained("net.npz")).out, Catch::Contains("lambda_max in ["));
  for (const std::string options : {"--top 2", "--neurons", "--certificate x"})
    CHECK(run_program("flatness --lambda-max " + trained("net.npz") + " " + options).exit_code == 2);
}

TEST_CASE("options of flatness that make no sense are refused") {
  for (const std::string options : {"--eta 0", "--eta -1", "--eta x", "--loss huber", "--bias-sign both", "--radius 0",
                                    "--top -1", "--digits 1", "--trajectory .", "--no-such-option"}) {
    const Run run = run_program("flatness " + trained("net.npz") + " " + options);
    INFO(options << run.err);
    CHECK(run.exit_code == 2);
    CHECK(run.out.empty());
  }
  CHECK(run_program("flatness --data " + trained("data.npz")).exit_code == 2);
  const auto malformed = [](const std::string& arguments, const std::string& said) {
    const Run run = run_program("flatness --json " + arguments);
    INFO(arguments << run.err);
    CHECK(run.exit_code == 3);
    CHECK(run.out.empty());
    CHECK_THAT(run.err, Catch::Contains(said));
  };
  malformed(trained("net.safetensors"), "X: found nothing");
  malformed(trained("net.safetensors") + " --data " + trained("net.safetensors"), "X: found nothing");
  malformed(trained("net.npz") + " --radius 0.5", "R: found 1/2");
  malformed(trained("net.npz") + " --data /no/such/file", "cannot be read");
  malformed(trained("data.npz"), "W: found nothing");
}

TEST_CASE("a trajectory: every checkpoint in natural order, a bad one named, the others certified") {
  const std::string data = " --data " + trained("data.npz");
  const auto good = flatness_json("--trajectory " + trained("run") + data + " --eta 0.4");
  REQUIRE(good["checkpoints"].size() == 4);
  CHECK((good["certified"] == 4 && good["refused"] == 0));
  CHECK(good["checkpoints"][1]["file"] == "epoch_200.safetensors");
  const auto last = flatness_json(trained("net.npz") + " --digits 8 --eta 0.4");
  CHECK(good["checkpoints"][3]["lambda_max"] == last["lambda_max"]);
  CHECK(good["checkpoints"][3]["step"] == last["step"]);
  CHECK(flatness_json("--trajectory " + trained("run") + data + " --eta 0.42", 1)["certified"] == 4);

  const TemporaryFolder folder;
  folder.write("step_10.json", kOneNeuron);
  folder.write("step_9.json", R"({"X": [[0.5]], "y": [1], "W": [[1]], "b": [0.5], "v": [1], "beta": 0})");  // a tie
  folder.write("step_8.json", kOneNeuron);
  folder.write("step_7.npz", "nonsense");
  folder.write("notes.txt", "not a checkpoint");
  const std::string there = "--trajectory '" + folder.path.string() + "'";
  const auto mixed = flatness_json(there, 3);
  REQUIRE(mixed["checkpoints"].size() == 4);
  CHECK((mixed["certified"] == 2 && mixed["refused"] == 2));
  CHECK(mixed["checkpoints"][0]["file"] == "step_7.npz");
  CHECK_THAT(mixed["checkpoints"][0]["error"].get<std::string>(), Catch::Contains("step_7.npz"));
  CHECK(mixed["checkpoints"][1]["verdict"] == "proved");
  CHECK_THAT(mixed["checkpoints"][2]["error"].get<std::string>(), Catch::Contains("tie"));
  CHECK(mixed["checkpoints"][3]["file"] == "step_10.json");
  const Run text = run_program("flatness " + there);
  CHECK(text.exit_code == 3);
  CHECK_THAT(text.out, Catch::Contains("4 checkpoints: 2 certified, 2 without a result"));
  CHECK_THAT(text.err, Catch::Contains("step_9.json") && !Catch::Contains("\r"));
  fs::remove(folder.path / "step_7.npz");
  fs::remove(folder.path / "step_9.json");
  CHECK(run_program("flatness " + there).exit_code == 0);
  CHECK(run_program("flatness --trajectory '" + (folder.path / "none").string() + "'").exit_code == 3);
  fs::remove(folder.path / "step_8.json");
  fs::remove(folder.path / "step_10.json");
  CHECK_THAT(run_program("flatness " + there).err, Catch::Contains("checkpoints: found none"));
}

TEST_CASE("a trajectory shows its progress on a terminal, and nothing of it in the table") {
  const TerminalRun run = run_on_terminal("flatness --trajectory " + trained("run") + " --data " + trained("data.npz"));
  CHECK(run.exit_code == 0);
  CHECK_THAT(run.terminal, Catch::Contains("0/4 checkpoints"));
  CHECK_THAT(run.out, Catch::Contains("4 certified") && !Catch::Contains("0/4") && !Catch::Contains("\r"));
}
