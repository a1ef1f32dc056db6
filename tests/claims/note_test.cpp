#include "shatterproof/claims/note.hpp"

#include <catch2/catch.hpp>

#include "shatterproof/claims/note_definitions.hpp"
#include "shatterproof/core/error.hpp"
#include "temporary_folder.hpp"

using namespace shatterproof;

namespace {

std::string a_procedure() { return procedures().front().name; }

std::string block(const std::string& id, const std::string& extra = "", const std::string& expect = "proved") {
  return "```claim\nid = \"" + id + "\"\nsource = \"S\"\nstatement = \"T\"\nprocedure = \"" + a_procedure() +
         "\"\nexpect = \"" + expect + "\"\n" + extra + "```\n";
}

std::string message_of(const std::string& text) {
  try {
    (void)read_note_text(text, "note.md");
  } catch (const FormatError& e) {
    return e.what();
  }
  return "no error";
}

/// The block with one more line before its end.
std::string with(const std::string& line) { return block("x", line + "\n"); }

std::vector<std::string> texts_of(const std::vector<Definition>& definitions) {
  std::vector<std::string> texts;
  for (const Definition& d : definitions) texts.push_back(d.text);
  return texts;
}

std::vector<Definition> definitions_of(const std::filesystem::path& file, const NoteFolders& folders) {
  return read_definitions(note_blocks(note_text(file), file.string()), file, folders);
}

}  // namespace

