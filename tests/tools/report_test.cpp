// `report`: what it writes, refuses and leaves alone.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "report/readers.hpp"
#include "run_program.hpp"
#include "temporary_folder.hpp"

namespace fs = std::filesystem;

TEST_CASE("report writes a document that the schema knows, the same each time") {
  const std::string arguments = "report H.9/square H.9/homogeneous --sections claims,flatness --no-cache --json";
  const Run run = run_program(arguments);
  INFO(run.err);
  REQUIRE(run.exit_code == 0);
  const Run valid = check_schema(run.out);
  INFO(valid.out << valid.err);
  CHECK(valid.exit_code == 0);
  auto first = nlohmann::json::parse(run.out), second = nlohmann::json::parse(run_program(arguments).out);
  for (auto* document : {&first, &second})
    for (auto& claim : (*document)["claims"]) claim["seconds"] = 0;
  CHECK(first == second);
  CHECK(first["claims"].size() >= 2);
  CHECK(first["notes"].size() == 1);
  CHECK(first["bounds"].empty());
  CHECK(run.out.find(fs::temp_directory_path().string() + "/") == std::string::npos);
}

TEST_CASE("the packings that a report shows are as the schema says") {
  const Run run = run_program("report --sections packings --json");
  REQUIRE(run.exit_code == 0);
  const Run valid = check_schema(run.out);
  INFO(valid.out << valid.err);
  CHECK(valid.exit_code == 0);
  const auto packings = nlohmann::json::parse(run.out)["packings"];
  REQUIRE(packings.size() >= 4);
  for (const auto& packing : packings) CHECK(packing["certified"] == true);
}

TEST_CASE("report writes the page over its own and over nobody else's") {
  const TemporaryFolder folder;
  const std::string out = (folder.path / "out").string(), arguments = "report --sections flatness -o '" + out + "'";
  REQUIRE(run_program(arguments).exit_code == 0);
  const std::string page = text_of(out + "/index.html");
  CHECK(page.find("\"schema\":\"shatterproof-report/1\"") != std::string::npos);
  REQUIRE(run_program(arguments).exit_code == 0);
  CHECK(text_of(out + "/index.html") == page);
  folder.write("out/index.html", "my own page");
  const Run refused = run_program(arguments);
  CHECK(refused.exit_code == 3);
  CHECK(refused.err.find("index.html") != std::string::npos);
  CHECK(text_of(out + "/index.html") == "my own page");
}

TEST_CASE("report writes tables, figures and references for a paper") {
  const TemporaryFolder folder;
  const std::string at = folder.path.string();
  const Run run = run_program("report H.9/square --no-cache --sections claims,flatness --latex '" + at +
                              "/tex' --csv '" + at + "/csv' --bibtex='" + at + "/refs.bib'");
  INFO(run.err);
  REQUIRE(run.exit_code == 0);
  CHECK(text_of(at + "/tex/shatterproof.tex").find("\\label{tab:shatterproof-status}") != std::string::npos);
  CHECK(text_of(at + "/csv/claims.csv").find("stable-minima/H.9/square") != std::string::npos);
  CHECK(text_of(at + "/refs.bib").find("@software{shatterproof") == 0);
  folder.write("tex/shatterproof.tex", "\\section{Mine}\n");
  CHECK(run_program("report --sections flatness --latex '" + at + "/tex'").exit_code == 3);
  CHECK(text_of(at + "/tex/shatterproof.tex") == "\\section{Mine}\n");
}

TEST_CASE("references alone need no claim to be run") {
  const Run run = run_program("report --bibtex");
  REQUIRE(run.exit_code == 0);
  CHECK(run.out.find("@software{shatterproof") == 0);
  CHECK(run.out.find("@misc{liang2025stable") != std::string::npos);
}

TEST_CASE("report draws one figure, or says which there are") {
  const TemporaryFolder folder;
  const std::string at = folder.path.string();
  const Run list = run_program("report --list-figures");
  CHECK(list.exit_code == 0);
  CHECK(list.out.find("flatness") != std::string::npos);
  const Run drawn = run_program("report --figure '" + at + "/flatness.svg'");
  if (drawn.exit_code == 2) {
    CHECK(drawn.err.find("no Cairo") != std::string::npos);
    return;
  }
  REQUIRE(drawn.exit_code == 0);
  CHECK(text_of(at + "/flatness.svg").find("<svg") != std::string::npos);
  for (const char* name : {"nonsense.svg", "flatness.png", "flatness"}) {
    INFO(name);
    const Run refused = run_program("report --figure '" + at + "/x/" + name + "'");
    CHECK(refused.exit_code == 2);
    CHECK_FALSE(fs::exists(at + "/x"));
  }
}

