#include "shatterproof/claims/note.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "shatterproof/core/error.hpp"

using namespace shatterproof;
namespace fs = std::filesystem;

namespace {

/// A note in a folder of its own, removed at the end of the test.
struct TemporaryNote {
  fs::path folder = fs::temp_directory_path() / ("shatterproof_note_" + std::to_string(::getpid()));
  fs::path file = folder / "note.md";
  explicit TemporaryNote(const std::string& text) {
    fs::create_directories(folder);
    std::ofstream(file) << text;
  }
  ~TemporaryNote() { fs::remove_all(folder); }
};

std::string a_procedure() { return procedures().front().name; }

std::string block(const std::string& id, const std::string& extra = "", const std::string& expect = "proved") {
  return "```claim\nid = \"" + id + "\"\nsource = \"S\"\nstatement = \"T\"\nprocedure = \"" + a_procedure() +
         "\"\nexpect = \"" + expect + "\"\n" + extra + "```\n";
}

std::string message_of(const fs::path& file) {
  try {
    (void)read_note(file);
  } catch (const std::exception& e) {
    return e.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("claims are read with their place, prose and other code left alone") {
  const TemporaryNote note("# A lemma\n\n```cpp\nid = 1\n```\n" + block("a/1") + "text\n" +
                           block("a/2", "", "refuted"));
  const auto claims = read_note(note.file);
  REQUIRE(claims.size() == 2);
  CHECK(claims[0].id == "a/1");
  CHECK(claims[0].line == 6);
  CHECK(claims[1].expect == Verdict::refuted);
}

TEST_CASE("parameters arrive as exact text") {
  Parameters p;
  p.set("d", {"2..4", "7"});
  p.set("eps", {"1/3"});
  CHECK(p.integers("d") == std::vector<long>{2, 3, 4, 7});
  CHECK(p.text("eps") == "1/3");
  CHECK_THROWS_AS(p.text("d"), PreconditionError);
  CHECK_THROWS_AS(p.integer("eps"), PreconditionError);
  CHECK_THROWS_AS(p.integer("missing"), PreconditionError);
  p.set("bad", {"5..2"});
  CHECK_THROWS_AS(p.integers("bad"), PreconditionError);
  p.set("bad", {"-9223372036854775807..9223372036854775807"});
  CHECK_THROWS_AS(p.integers("bad"), PreconditionError);
  p.set("end", {"9223372036854775806..9223372036854775807"});
  CHECK(p.integers("end").size() == 2);
}

TEST_CASE("malformed notes are refused with file and line") {
  const auto refused = [](const std::string& text, const std::string& says) {
    const TemporaryNote note(text);
    CHECK_THROWS_AS(read_note(note.file), FormatError);
    CHECK_THAT(message_of(note.file), Catch::Contains(says) && Catch::Contains("note.md:"));
  };
  refused("text\n```claim\nid = \"x\"\n", "closing ```");
  for (const char* fence : {"``` claim\n", "  ```claim\n", "~~~claim\n", "````claim\n", "```Claim\n", "```claim x\n"})
    refused(fence + std::string("id = \"x\"\n```\n"), "note.md:1");
  refused("```text\nnever closed\n\n" + block("x"), "note.md:4");
  refused("```text\nnever closed\n", "code block");
  refused("````text\nclosed by too short a fence\n```\n", "closing ````");
  refused(block("x") + block("x"), "second time");
  refused(block("x", "colour = \"red\"\n"), "colour");
  refused(block("x", "[parameters]\nnot_a_parameter = 1\n"), "not_a_parameter");
  refused(block("x", "[parameters]\nseed = 0.5\n"), "quotes");
  refused(block("x", "", "true"), "undecided");
  refused("```claim\nid = \"x\"\n```\n", "source");
  refused("```claim\nid = \n```\n", "note.md:2");
  refused(block("") + "", "id");
  std::string unknown = block("x");
  unknown.replace(unknown.find(a_procedure()), a_procedure().size(), "nonsense");
  refused(unknown, "nonsense");
}

TEST_CASE("a claim after a longer fence, or after code inside a line, is not passed over") {
  const TemporaryNote note("````text\n```claim\nan example\n```\n````\n" + block("a/1") + "```x``` is code\n" +
                           block("a/2"));
  CHECK(read_note(note.file).size() == 2);
}

TEST_CASE("an id may be used once") {
  const TemporaryNote note(block("same") + block("same"));
  CHECK_THROWS_AS(read_notes(note.folder), FormatError);
  CHECK_THROWS_AS(read_notes(note.folder / "missing"), IoError);
  CHECK_THROWS_AS(read_note(note.folder), IoError);
}