TEST_CASE("claims are read with their place, prose and other code left alone") {
  const auto claims = read_note_text(
      "# A lemma\n\n```cpp\nid = 1\n```\n" + block("a/1") + "text\n" + block("a/2", "", "refuted"), "note.md");
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
    INFO(text);
    CHECK_THAT(message_of(text), Catch::Contains(says) && Catch::Contains("note.md:"));
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

TEST_CASE("what is wrong is said with its own line") {
  CHECK_THAT(message_of(with("uses = \"a\"")), Catch::Contains("note.md:7") && Catch::Contains("list"));
  CHECK_THAT(message_of(with("assumes = [1]")), Catch::Contains("note.md:7"));
  CHECK_THAT(message_of(with("assumes = [\"\"]")), Catch::Contains("note.md:7"));
  CHECK_THAT(message_of(with("\n[parameters]\nnot_one = 1")), Catch::Contains("note.md:9"));
  CHECK_THAT(message_of(with("claim = \"1 < 2\"")), Catch::Contains("procedure"));
  CHECK_THAT(message_of("```claim\nid = \"x\"\nsource = \"S\"\nstatement = \"T\"\nexpect = \"proved\"\n```\n"),
             Catch::Contains("note.md:1") && Catch::Contains("neither 'claim' nor 'procedure'"));
  CHECK_THAT(message_of(with("rubbish")), Catch::Contains("note.md:7"));
}

TEST_CASE("uses and assumes are read") {
  const auto claims = read_note_text(block("x", "uses = [\"a\", \"b\"]\nassumes = [\"Sobolev\"]\n"), "note.md");
  CHECK(claims.at(0).uses == std::vector<std::string>{"a", "b"});
  CHECK(claims.at(0).assumes == std::vector<std::string>{"Sobolev"});
  CHECK_FALSE(claims.at(0).is_ours());
}

TEST_CASE("what a claim uses must be there, and not rest on the claim") {
  const auto read = [](const std::string& text) { return read_note_text(text, "note.md"); };
  const auto uses = [](const std::string& id, const std::string& used) {
    return block(id, "uses = [\"" + used + "\"]\n");
  };
  CHECK_NOTHROW(check_uses(read(uses("a", "b") + block("b"))));
  CHECK_NOTHROW(check_uses(read(uses("a", "b")), read(block("b"))));
  CHECK_THROWS_WITH(check_uses(read(uses("a", "b") + block("c"))),
                    Catch::Contains("note.md:1") && Catch::Contains("'b'"));
  CHECK_THROWS_WITH(check_uses(read(uses("a", "a"))), Catch::Contains("a -> a"));
  CHECK_THROWS_WITH(check_uses(read(uses("a", "b") + uses("b", "c") + uses("c", "a"))),
                    Catch::Contains("a -> b -> c -> a"));
  CHECK_THROWS_WITH(check_uses(read(uses("a", "b")), read(uses("b", "a"))), Catch::Contains("circle"));
}

TEST_CASE("definitions of a note, own and imported, come in the order of the lines, each once") {
  const TemporaryFolder folder;
  const std::string define = "```define\n";
  folder.write("p/base.md", define + "a(d) = d + 1  # one more\n\n# nothing\n```\ntext\n" + define + "b = a(2)\n```\n");
  folder.write("p/left.md", define + "import p/base\nl = b\n```\n");
  folder.write("p/right.md", define + "r = 3\nimport p/base\n```\n");
  const auto file = folder.write("p/E.2.md", define + "import p/left\n import\tp/right # both\nown (x , y)=x*y\n```\n");
  CHECK(texts_of(definitions_of(file, {folder.path})) ==
        std::vector<std::string>{"a(d) = d + 1", "b = a(2)", "l = b", "r = 3", "own (x , y)=x*y"});
  CHECK(definitions_of(file, {folder.path}).at(1).place.line == 8);
  // A note elsewhere reaches the notes of the library, and its neighbours.
  const auto mine = folder.write("q/mine.md", define + "import p/E.2\nimport near\n```\n");
  folder.write("q/near.md", define + "n = 1\n```\n");
  CHECK(definitions_of(mine, {folder.path / "q", folder.path}).size() == 6);
}

TEST_CASE("malformed definitions are refused with file and line") {
  const TemporaryFolder folder;
  folder.write("p/circle.md", "```define\nimport p/note\n```\n");
  folder.write("p/other.md", "\n```define\nf(x) = x\n```\n");
  folder.write("p/bad.md", "```define\n\nnonsense\n```\n");
  const auto refused = [&](const std::string& lines, const std::string& says) {
    INFO(lines);
    const auto file = folder.write("p/note.md", "\n```define\n" + lines + "\n```\n");
    CHECK_THROWS_AS(definitions_of(file, {folder.path}), FormatError);
    CHECK_THROWS_WITH(definitions_of(file, {folder.path}), Catch::Contains(says));
  };
  refused("a", "note.md:3");
  refused("x = 1\na <= 2", "note.md:4");
  for (const char* line :
       {"a =", "= 1", "2a = 1", "a() = 1", "a(1) = 1", "a(x,) = 1", "a(x)(y) = 1", "a b = 1", "= = 1"})
    refused(line, "note.md:3");
  refused("a = 1\na(x) = 2", "note.md:3");
  refused("import p/none", "none.md");
  refused("import", "note.md:3");
  refused("import ", "note.md:3");
  refused("import p/note", "circle");
  refused("import p/circle", "circle.md:2");
  refused("import p/other\nf = 1", "other.md:3");
  refused("import p/bad", "bad.md:3");
  for (const char* label :
       {"../p/other", "p/../p/other", "/etc/passwd", "p//other", "p/other\\", "./p/other", "p/other b"})
    refused(std::string("import ") + label, "label");
}

TEST_CASE("an inequality is a block with the key `claim`; the note's definitions come before its own") {
  const std::string text =
      "```define\nhalf = 1/2\n```\n```claim\nid = \"x\"\nsource = \"ours\"\nstatement = \"T\"\nexpect = \"proved\"\n"
      "forall = \"d in 1..3\"\ndefine = [\n\"f(d) = half*d\",\n]\nclaim = \"f(d) <= 3/2\"\neffort = 7\n```\n";
  const Claim claim = read_note_text(text, "note.md").at(0);
  CHECK(claim.procedure == "prove");
  CHECK(claim.is_ours());
  CHECK(claim.parameters.list("define") == std::vector<std::string>{"half = 1/2", "f(d) = half*d"});
  CHECK(claim.parameters.integer("effort") == 7);
  CHECK(claim.parameters.text("forall") == "d in 1..3");
  CHECK(claim.places.at("half = 1/2").text() == "note.md:2");
  CHECK(claim.places.at("f(d) = half*d").text() == "note.md:11");
  const auto refused = [&](const std::string& from, const std::string& to, const std::string& says) {
    std::string changed = text;
    changed.replace(changed.find(from), from.size(), to);
    INFO(changed);
    CHECK_THAT(message_of(changed), Catch::Contains(says));
  };
  refused("half = 1/2", "half = 1/(2", "note.md:2:12: ");
  refused("half = 1/2", "\t half = 1/(2 # why", "note.md:2:14: ");
  refused("half*d\"", "hulf*d\"", "note.md:11:9: ");
  refused("<= 3/2", "<= ", "note.md:13:18: ");
  refused("<= 3/2", "", "note.md:13:");
  refused("1..3", "1..", "note.md:9:19: ");
  refused("effort = 7", "efort = 7", "note.md:14: ");
  refused("effort = 7", "effort = 0", "effort");
  refused("effort = 7", "effort = 1.5", "note.md:14: ");
  refused("effort = 7", "[parameters]\neffort = 7", "note.md:14: ");
}

TEST_CASE("a mistake in any key of an inequality is told by its own line and column") {
  const std::string head =
      "```claim\nid = \"x\"\nsource = \"ours\"\nstatement = \"T\"\nexpect = \"proved\"\n"
      "forall = \"d in 1..3, h in (0, 1]\"\nclaim = \"h <= d\"\n";
  const auto refused = [&](const std::string& keys, const std::string& place, const std::string& says) {
    INFO(keys);
    CHECK_THAT(message_of(head + keys + "\n```\n"), Catch::StartsWith(place + ": ") && Catch::Contains(says));
  };
  refused("sharp = \"sup over h of h/(d\"", "note.md:8:28", "')'");
  refused("sharp = \"sup over k of h\"", "note.md:8:19", "a variable that has a range");
  refused("sharp = \"max over h of h\"", "note.md:8:10", "'sup over");
  refused("sharp = \"sup over h off h\"", "note.md:8:21", "'of'");
  refused("sharp = \"sup over d of d\"", "note.md:8:10", "the real variable 'h'");
  refused("sharp = \"sup over h of h\"\nconstant = \"2*e\"", "note.md:9:15", "'e'");
  refused("constant = \"2\"", "note.md:8:13", "'sharp'");
  refused("given = \"h < < d\"", "note.md:8:14", "expected");
  refused("define = [\"a = 1\", \"b = a + c\"]", "note.md:8:29", "'c'");
  refused("define = [\n  \"a = 1\",\n  'b = a + c',\n]", "note.md:10:12", "'c'");
  refused("trivial_when = \"d\"", "note.md:8:17", "statement");
  refused("given = \"\"\"\nh < d\nand h << 2\"\"\"", "note.md:10:8", "expected");
  refused("given = \"h \\u003c < d\"", "note.md:8", "column 5");  // escaped: the column of the expression
}

TEST_CASE("a block of rates hands its keys to the procedure of that name") {
  const std::string head = "```rates\nid = \"x\"\nsource = \"S\"\nstatement = \"T\"\nexpect = \"proved\"\n";
  const Claim claim = read_note_text(head + "claim = [\"n^(-1/2) < 1\"]\n```\n", "note.md").at(0);
  CHECK(claim.procedure == "rates");
  CHECK(claim.parameters.list("claim").size() == 1);
  CHECK_THAT(message_of(head + "colour = 3\n```\n"), Catch::Contains("note.md:6") && Catch::Contains("'rates'"));
}

TEST_CASE("a misspelt word after a fence is refused for every kind of block") {
  for (const char* fence : {"~~~rates\n", "``` define\n", "```Rates x\n", "  ```define\n"})
    CHECK_THAT(message_of(fence + std::string("x\n```\n")), Catch::Contains("note.md:1"));
  CHECK_THAT(message_of("```define\na = 1\n"), Catch::Contains("note.md:1") && Catch::Contains("closing"));
  CHECK_THAT(message_of("```text\n```define\na = 1\n```\n"), Catch::Contains("note.md:2"));
}

TEST_CASE("a claim after a longer fence, or after code inside a line, is not passed over") {
  CHECK(
      read_note_text("````text\n```claim\nan example\n```\n````\n" + block("a/1") + "```x``` is code\n" + block("a/2"),
                     "note.md")
          .size() == 2);
  CHECK(read_note_text("# Windows\r\n```claim\r\n" + block("a/1").substr(9), "note.md").size() == 1);
}

TEST_CASE("an id may be used once; a folder is read in order") {
  const TemporaryFolder folder;
  folder.write("b.md", block("b"));
  const auto file = folder.write("a/a.md", block("a"));
  const auto claims = read_notes(folder.path);
  REQUIRE(claims.size() == 2);
  CHECK(claims[0].id == "a");
  CHECK(claims[0].home == folder.path.string());
  CHECK(read_note(file, folder.path).at(0).home == folder.path.string());
  CHECK(read_note(file).at(0).home == (folder.path / "a").string());
  CHECK(read_notes(folder.path / "a", folder.path).at(0).home == folder.path.string());
  folder.write("c.md", block("a"));
  CHECK_THROWS_WITH(read_notes(folder.path), Catch::Contains("second time") && Catch::Contains("a.md"));
  CHECK_THROWS_AS(read_notes(folder.path / "missing"), IoError);
  CHECK_THROWS_AS(read_note(folder.path), IoError);
  CHECK_THROWS_AS(read_note(folder.path / "missing.md"), IoError);
}

TEST_CASE("an id that a shell would read is refused") {
  for (const char* id : {"x/$(touch y)", "a b", "-x", "x;y", "x*"})
    CHECK(message_of(block(id)).find("letters, digits and . _ / + = -") != std::string::npos);
  CHECK(message_of(block("stable-minima/E10/eta=0.1_a+b")) == "no error");
}
