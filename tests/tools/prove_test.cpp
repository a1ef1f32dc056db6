// The subcommand prove: verdicts, exit codes, JSON, the same result for any number of threads.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "run_on_terminal.hpp"
#include "run_program.hpp"

namespace {

/// The two sides touch along a whole line, and no polynomial tells.
const std::string kTouching = "'forall x in [0, 1], y in [0, 1]: 2*sin(x)*sin(y) <= sin(x)^2 + sin(y)^2'";

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
  const Run undecided = run_program("prove " + kTouching + " --effort 100");
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
  for (const std::string& statement : std::vector<std::string>{
           "'forall d in 1..6, h in (0, 1/4]: ball_tail(d, h) <= c3(d)*h^((d+1)/2)'",
           "'forall d in 1..6, x in [0, 1]: d*x*(1-x) <= 1.25 - 1e-7'", kTouching + " --effort 300"})
    CHECK(result_of(statement + " --threads 1") == result_of(statement + " --threads 4"));
}

TEST_CASE("prove: progress on a terminal, and nowhere else") {
  const std::string long_run = "prove " + kTouching + " --effort 20000";
  const Run plain = run_program(long_run);
  CHECK(plain.exit_code == 4);
  CHECK(plain.err.empty());
  const TerminalRun seen = run_on_terminal(long_run);
  CHECK(seen.exit_code == 4);
  CHECK(seen.terminal.find("1 instance") != std::string::npos);
  CHECK(seen.terminal.find(" boxes  ") != std::string::npos);
  CHECK(seen.terminal.rfind("\r\x1b[K") == seen.terminal.size() - 4);  // wiped away at the end
  CHECK(seen.out.substr(0, seen.out.rfind(',')) == plain.out.substr(0, plain.out.rfind(',')));
}

TEST_CASE("prove: Ctrl-C ends it, and nothing half-written is left") {
  const TerminalRun stopped = run_on_terminal("prove --json " + kTouching + " --effort 100000000", true);
  CHECK(stopped.exit_code == 128 + SIGINT);
  CHECK(stopped.out.empty());
}
