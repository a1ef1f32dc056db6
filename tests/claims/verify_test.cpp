#include "shatterproof/claims/verify.hpp"

#include <catch2/catch.hpp>

using namespace shatterproof;

namespace {
Claim claim(const std::string& procedure, Verdict expect) {
  Claim c;
  c.id = "test/" + procedure;
  c.procedure = procedure;
  c.expect = expect;
  return c;
}
}  // namespace

TEST_CASE("a claim whose procedure cannot run is undecided, never as expected") {
  for (Verdict expect : {Verdict::proved, Verdict::refuted, Verdict::undecided}) {
    const auto outcomes = verify({claim("no such procedure", expect)}, 2);
    REQUIRE(outcomes.size() == 1);
    CHECK(outcomes[0].result.verdict == Verdict::undecided);
    CHECK_FALSE(outcomes[0].as_expected());
    CHECK_THAT(outcomes[0].error, Catch::Contains("no such procedure"));
  }
}

TEST_CASE("no claims, no outcomes; progress counts to the end") {
  CHECK(verify({}, 3).empty());
  std::size_t last = 0;
  (void)verify({claim("a", Verdict::proved), claim("b", Verdict::proved), claim("c", Verdict::proved)}, 2,
               [&](std::size_t done, std::size_t all) {
                 CHECK(all == 3);
                 CHECK(done == ++last);
               });
  CHECK(last == 3);
}

TEST_CASE("in a conjunction the worst verdict wins") {
  CHECK(both(Verdict::proved, Verdict::supported) == Verdict::supported);
  CHECK(both(Verdict::undecided, Verdict::refuted) == Verdict::refuted);
  CHECK(both(Verdict::proved, Verdict::proved) == Verdict::proved);
  CHECK(both(Verdict::vacuous, Verdict::proved) == Verdict::vacuous);
}
