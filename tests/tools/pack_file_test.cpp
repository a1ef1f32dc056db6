#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "run_program.hpp"
#include "shatterproof/network/array_file.hpp"

namespace {

nlohmann::json json_of(const std::string& arguments, int exit_code = 0) {
  const Run run = run_program("pack --json " + arguments);
  INFO(arguments << '\n' << run.err);
  REQUIRE(run.exit_code == exit_code);
  return nlohmann::json::parse(run.out);
}

}  // namespace

TEST_CASE("a packing that pack wrote is certified by pack --check") {
  const TemporaryFolder folder;
  const std::string file = " '" + (folder.path / "code.txt").string() + "'";
  for (const char* made : {"--dim 8 --eps 0.366", "--dim 4 --eps 0.22", "--dim 3 --eps 0.05", "--dim 2 --eps 0.1",
                           "--dim 6 --eps 0.7", "--layers --dim 5 --eps 0.2", "--greedy 300 --dim 4 --eps 0.15"}) {
    CAPTURE(made);
    const auto written = json_of(std::string(made) + " -o" + file);
    const auto read = json_of("--check" + file);
    CHECK(read["certified"] == true);
    CHECK(read["count"] == written["count"]);
    CHECK(read["eps"] == written["eps"]);
  }
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path), {}) == 1);  // no temporary files
}

TEST_CASE("pack --check refuses overlaps with exit code 1 and names the lines") {
  const TemporaryFolder folder;
  const std::string file = " '" + folder.write("axes.txt", "1 0 0\n0 1 0\n0 0 1\n-1 0 0\n").string() + "'";
  CHECK(json_of("--eps 0.54 --check" + file)["certified"] == true);
  const auto overlap = json_of("--eps 0.55 --check" + file, 1);
  CHECK(overlap["certified"] == false);
  CHECK(overlap["overlap"].get<std::string>().find("lines 1 and 2") == 0);
  // Tangent caps: cos 2 theta = 3/5 has no rational eps; 1 - 4h + 2h^2 at h = 1/4 is 1/8, cosine of (1, 3 sqrt 7 /
  // ...).
  const std::string tangent = " '" + folder.write("pair.txt", "1 0\n-1 0\n").string() + "'";
  CHECK(json_of("--eps 1 --check" + tangent)["certified"] == true);
  CHECK(json_of("--eps 1 --closed --check" + tangent, 1)["certified"] == false);
}

TEST_CASE("pack --check without --eps says how large the caps may be") {
  const TemporaryFolder folder;
  const auto check = [&](const std::string& text, const std::string& options = "") {
    return json_of("--check '" + folder.write("code.txt", text).string() + "' " + options);
  };
  const auto three = check("0.6 0.8\n1 0\n-0.6 0.8\n");
  CHECK(three["max_cosine"] == "3/5");
  CHECK(three["angle_degrees"].get<std::string>().find("53.130102354155978703") == 0);
  CHECK(three["closest"].get<std::string>().find("lines 1 and 2; no pair is closer: 1 compared") == 0);
  const std::string eps = three["largest_eps"];
  CHECK(check("0.6 0.8\n1 0\n-0.6 0.8\n", "--eps " + eps)["certified"] == true);
  CHECK(check("1 0\n-1 0\n")["largest_eps"] == "1");
  CHECK(check("1 0\n-1 0\n", "--closed")["largest_eps"] == "0." + std::string(30, '9'));
  // A file that states eps is certified there too.
  const auto ours = check("# shatterproof packing 1\n# dim 2\n# eps 1/4\n# count 2\n1 0\n3 4\n");
  CHECK(ours["certified"] == true);
  CHECK(ours["eps"] == "1/4");
  CHECK(ours["max_cosine"] == "3/5");
}

