#include <catch2/catch.hpp>

#include "run_program.hpp"

TEST_CASE("usage errors exit with 2 and say what was wrong, on stderr only") {
  for (const char* arguments :
       {"", "nonsense", "verify --no-such-option", "verify --threads 0", "verify --threads many"}) {
    const Run run = run_program(arguments);
    INFO(arguments << "\n" << run.err);
    CHECK(run.exit_code == 2);
    CHECK(run.out.empty());
    CHECK_FALSE(run.err.empty());
  }
}

TEST_CASE("help and version succeed") {
  CHECK(run_program("--help").exit_code == 0);
  CHECK(run_program("--version").out == "0.1.0\n");
  for (const char* command : {"eval", "pack", "flatness", "bounds", "construct", "verify"}) {
    INFO(command);
    CHECK(run_program(std::string(command) + " --help").exit_code == 0);
  }
}

TEST_CASE("a full disk is an error, not a success") {
  CHECK(run_program("verify --list-procedures >/dev/full").exit_code == 3);
  CHECK(run_program("verify --no-cache stable-minima/H.4/budget-too-small >/dev/full").exit_code == 3);
  CHECK(run_program("construct cap_packing mc=0 >/dev/full").exit_code == 3);
}