TEST_CASE("report refuses what makes no sense before the work") {
  const TemporaryFolder folder;
  const std::string at = folder.path.string();
  folder.write("broken.npz", "no zip");
  folder.write("broken/E1.json", "{\"experiment\": 3}");
  folder.write("net.json", "{}");
  struct Case {
    std::string arguments;
    int exit_code;
    std::string named;
  };
  for (const Case& c : {Case{"", 2, "expected -o FOLDER"},
                        {"--json --sections nonsense", 2, "nonsense"},
                        {"--json --sections bounds --eta 3", 2, "eta"},
                        {"--json --sections bounds --dim 0", 2, "0"},
                        {"--json --sections bounds --samples 12", 2, "12"},
                        {"--json nonsense/claim", 2, "nonsense/claim"},
                        {"--json --run '" + at + "/none.npz'", 3, "none.npz"},
                        {"--json --run '" + at + "/broken.npz'", 3, "broken.npz"},
                        {"--json --experiments '" + at + "/none'", 3, "none"},
                        {"--json --experiments '" + at + "/broken'", 3, "E1.json"},
                        {"--json --network '" + at + "/net.json'", 3, "net.json"}}) {
    const Run run = run_program("report " + c.arguments);
    INFO(c.arguments << '\n' << run.err);
    CHECK(run.exit_code == c.exit_code);
    CHECK(run.err.find(c.named) != std::string::npos);
    CHECK(run.out.empty());
  }
}

TEST_CASE("report shows a run and a network of the user's own") {
  const TemporaryFolder folder;
  const std::string run_file = (folder.path / "run.npz").string();
  REQUIRE(run_program("train --dim 2 --samples 16 --width 8 --epochs 20 --record-every 5 -o '" + run_file + "'")
              .exit_code == 0);
  const Run run = run_program("report --sections runs,flatness --json --run '" + run_file + "' --network '" + run_file +
                              "' --network-eta 0.4");
  INFO(run.err);
  REQUIRE(run.exit_code == 0);
  CHECK(check_schema(run.out).exit_code == 0);
  const auto json = nlohmann::json::parse(run.out);
  CHECK(json["runs"][0]["name"] == "run");
  CHECK(json["runs"][0]["epochs"].size() == 5);
  CHECK(json["flatness"][0]["n"] == 16);
  CHECK(json["flatness"][0]["two_over_eta"] == "5");
}

TEST_CASE("report refuses what it would have to ignore, and two documents on one stdout") {
  const auto refused = [](const std::string& arguments, const std::string& says) {
    const Run run = run_program("report " + arguments);
    INFO(arguments << ": " << run.err);
    CHECK(run.exit_code == 2);
    CHECK(run.out.empty());
    CHECK(run.err.find(says) != std::string::npos);
  };
  refused("H.9/square --sections flatness --json --bibtex", "stdout");
  refused("--sections runs --json x.json", "x.json");
  refused("--sections flatness --sigma abc --json", "abc");
  refused("--sections flatness --samples n=1e309..1e310 --json", "10^60");
  refused("--sections flatness --threads 100000 --json", "100000");
}

TEST_CASE("report reads a folder of experiments and leaves it as it is") {
  const TemporaryFolder folder;
  const auto with_seeds = [&](const std::string& seeds) {
    folder.write("E1.json", R"({"experiment": "E1", "scale": "small", "mse": "training inputs", "set": {}, "seeds": )" +
                                seeds + "}");
    return run_program("report --sections runs --json --experiments '" + folder.path.string() + "'");
  };
  for (const char* seeds : {"99999999999", "-1", "\"3\""}) {
    const Run run = with_seeds(seeds);
    INFO(run.err);
    CHECK(run.exit_code == 3);
    CHECK(run.err.find("E1.json") != std::string::npos);
    CHECK(run.err.find("seeds") != std::string::npos);
  }
  CHECK(with_seeds("1").exit_code == 3);  // no runs beside it
  CHECK(std::distance(fs::directory_iterator(folder.path), fs::directory_iterator()) == 1);
}
