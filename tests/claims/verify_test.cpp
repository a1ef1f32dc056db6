#include "shatterproof/claims/verify.hpp"

#include <catch2/catch.hpp>

using namespace shatterproof;

namespace {
Claim claim(const std::string& procedure, Verdict expect) {
  Claim c;
  c.id = "test/" + procedure;
  c.procedure = procedure;
  c.expect = expect;
  c.file = "note.md";
  c.line = 3;
  return c;
}

Claim sampled(const std::string& inequality) {
  Claim c = claim("sampled_claim", Verdict::supported);
  c.parameters.set("forall", {"d in 1..3"});
  c.parameters.set("claim", {inequality});
  c.places[inequality] = {"note.md", 9, 10};
  return c;
}
}  // namespace

TEST_CASE("a claim whose procedure cannot run is undecided, never as expected") {
  for (Verdict expect : {Verdict::proved, Verdict::refuted, Verdict::undecided}) {
    const auto outcomes = verify({claim("no such procedure", expect)});
    REQUIRE(outcomes.size() == 1);
    CHECK(outcomes[0].result.verdict == Verdict::undecided);
    CHECK_FALSE(outcomes[0].as_expected());
    CHECK_THAT(outcomes[0].error, Catch::Contains("no such procedure"));
    CHECK(outcomes[0].place == "note.md:3");
  }
}

TEST_CASE("a mistake in an expression is placed at its line in the note") {
  const auto outcomes = verify({sampled("d <= 3"), sampled("d <= "), sampled("log(0) <= d")});
  CHECK(outcomes[0].as_expected());
  CHECK(outcomes[1].place == "note.md:9:15");
  CHECK(outcomes[2].place == "note.md:9:10");
  for (const std::size_t i : {1U, 2U}) {
    CHECK(outcomes[i].malformed);
    CHECK_THAT(outcomes[i].error, !Catch::Contains("column") && Catch::Contains("^"));
    CHECK(outcomes[i].result.verdict == Verdict::undecided);
  }
}

TEST_CASE("no claims, no outcomes; progress counts to the end") {
  CHECK(verify({}).empty());
  std::size_t last = 0;
  const auto outcomes = verify({claim("a", Verdict::proved), sampled("d <= 3"), claim("c", Verdict::proved)},
                               {nullptr, [&](std::size_t done, std::size_t all) {
                                  CHECK(all == 3);
                                  CHECK(done == ++last);
                                }});
  CHECK(last == 3);
  CHECK(outcomes[1].claim.procedure == "sampled_claim");
}

TEST_CASE("in a conjunction the worst verdict wins") {
  CHECK(both(Verdict::proved, Verdict::supported) == Verdict::supported);
  CHECK(both(Verdict::undecided, Verdict::refuted) == Verdict::refuted);
  CHECK(both(Verdict::proved, Verdict::proved) == Verdict::proved);
  CHECK(both(Verdict::vacuous, Verdict::proved) == Verdict::vacuous);
}
