#include <catch2/catch.hpp>

#include "run_program.hpp"

namespace fs = std::filesystem;

namespace {

struct TemporaryFolder {
  fs::path path = fs::temp_directory_path() / ("shatterproof_verify_" + std::to_string(::getpid()));
  TemporaryFolder() { fs::create_directories(path); }
  ~TemporaryFolder() { fs::remove_all(path); }
};

std::string note(const std::string& expect, const std::string& claim) {
  return "```claim\nid = \"mine/1\"\nsource = \"me\"\nstatement = \"a try\"\nprocedure = \"sampled_claim\"\nexpect = "
         "\"" +
         expect + "\"\n[parameters]\nforall = \"d in 1..4, h in (0, 1/4]\"\nclaim = \"" + claim + "\"\n```\n";
}

Run verify_note(const std::string& text) {
  TemporaryFolder folder;
  std::ofstream(folder.path / "mine.md") << text;
  return run_program("verify '" + (folder.path / "mine.md").string() + "'");
}

}  // namespace

TEST_CASE("an author's lemma is a file: a true one, and a false one that is refuted") {
  const Run truth = verify_note(note("supported", "ball_tail(d, h) <= c3(d) * h^((d+1)/2)"));
  INFO(truth.out << truth.err);
  CHECK(truth.exit_code == 0);
  CHECK_THAT(truth.out, Catch::Contains("supported"));

  const Run falsehood = verify_note(note("supported", "ball_tail(d, h) <= c3(d)/2 * h^((d+1)/2)"));
  CHECK(falsehood.exit_code == 1);
  CHECK_THAT(falsehood.out, Catch::Contains("refuted") && Catch::Contains("DIFFERS"));

  CHECK(verify_note(note("refuted", "ball_tail(d, h) <= c3(d)/2 * h^((d+1)/2)")).exit_code == 0);
}

TEST_CASE("malformed notes exit with 3 and print no table") {
  for (const std::string& text : {note("true", "1 <= 2"), note("supported", "ball_tale(d, h) <= 1"),
                                  note("supported", "1 <= "), std::string("```claim\nid = 3\n")}) {
    const Run run = verify_note(text);
    INFO(text << run.err << run.out);
    CHECK(run.exit_code == 3);
    CHECK_THAT(run.err + run.out, Catch::Contains("mine.md:"));
  }
}

TEST_CASE("what is not there is said") {
  CHECK(run_program("verify no-such-claim").exit_code == 2);
  CHECK(run_program("verify --notes /no/such/folder").exit_code == 3);
  TemporaryFolder empty;
  CHECK(run_program("verify --notes '" + empty.path.string() + "'").exit_code == 2);
}
