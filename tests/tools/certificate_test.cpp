// --certificate of each subcommand, and the program shatterproof-check on what it wrote.
#include <catch2/catch.hpp>

#include "run_program.hpp"
#include "temporary_folder.hpp"

namespace fs = std::filesystem;

namespace {

/// Runs shatterproof-check, which lies beside shatterproof.
Run check(const std::string& arguments) {
  const fs::path checker = fs::path(program_path()).parent_path() / "shatterproof-check";
  return run_program(arguments, checker.string());
}

struct CertificateFolder : TemporaryFolder {
  [[nodiscard]] std::string file(const std::string& name) const { return (path / name).string(); }
};

}  // namespace

TEST_CASE("each subcommand writes a certificate that the checker accepts") {
  const CertificateFolder folder;
  const std::string out = folder.file("a.cert"), network = folder.file("net.json");
  folder.write("net.json",
               R"({"X": [["1/2"], ["-1"]], "y": [0, 1], "W": [[1]], "b": ["1/4"], "v": [2], "beta": "1/2"})");
  struct Case {
    std::string arguments, claim;
  };
  for (const Case& c : {Case{"pack --dim 3 --eps 1/4", "24 unit vectors"},
                        {"flatness '" + network + "' --digits 12", " <= lambda_max(H) < "},
                        {"construct empty_caps eps=1/2 d=2 n=30", " <= lambda_max(H) < "},
                        {"verify --no-cache H.9/square", "((32)^(2)) < "}}) {
    CAPTURE(c.arguments);
    fs::remove(out);
    const Run run = run_program(c.arguments + " --certificate '" + out + "'");
    INFO(run.err);
    REQUIRE(run.exit_code == 0);
    const Run checked = check("'" + out + "'");
    INFO(checked.err);
    CHECK(checked.exit_code == 0);
    CHECK(checked.out.rfind("verified: ", 0) == 0);
    CHECK(checked.out.find(c.claim) != std::string::npos);
  }
}

TEST_CASE("flatness writes a certificate of the rank of the activation pattern") {
  const CertificateFolder folder;
  const std::string out = folder.file("rank.cert");
  // Two samples right of both thresholds, one between them, one left of both: the rows (1,1), (1,1), (1,0), (0,0).
  folder.write("net.json", R"({"X": [["0.9"], ["0.8"], ["0.3"], ["-1"]], "y": [0, 1, 0, 0], "W": [[1], [1]],
                               "b": ["0.1", "0.5"], "v": [2, 1], "beta": "1/2"})");
  const std::string arguments = "flatness '" + folder.file("net.json") + "' --rank-certificate '" + out + "'";
  REQUIRE(run_program(arguments).exit_code == 0);
  const Run checked = check("'" + out + "'");
  INFO(checked.err);
  CHECK(checked.exit_code == 0);
  CHECK(checked.out.find("has rank 2\n") != std::string::npos);
  // Nothing active, and options that do not go together.
  folder.write("dead.json", R"({"X": [["0.9"]], "y": [0], "W": [[1]], "b": [3], "v": [2], "beta": 0})");
  fs::remove(out);
  CHECK(run_program("flatness '" + folder.file("dead.json") + "' --rank-certificate '" + out + "'").exit_code == 4);
  CHECK_FALSE(fs::exists(out));
  CHECK(run_program(arguments + " --lambda-max").exit_code == 2);
}

TEST_CASE("where there is no certificate the exit code is 4 and nothing is left behind") {
  const CertificateFolder folder;
  const std::string out = folder.file("a.cert");
  for (const char* arguments :
       {"pack --dim 5 --eps 1e-8", "verify --no-cache C.1", "construct cap_packing d=4 eps=1/10 n=5000 mc=0"}) {
    CAPTURE(arguments);
    const Run run = run_program(std::string(arguments) + " --certificate '" + out + "'");
    CHECK(run.exit_code == 4);
    CHECK(run.err.find("no certificate") != std::string::npos);
    CHECK(fs::is_empty(folder.path));
  }
}

TEST_CASE("a tie is malformed input, and a folder that does not exist cannot be written") {
  const CertificateFolder folder;
  const std::string network = folder.file("net.json"), out = folder.file("a.cert");
  folder.write("net.json", R"({"X": [["1/2"]], "y": [0], "W": [[1]], "b": ["1/2"], "v": [2], "beta": 0})");
  CHECK(run_program("flatness '" + network + "' --certificate '" + out + "'").exit_code == 3);
  CHECK_FALSE(fs::exists(out));
  CHECK(run_program("flatness '" + network + "' --loss mean --certificate '" + out + "'").exit_code == 2);
  CHECK(run_program("pack --dim 3 --eps 1/4 --certificate '" + folder.file("no/a.cert") + "'").exit_code == 3);
}

TEST_CASE("exit codes of shatterproof-check") {
  const CertificateFolder folder;
  const std::string out = folder.file("a.cert");
  REQUIRE(run_program("pack --dim 3 --eps 1/4 --certificate '" + out + "'").exit_code == 0);
  CHECK(check("'" + out + "' >/dev/full").exit_code == 3);
  CHECK(check("").exit_code == 2);
  CHECK(check("--help").exit_code == 2);
  CHECK(check("'" + out + "' '" + out + "'").exit_code == 2);
  CHECK(check("'" + folder.file("none") + "'").exit_code == 3);
  CHECK(check("'" + folder.path.string() + "'").exit_code == 3);
  const std::string good = text_of(out);
  folder.write("a.cert", good.substr(0, good.size() / 2));
  const Run truncated = check("'" + out + "'");
  CHECK(truncated.exit_code == 3);
  CHECK(truncated.out.empty());
  CHECK(truncated.err.find("malformed: line ") != std::string::npos);
}
