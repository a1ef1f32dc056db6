// The subcommand prove: verdicts, exit codes, JSON, the same result for any number of threads.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "run_program.hpp"

namespace {

/// The JSON without the time that it took.
nlohmann::json result_of(const std::string& arguments) {
  nlohmann::json document = nlohmann::json::parse(run_program("prove --json " + arguments).out);
  document.erase("seconds");
  return document;
}

}  // namespace

TEST_CASE("prove: verdicts and exit codes") {
  const Run proved = run_program("prove 'forall d in 1..6, h in (0,1]: ball_weight(d,h) <= kappa(d)*h^(d+2)'");
  CHECK(proved.exit_code == 0);
  CHECK(proved.out.rfind("proved: 6 instances, ball arithmetic, ", 0) == 0);
  CHECK(proved.err.empty());

  const Run refuted = run_program("prove 'forall d in {3}, x in [1/4, 1]: 4*x <= d'");
  CHECK(refuted.exit_code == 1);
  CHECK(refuted.out.find("fails at d = 3, x = 1: left 4, right 3") != std::string::npos);

  CHECK(run_program("prove 'forall x in [0, 1]: x <= -1' --given 'x > 2'").exit_code == 0);
  const Run undecided = run_program("prove 'forall x in [0,1], y in [0,1]: x*y <= (x^2+y^2)/2' --effort 100");
  CHECK(undecided.exit_code == 4);
  CHECK(undecided.out.find("boxes are left") != std::string::npos);
  CHECK(run_program("prove 'forall x in [0, 1]: x <='").exit_code == 3);
  CHECK(run_program("prove 'forall x in [0, 1]: x <= 1' --effort 0").exit_code == 2);
  CHECK(run_program("prove 'forall x in [-1, 1]: sqrt(x) <= 1'").exit_code == 2);
}

TEST_CASE("prove: definitions, sharp constants and slack") {
  const auto document = result_of(
      "'forall x in [0, 1]: f(x) <= c' --define 'f(x) = x*(1-x)' --define 'c = 1/2' --sharp 'sup over x of f(x)' "
      "--constant c");
  CHECK(document["verdict"] == "proved");
  REQUIRE(document["sharp"].size() == 1);
  CHECK(document["sharp"][0]["where"] == "attained at x = 1/2");
  CHECK(document["slack"] == "2.000x");
}

TEST_CASE("prove: a witness in JSON") {
  const auto witness = result_of("'forall x in [0, 1]: x < 1'")["witness"];
  CHECK(witness["point"]["x"] == "1");
  CHECK(witness["left"]["lower"].is_string());
}

TEST_CASE("prove: the result does not depend on the number of threads") {
  for (const std::string statement : {"'forall d in 1..6, h in (0, 1/4]: ball_tail(d, h) <= c3(d)*h^((d+1)/2)'",
                                      "'forall d in 1..6, x in [0, 1]: d*x*(1-x) <= 1.25 - 1e-7'",
                                      "'forall x in [0, 1], y in [0, 1]: x*y <= (x^2+y^2)/2' --effort 300"})
    CHECK(result_of(statement + " --threads 1") == result_of(statement + " --threads 4"));
}