TEST_CASE("pack --check takes an array of NumPy") {
  const TemporaryFolder folder;
  const auto write = [&](const std::string& name, const std::vector<double>& values) {
    const auto path = folder.path / name;
    shatterproof::write_array_file(path, {{"centres", {values.size() / 2, 2}, values}});
    return " '" + path.string() + "'";
  };
  const auto tangent = json_of("--check" + write("tangent.npz", {3, 4, 1, 0}));
  CHECK(tangent["max_cosine"] == "3/5");
  CHECK(tangent["closest"].get<std::string>().find("rows 0 and 1") == 0);
  const auto overlap = json_of("--eps 0.33 --check" + write("tangent.npz", {3, 4, 1, 0}), 1);
  CHECK(overlap["overlap"].get<std::string>().find("rows 0 and 1 are too close") == 0);
  const Run nan = run_program("pack --check" + write("nan.npz", {3, 4, 1, NAN}));
  CHECK(nan.exit_code == 3);
  CHECK(nan.err.find("nan.npz: centres[1][1]: found nan, expected a finite number") != std::string::npos);
  CHECK(run_program("pack --check" + write("zero.npz", {3, 4, 0, 0})).exit_code == 3);
  CHECK(run_program("pack --check" + write("huge.npz", {3, 4, 0, 1e200})).exit_code == 3);
  CHECK(run_program("pack --check" + write("twice.npz", {3, 4, 6, 8})).exit_code == 3);
}

TEST_CASE("pack --check tells a broken file from a wrong call") {
  const TemporaryFolder folder;
  const auto run = [&](const std::string& text, const std::string& options) {
    return run_program("pack --check '" + folder.write("code.txt", text).string() + "' " + options);
  };
  const Run nan = run("1 0\n0 nan\n", "--eps 0.5");
  CHECK(nan.exit_code == 3);
  CHECK(nan.err.find("code.txt: line 2, number 2: found 'nan'") != std::string::npos);
  CHECK(run("1 0\n0 0\n", "--eps 0.5").exit_code == 3);
  CHECK(run("1 0\n1 0 0\n", "--eps 0.5").exit_code == 3);
  CHECK(run("1 0\n2 0\n", "--eps 0.5").exit_code == 3);  // the same point twice
  CHECK(run("1 0\n1e999 0\n", "--eps 0.5").exit_code == 3);
  CHECK(run("", "--eps 0.5").exit_code == 3);
  CHECK(run_program("pack --check /no/such/file --eps 0.5").exit_code == 3);
  CHECK(run("1 0\n0 1\n", "--eps 2").exit_code == 2);
  CHECK(run("1 0\n0 1\n", "--eps 0.5 --dim 3").exit_code == 2);
  CHECK(run("1 0\n0 1\n", "--eps 0.5 --layers").exit_code == 2);
}

TEST_CASE("layers place random points, greedy codes obey their seed") {
  const auto layers = json_of("--layers --dim 3 --eps 1/100 --bin 20000");
  CHECK(layers["certified"] == true);
  CHECK(std::stol(layers["count"].get<std::string>()) > 15500);
  const long inside = std::stol(layers["points_in_a_cap"].get<std::string>());
  CHECK((inside > 15000 && inside < 16500));  // density pi/4
  const auto one = json_of("--greedy 100 --dim 3 --eps 0.1"), two = json_of("--greedy 100 --dim 3 --eps 0.1 --seed 2");
  CHECK(one["certificate"] == json_of("--greedy 100 --dim 3 --eps 0.1")["certificate"]);
  CHECK(one["certificate"] != two["certificate"]);
  for (const char* bad :
       {"--layers --dim 2 --eps 0.1", "--layers --dim 3", "--layers --eps 0.1", "--closed --dim 3 --eps 0.1",
        "--layers --dim 3 --eps 1e-9", "--greedy 1 --dim 3 --eps 0.1", "--greedy x --dim 3 --eps 0.1",
        "--layers --dim 3 --eps 0.1 --bin 0", "--bin 5 --dim 3 --eps 0.1"}) {
    CAPTURE(bad);
    CHECK(run_program(std::string("pack ") + bad).exit_code == 2);
  }
}
