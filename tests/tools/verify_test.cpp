#include <catch2/catch.hpp>

#include "run_program.hpp"
#include "temporary_folder.hpp"

namespace fs = std::filesystem;

namespace {

/// Notes, and the cache of the program beside them.
struct NotesFolder : TemporaryFolder {
  NotesFolder() {
    fs::create_directories(path / "notes");
    ::setenv("XDG_CACHE_HOME", (path / "cache").c_str(), 1);
  }
  ~NotesFolder() { ::unsetenv("XDG_CACHE_HOME"); }
  NotesFolder(const NotesFolder&) = delete;
  NotesFolder& operator=(const NotesFolder&) = delete;

  Run verify(const std::string& arguments = "") const {
    return run_program("verify --notes '" + (path / "notes").string() + "' " + arguments);
  }
};

std::string note(const std::string& expect, const std::string& claim) {
  return "```claim\nid = \"mine/1\"\nsource = \"me\"\nstatement = \"a try\"\nprocedure = \"sampled_claim\"\nexpect = "
         "\"" +
         expect + "\"\n[parameters]\nforall = \"d in 1..4, h in (0, 1/4]\"\nclaim = \"" + claim + "\"\n```\n";
}

Run verify_note(const std::string& text) {
  NotesFolder folder;
  return folder.verify("'" + folder.write("mine.md", text).string() + "'");
}

/// A claim block about small integers; `keys` are more lines of it.
std::string small(const std::string& id, const std::string& claim, const std::string& expect = "supported",
                  const std::string& keys = "") {
  return "```claim\nid = \"" + id + "\"\nsource = \"me\"\nstatement = \"a try\"\nexpect = \"" + expect + "\"\n" + keys +
         "procedure = \"sampled_claim\"\n[parameters]\nforall = \"d in 1..4\"\nclaim = \"" + claim + "\"\n```\n";
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
  const std::string notes = std::string(std::getenv("SHATTERPROOF_SOURCE")) + "/proofs_notes";
  CHECK(run_program("verify no-such-claim --notes '" + notes + "'").exit_code == 2);
  CHECK(run_program("verify --notes /no/such/folder").exit_code == 3);
  NotesFolder empty;
  CHECK(run_program("verify --notes '" + empty.path.string() + "'").exit_code == 2);
}

TEST_CASE("the lock: written, compared, and a change is an error") {
  const NotesFolder folder;
  folder.write("notes/p/a.md", small("p/a", "d <= 4") + small("p/b", "d <= 3", "refuted"));
  const Run without = folder.verify();
  CHECK(without.exit_code == 0);
  CHECK_THAT(without.out, Catch::Contains("nothing to compare with"));
  const Run update = folder.verify("--update-lock");
  CHECK(update.exit_code == 0);
  const std::string lock = text_of(folder.path / "notes/lock.json");
  CHECK_THAT(lock, Catch::Contains("p/a") && Catch::Contains("refuted"));
  const Run same = folder.verify();
  CHECK(same.exit_code == 0);
  CHECK_THAT(same.out, Catch::Contains("all as recorded in"));

  // The verdict changes and the note follows, but not the lock; one claim goes, one comes.
  folder.write("notes/p/a.md", small("p/a", "d <= 2", "refuted") + small("p/c", "d <= 5"));
  const Run changed = folder.verify();
  CHECK(changed.exit_code == 1);
  CHECK_THAT(changed.out, Catch::Contains("p/a: was supported, is refuted") &&
                              Catch::Contains("p/b: was refuted, is not there") &&
                              Catch::Contains("p/c: was not there, is supported"));
  // Named claims only: what is elsewhere in the lock is left alone, also by an update.
  CHECK(folder.verify("p/c").exit_code == 1);
  CHECK(folder.verify("p/c --update-lock").exit_code == 0);
  CHECK_THAT(text_of(folder.path / "notes/lock.json"), Catch::Contains("p/b") && Catch::Contains("p/c"));
  CHECK(folder.verify("p/c").exit_code == 0);
  CHECK(folder.verify("--update-lock").exit_code == 0);
  CHECK_FALSE(Catch::contains(text_of(folder.path / "notes/lock.json"), "p/b"));
}

TEST_CASE("a lock is not rewritten over an unexpected verdict, nor read when malformed") {
  const NotesFolder folder;
  folder.write("notes/a.md", small("p/a", "d <= 3"));
  const Run wrong = folder.verify("--update-lock");
  CHECK(wrong.exit_code == 1);
  CHECK_THAT(wrong.out, Catch::Contains("not rewritten"));
  CHECK_FALSE(fs::exists(folder.path / "notes/lock.json"));
  folder.write("notes/lock.json", "<<<<<<< HEAD");
  const Run malformed = folder.verify();
  CHECK(malformed.exit_code == 3);
  CHECK_THAT(malformed.err, Catch::Contains("lock.json"));
}

TEST_CASE("a result is computed once; another claim or --no-cache computes it again") {
  const NotesFolder folder;
  const std::string good = small("p/a", "d <= 4");
  folder.write("notes/a.md", good);
  CHECK_FALSE(Catch::contains(folder.verify().out, "cached"));
  CHECK_THAT(folder.verify().out, Catch::Contains("cached") && Catch::Contains("1 from the cache"));
  CHECK_THAT(folder.verify("--json").out, Catch::Contains("\"cached\": true"));
  CHECK_FALSE(Catch::contains(folder.verify("--no-cache").out, "cached"));
  // An edit of the prose is nothing; one of the claim is.
  folder.write("notes/a.md", "# Title\n\n" + good);
  CHECK_THAT(folder.verify().out, Catch::Contains("cached"));
  folder.write("notes/a.md", small("p/a", "d <= 3"));
  const Run edited = folder.verify();
  CHECK(edited.exit_code == 1);
  CHECK_FALSE(Catch::contains(edited.out, "cached"));
}

TEST_CASE("a damaged cache is passed over, one that cannot be written is said with --details") {
  const NotesFolder folder;
  folder.write("notes/a.md", small("p/a", "d <= 4"));
  CHECK(folder.verify().exit_code == 0);
  for (const auto& entry : fs::directory_iterator(folder.path / "cache/shatterproof"))
    std::ofstream(entry.path()) << "{";
  const Run damaged = folder.verify();
  CHECK(damaged.exit_code == 0);
  CHECK_FALSE(Catch::contains(damaged.out, "cached"));
  fs::remove_all(folder.path / "cache");
  folder.write("cache", "in the way");
  CHECK(folder.verify().err.empty());
  const Run details = folder.verify("--details");
  CHECK(details.exit_code == 0);
  CHECK_THAT(details.err, Catch::Contains("no cache"));
}

TEST_CASE("the status is generated, and stale when the claims have changed") {
  const NotesFolder folder;
  folder.write("notes/p/a.md", small("p/a", "d <= 3", "refuted") +
                                   small("p/b", "d <= 4", "supported", "uses = [\"p/a\"]\nassumes = [\"luck\"]\n"));
  CHECK(folder.verify("--status").exit_code == 0);
  const std::string status = text_of(folder.path / "notes/STATUS.md");
  CHECK_THAT(status, Catch::Contains("**rests on p/a**") && Catch::Contains("luck"));
  CHECK(folder.verify().exit_code == 0);
  CHECK(folder.verify("--status='" + (folder.path / "elsewhere.md").string() + "'").exit_code == 0);
  CHECK(text_of(folder.path / "elsewhere.md") == status);
  folder.write("notes/p/a.md", small("p/a", "d <= 3", "refuted"));
  const Run stale = folder.verify();
  CHECK(stale.exit_code == 1);
  CHECK_THAT(stale.out, Catch::Contains("STALE"));
  CHECK(folder.verify("p/a").exit_code == 0);  // single claims say nothing of the table
  CHECK(folder.verify("p/a --status").exit_code == 2);
}

TEST_CASE("what a claim uses is looked up, in the library too") {
  const NotesFolder folder;
  folder.write("notes/p/a.md", small("p/a", "d <= 4"));
  const auto mine = [&](const std::string& used) {
    return folder.verify(
        "'" + folder.write("mine.md", small("mine", "d <= 4", "supported", "uses = [\"" + used + "\"]\n")).string() +
        "'");
  };
  CHECK(mine("p/a").exit_code == 0);
  const Run unknown = mine("p/z");
  CHECK(unknown.exit_code == 3);
  CHECK_THAT(unknown.err, Catch::Contains("mine.md:1") && Catch::Contains("p/z"));
}

TEST_CASE("a mistake in an expression is said with the note's line and the column") {
  const NotesFolder folder;
  const Run run = folder.verify("'" + folder.write("mine.md", "# T\n" + small("mine", "d <= (4")).string() + "'");
  CHECK(run.exit_code == 3);
  CHECK_THAT(run.err + run.out, Catch::Contains("mine.md:10:17: "));
}

TEST_CASE("--list shows the claims without running them") {
  NotesFolder folder;
  folder.write("notes/a.md", small("mine/1", "d <= 4") + small("mine/2", "d >= 9"));
  const Run list = folder.verify("--list");
  CHECK(list.exit_code == 0);
  CHECK_THAT(list.out, Catch::StartsWith("claim   recorded   statement\nmine/1  supported  a try\nmine/2  supported"));
  CHECK_FALSE(fs::exists(folder.path / "cache"));
  CHECK_THAT(folder.verify("--list --json mine/2").out, Catch::Contains("\"id\": \"mine/2\""));
}

TEST_CASE("the README's table of claims is written between its markers, and found when it is stale") {
  const std::string begin = "before\n<!-- claims: begin -->\n", end = "<!-- claims: end -->\nafter\n";
  NotesFolder folder;
  folder.write("notes/paper/E.1.md", small("mine/1", "d <= 4"));
  folder.write("notes/paper/E.2-prime.md", small("mine/2", "d <= 3", "refuted"));
  const fs::path readme = folder.write("README.md", "no markers\n");
  CHECK(folder.verify().exit_code == 0);
  CHECK(folder.verify("--readme").exit_code == 3);
  CHECK(text_of(readme) == "no markers\n");
  folder.write("README.md", begin + end);
  const Run stale = folder.verify();
  CHECK(stale.exit_code == 1);
  CHECK_THAT(stale.out, Catch::Contains("README.md is STALE"));
  CHECK(folder.verify("--readme").exit_code == 0);
  CHECK(text_of(readme) ==
        begin +
            "| | statement, and the weakest verdict among what the paper claims | refuted | supported "
            "|\n|---|---|---:|---:|\n"
            "| E | [E.1](notes/paper/E.1.md) supported, [E.2-prime](notes/paper/E.2-prime.md) **refuted** | 1 | 1 |\n"
            "| all | 2 claims, each with range, method and constants: [STATUS.md](notes/STATUS.md) | 1 | 1 |\n" +
            end);
  CHECK(folder.verify().exit_code == 0);
  CHECK(folder.verify("--readme mine/1").exit_code == 2);
}
