#include "shatterproof/claims/status.hpp"

#include <catch2/catch.hpp>

using namespace shatterproof;

namespace {

Outcome outcome(const std::string& id, Verdict verdict, std::vector<std::string> uses = {}) {
  Outcome o;
  o.claim.id = id;
  o.claim.source = "Somebody 2025, Lemma 1";
  o.claim.statement = "a | b";
  o.claim.procedure = "a_procedure";
  o.claim.file = "notes/paper/" + id.substr(0, 1) + ".md";
  o.claim.uses = std::move(uses);
  o.result.verdict = verdict;
  o.result.instances = 12;
  o.seconds = 3.25;
  return o;
}

}  // namespace

TEST_CASE("a claim that rests on a weak one, directly or not, is flagged with its id") {
  const std::vector<Outcome> outcomes{outcome("a", Verdict::refuted),
                                      outcome("b", Verdict::proved, {"a"}),
                                      outcome("c", Verdict::proved, {"b"}),
                                      outcome("d", Verdict::proved, {"e"}),
                                      outcome("e", Verdict::supported, {}),
                                      outcome("f", Verdict::proved, {"c", "g", "h"}),
                                      outcome("g", Verdict::vacuous, {}),
                                      outcome("h", Verdict::undecided, {"i"}),
                                      outcome("i", Verdict::proved, {"not run"})};
  const auto weak = weak_foundations(outcomes);
  CHECK(weak.size() == 3);
  CHECK(weak.at("b") == std::vector<std::string>{"a"});
  CHECK(weak.at("c") == std::vector<std::string>{"a"});
  CHECK(weak.at("f") == std::vector<std::string>{"a", "g", "h"});
  CHECK(weak_foundations({outcome("x", Verdict::refuted, {"x"})}).at("x") == std::vector<std::string>{"x"});
}

TEST_CASE("the table says all of a claim and nothing that changes between runs") {
  std::vector<Outcome> outcomes{outcome("a", Verdict::refuted), outcome("b", Verdict::proved, {"a"})};
  outcomes[1].claim.assumes = {"Sobolev's theorem"};
  outcomes[1].claim.source = "ours, after Lemma 1";
  outcomes[1].result.range = "d in 1..3";
  outcomes[1].result.method = "balls";
  outcomes[1].result.slack = "2x";
  outcomes[1].result.sharp = {{"d = 1", "1.50001", "1.50002", ""}, {"d = 3", "2.5", "2.5", ""}};
  const std::string text = status_text(outcomes, "notes");
  for (const char* part : {"2 claims in 2 notes: 1 proved, 1 refuted. 1 of them are ours", "## [paper/a](paper/a.md)",
                           "a \\| b", "| [b](paper/b.md) (ours) | proved |", "| d in 1..3 | balls |", "**rests on a**",
                           "uses a", "Sobolev", "12 instances", "1.5000... (d = 1) to 2.5 (d = 3)"})
    CHECK_THAT(text, Catch::Contains(part));
  outcomes[0].seconds = 99;
  outcomes[0].cached = true;
  CHECK(status_text(outcomes, "notes") == text);
}

TEST_CASE("a short enclosure says only digits that are certain") {
  const auto text = [](const std::string& lower, const std::string& upper) {
    return short_enclosure({"", lower, upper, ""});
  };
  CHECK(text("1.188801", "1.188809") == "1.18880...");
  CHECK(text("1.23456e-8", "1.23459e-8") == "1.2345...e-8");
  CHECK(text("9.99e-8", "1.01e-7") == "[9.99e-8, 1.01e-7]");
  CHECK(text("1.999", "2.001") == "[1.999, 2.001]");
  CHECK(text("-0.1", "0.1") == "[-0.1, 0.1]");
  CHECK(text("0.5", "0.5") == "0.5");
  CHECK(text("0.00001", "0.00002") == "[0.00001, 0.00002]");
  CHECK(text("1.000000000000001", "1.000000000000002") == "1.000000000...");
  CHECK(text("1", "inf") == "[1, inf]");
  CHECK(text("", "").empty());
}
