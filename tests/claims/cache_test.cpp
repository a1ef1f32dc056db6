#include "shatterproof/claims/cache.hpp"

#include <catch2/catch.hpp>
#include <thread>

#include "shatterproof/claims/verify.hpp"
#include "temporary_folder.hpp"

using namespace shatterproof;
namespace fs = std::filesystem;

namespace {

Claim claim(const std::string& seed) {
  Claim c;
  c.id = "test/1";
  c.procedure = "sampled_claim";
  c.parameters.set("forall", {"d in 1..3"});
  c.parameters.set("claim", {"d <= " + seed});
  c.expect = Verdict::supported;
  return c;
}

ProcedureResult a_result() {
  return {.verdict = Verdict::proved,
          .instances = 7,
          .slack = "2x",
          .detail = "all \"good\"\n",
          .table = {"1", "2"},
          .range = "d in 1..3",
          .method = "balls",
          .sharp = {{"d = 1", "1.5", "1.6", "attained at h = 1"}}};
}

fs::path only_file(const fs::path& folder) { return fs::directory_iterator(folder)->path(); }

void damage(const fs::path& file, const std::string& from, const std::string& to) {
  std::string changed = text_of(file);
  REQUIRE(changed.find(from) != std::string::npos);
  changed.replace(changed.find(from), from.size(), to);
  std::ofstream(file) << changed;
}

}  // namespace

TEST_CASE("a stored result comes back whole, for the same claim and program only") {
  const TemporaryFolder folder;
  const ResultCache cache(folder.path, "program 1");
  CHECK_FALSE(cache.find(claim("3")));
  cache.store(claim("3"), {a_result(), 1.5, true});
  const auto found = cache.find(claim("3"));
  REQUIRE(found);
  CHECK(found->current);
  CHECK(found->seconds == 1.5);
  CHECK(found->result.verdict == Verdict::proved);
  CHECK(found->result.instances == 7);
  CHECK(found->result.slack == "2x");
  CHECK(found->result.detail == "all \"good\"\n");
  CHECK(found->result.table == std::vector<std::string>{"1", "2"});
  CHECK(found->result.range == "d in 1..3");
  CHECK(found->result.method == "balls");
  REQUIRE(found->result.sharp.size() == 1);
  CHECK(found->result.sharp[0].where == "attained at h = 1");
  CHECK_FALSE(cache.find(claim("4")));
  Claim other = claim("3");
  other.procedure = "another";
  CHECK_FALSE(cache.find(other));
  const auto older = ResultCache(folder.path, "program 2").find(claim("3"));
  REQUIRE(older);
  CHECK_FALSE(older->current);
  CHECK(older->seconds == 1.5);
}

TEST_CASE("what stands in another place of the note is the same claim; another definition is not") {
  const TemporaryFolder folder;
  const ResultCache cache(folder.path, "p");
  cache.store(claim("3"), {a_result(), 1, true});
  Claim moved = claim("3");
  moved.line = 99;
  moved.expect = Verdict::refuted;
  CHECK(cache.find(moved));
  Claim defined = claim("3");
  defined.parameters.set("define", {"a = 1"});
  CHECK_FALSE(cache.find(defined));
  // The parts of a list do not run together.
  Claim one = claim("3"), two = claim("3");
  one.parameters.set("dims", {"1", "2"});
  two.parameters.set("dims", {"1\", \"2"});
  cache.store(one, {a_result(), 1, true});
  CHECK_FALSE(cache.find(two));
}

TEST_CASE("damaged files are no results") {
  for (const auto& [from, to] :
       std::vector<std::pair<std::string, std::string>>{{"\"proved\"", "\"true\""},
                                                        {"\"proved\"", "1"},
                                                        {"\"instances\":7", "\"instances\":0"},
                                                        {"\"instances\":7", "\"instances\":\"7\""},
                                                        {"\"method\"", "\"methods\""},
                                                        {"d <= 3", "d <= 4"},
                                                        {"shatterproof result 1", "shatterproof result 0"},
                                                        {"\"seconds\":1.5", "\"seconds\":\"x\""},
                                                        {"}", ""}}) {
    INFO(from << " -> " << to);
    const TemporaryFolder folder;
    const ResultCache cache(folder.path, "p");
    cache.store(claim("3"), {a_result(), 1.5, true});
    damage(only_file(folder.path), from, to);
    CHECK_FALSE(cache.find(claim("3")));
    cache.store(claim("3"), {a_result(), 1.5, true});
    CHECK(cache.find(claim("3")));
  }
  const TemporaryFolder folder;
  const ResultCache cache(folder.path, "p");
  cache.store(claim("3"), {a_result(), 1.5, true});
  const fs::path file = only_file(folder.path);
  std::ofstream(file, std::ios::trunc).close();
  CHECK_FALSE(cache.find(claim("3")));
  fs::remove(file);
  fs::create_directory(file);
  CHECK_FALSE(cache.find(claim("3")));
}

TEST_CASE("a folder that cannot be written is no cache and no error") {
  const TemporaryFolder folder;
  const fs::path blocked = folder.write("file", "x") / "below";
  const ResultCache cache(blocked, "p");
  CHECK_FALSE(cache.is_writable());
  cache.store(claim("3"), {a_result(), 1, true});
  CHECK_FALSE(cache.find(claim("3")));
}

TEST_CASE("verify takes results from the cache and stores only finished ones") {
  const TemporaryFolder folder;
  const ResultCache cache(folder.path, "p");
  const std::vector<Claim> claims{claim("3"), claim("2"), claim("")};  // supported, refuted, malformed
  const auto first = verify(claims, {&cache, {}});
  const auto second = verify(claims, {&cache, {}});
  for (std::size_t i = 0; i < claims.size(); ++i) {
    CHECK_FALSE(first[i].cached);
    CHECK(second[i].cached == (i < 2));
    CHECK(second[i].result.verdict == first[i].result.verdict);
    CHECK(second[i].result.detail == first[i].result.detail);
    CHECK(second[i].error == first[i].error);
  }
  CHECK(first[1].result.verdict == Verdict::refuted);
  CHECK(second[2].malformed);
  const auto rebuilt = verify(claims, {std::make_unique<ResultCache>(folder.path, "q").get(), {}});
  CHECK_FALSE(rebuilt[0].cached);
}

TEST_CASE("several writers of the same claim leave a whole file") {
  const TemporaryFolder folder;
  const ResultCache cache(folder.path, "p");
  {
    std::vector<std::jthread> writers;
    for (int t = 0; t < 4; ++t)
      writers.emplace_back([&] {
        for (int i = 0; i < 20; ++i) cache.store(claim("3"), {a_result(), 1, true});
      });
  }
  CHECK(cache.find(claim("3")));
  CHECK(std::distance(fs::directory_iterator(folder.path), fs::directory_iterator()) == 1);
}

TEST_CASE("the program's identity is stable within a run") {
  REQUIRE(program_identity());
  CHECK(*program_identity() == *program_identity());
}
