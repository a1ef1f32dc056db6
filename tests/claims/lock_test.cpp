#include "shatterproof/claims/lock.hpp"

#include <catch2/catch.hpp>

#include "shatterproof/core/error.hpp"
#include "temporary_folder.hpp"

using namespace shatterproof;

namespace {

LockedClaim locked(const std::string& lower, const std::string& upper, const std::string& instance = "d = 1") {
  return {Verdict::proved, {{instance, lower, upper, "attained at h = 1/4"}}};
}

bool same(const LockedClaim& a, const LockedClaim& b) {
  const bool forward = differences({{"x", a}}, {{"x", b}}, true).empty();
  CHECK(forward == differences({{"x", b}}, {{"x", a}}, true).empty());
  return forward;
}

}  // namespace

TEST_CASE("a lock comes back as it was written, and the same lock gives the same bytes") {
  const TemporaryFolder folder;
  const auto file = folder.path / "lock.json";
  CHECK_FALSE(read_lock(file));
  const Lock lock{{"b/2", locked("1.25", "1.26")}, {"a \"quoted\"\\id", {Verdict::refuted, {}}}};
  write_lock(file, lock);
  const std::string first = text_of(file);
  const auto back = read_lock(file);
  REQUIRE(back);
  CHECK(differences(lock, *back, true).empty());
  CHECK(back->at("b/2").sharp.at(0).where == "attained at h = 1/4");
  write_lock(file, *back);
  CHECK(text_of(file) == first);
  write_lock(file, {});
  CHECK(read_lock(file)->empty());
  CHECK_THROWS_AS(write_lock(folder.path / "no/such/folder/lock.json", lock), IoError);
}

TEST_CASE("each changed, new or missing claim is a difference") {
  const Lock was{{"a", {Verdict::proved, {}}}, {"b", {Verdict::proved, {}}}, {"c", locked("1", "2")}};
  Lock is = was;
  CHECK(differences(was, is, true).empty());
  is["a"].verdict = Verdict::supported;
  is.erase("b");
  is["d"] = {Verdict::refuted, {}};
  is["c"].sharp[0].instance = "d = 2";
  const auto whole = differences(was, is, true);
  CHECK(whole.size() == 5);  // a; c, whose instance went and whose new one came; d; b
  CHECK(whole.front().id == "a");
  CHECK(whole.front().was == "proved");
  CHECK(whole.front().is == "supported");
  CHECK(differences(was, is, false).size() == 4);
}

TEST_CASE("enclosures agree when they overlap and neither is ten times as wide") {
  CHECK(same(locked("1.0", "1.1"), locked("1.05", "1.2")));
  CHECK(same(locked("1", "2"), locked("2", "3")));  // touching
  CHECK_FALSE(same(locked("1", "2"), locked("2.0000001", "3")));
  CHECK(same(locked("1", "2"), locked("1", "11")));  // exactly ten times
  CHECK_FALSE(same(locked("1", "2"), locked("1", "11.001")));
  CHECK(same(locked("0.5", "0.5"), locked("5e-1", "0.50")));
  CHECK_FALSE(same(locked("0.5", "0.5"), locked("0.5", "0.5000001")));
  CHECK(same(locked("1", "inf"), locked("1", "inf")));
  CHECK_FALSE(same(locked("1", "inf"), locked("1", "2")));
  CHECK_FALSE(same(locked("nan", "nan"), locked("1", "2")));
  CHECK(same(locked("-2e-3", "-1e-3"), locked("-0.0015", "-0.0012")));
}

TEST_CASE("a malformed lock is refused with its name") {
  const TemporaryFolder folder;
  for (const char* text :
       {"", "{", "[]", "null", "{\"a\": 3}", "{\"a\": {}}", "{\"a\": {\"verdict\": \"true\"}}",
        "{\"a\": {\"verdict\": 1}}", "{\"a\": {\"verdict\": \"proved\", \"sharp\": 1}}",
        "{\"a\": {\"verdict\": \"proved\", \"sharp\": [{\"lower\": \"1\"}]}}",
        R"({"a": {"verdict": "proved", "sharp": [{"instance": "", "lower": 1, "upper": 2, "where": ""}]}})",
        "{\"a\": {\"verdict\": \"proved\", \"note\": \"x\"}}",
        "{\"a\": {\"verdict\": \"proved\"}, \"a\": {\"verdict\": \"refuted\"}}",
        "<<<<<<< HEAD\n{\"a\": {\"verdict\": \"proved\"}}\n"}) {
    INFO(text);
    const auto file = folder.write("lock.json", text);
    CHECK_THROWS_AS(read_lock(file), FormatError);
    CHECK_THROWS_WITH(read_lock(file), Catch::Contains("lock.json"));
  }
  CHECK_THROWS_AS(read_lock(folder.path), IoError);
}
